// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SELECT_KERNEL_H
#define PL_SELECT_KERNEL_H

#include "pl.h"

// The output's elements, of any type, from one of two inputs. The walk (pl_walk.h) has three pointers: the condition,
// and both inputs, which move by bytes.
typedef struct {
  int32_t bytes;  // of an element, or of several that share a condition
  int32_t dims;   // of the walk
} pl_select_params;

typedef struct {
  pl_select_params params;
  const uint8_t *condition;
  const uint8_t *x;  // where the condition is not 0
  const uint8_t *y;
  const int32_t *walk;  // [4, dims]; NULL without dimensions
  uint8_t *output;
} pl_select_args;

PL_KERNEL void pl_select_bytes(const void *args);

#endif
