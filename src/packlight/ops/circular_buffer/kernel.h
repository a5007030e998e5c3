// SPDX-License-Identifier: Apache-2.0
#ifndef PL_CIRCULAR_BUFFER_KERNEL_H
#define PL_CIRCULAR_BUFFER_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;    // bytes of the input, which is a slot of the output
  int32_t kept;    // bytes of all slots but one
  int32_t cycles;  // every so many invokes are complete
} pl_circular_buffer_params;

typedef struct {
  pl_circular_buffer_params params;
  const uint8_t *input;
  int32_t *left;      // invokes until one is complete
  uint8_t *complete;  // 1: this one is
  uint8_t *output;    // the latest inputs, the oldest first
} pl_circular_buffer_args;

PL_KERNEL void pl_circular_buffer_8(const void *args);

#endif
