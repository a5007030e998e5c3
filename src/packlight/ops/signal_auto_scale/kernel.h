// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SIGNAL_AUTO_SCALE_KERNEL_H
#define PL_SIGNAL_AUTO_SCALE_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
} pl_signal_auto_scale_params;

typedef struct {
  pl_signal_auto_scale_params params;
  const int16_t *input;
  int16_t *output;
  int32_t *scale_bit;  // how far each element was shifted to the left
} pl_signal_auto_scale_args;

PL_KERNEL void pl_signal_auto_scale_s16(const void *args);

#endif
