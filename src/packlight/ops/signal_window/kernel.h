// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SIGNAL_WINDOW_KERNEL_H
#define PL_SIGNAL_WINDOW_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t frames;
  int32_t size;   // samples in a frame
  int32_t half;   // weights: `size`, or half of it, rounded up, of a window that is the same from both ends
  int32_t shift;  // fractional bits of the weights
} pl_signal_window_params;

typedef struct {
  pl_signal_window_params params;
  const int16_t *input;
  const int16_t *weights;  // [half]
  int16_t *output;
} pl_signal_window_args;

PL_KERNEL void pl_signal_window_s16(const void *args);

#endif
