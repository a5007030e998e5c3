// SPDX-License-Identifier: Apache-2.0
#ifndef PL_MOVE_KERNEL_H
#define PL_MOVE_KERNEL_H

#include "pl.h"

// Copies runs of bytes from where one pointer walks to where the other does. The walk (pl_walk.h) has two pointers, the
// input and the output, which move by bytes. Serves every operator that only moves elements, of any type.
typedef struct {
  int32_t bytes;  // of a run, at least 1
  int32_t dims;   // of the walk from run to run
} pl_move_params;

typedef struct {
  pl_move_params params;
  const void *input;
  const int32_t *walk;  // [3, dims]; NULL without dimensions
  void *output;
} pl_move_args;

PL_KERNEL void pl_move_bytes(const void *args);

#endif
