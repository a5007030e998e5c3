// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SIGNAL_ENERGY_KERNEL_H
#define PL_SIGNAL_ENERGY_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;        // elements of the output
  int32_t start, end;  // those that are computed, without `end`; the others are 0
} pl_signal_energy_params;

typedef struct {
  pl_signal_energy_params params;
  const int16_t *input;  // [size, 2]: real and imaginary part
  uint32_t *output;
} pl_signal_energy_args;

PL_KERNEL void pl_signal_energy_s16(const void *args);

#endif
