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

// The same where positions are data. The walk's third pointer moves by elements of `index`: before each run, as many of
// them are read as there are axes, and each moves the run in the input, the output or both.
typedef struct {
  int32_t bytes;        // of a run, at least 1
  int32_t dims;         // of the walk from run to run
  int32_t axes;         // positions that tell where a run is
  int32_t index_bytes;  // of an element of the index: 2, 4 or 8
  int32_t skip;         // 1: a run with a position that is out of range is not copied; 0: it is the nearest in range
} pl_move_at_params;

typedef struct {
  pl_move_at_params params;
  const void *input;
  const void *index;
  const int32_t *axes;  // [axes, 4]: what a negative position is increased by, the greatest, strides of input and output
  const int32_t *walk;  // [4, dims]; NULL without dimensions
  void *output;
} pl_move_at_args;

PL_KERNEL void pl_move_bytes(const void *args);
PL_KERNEL void pl_move_at(const void *args);

#endif
