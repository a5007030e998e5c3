// SPDX-License-Identifier: Apache-2.0
#ifndef PL_REVERSE_KERNEL_H
#define PL_REVERSE_KERNEL_H

#include "pl.h"

// Copies runs of bytes; along one dimension, the first elements in reverse order, as many as a length says. The walk
// (pl_walk.h) goes from run to run. Its pointers move by bytes of the tensors, by positions along the dimension, and by
// lengths.
typedef struct {
  int32_t bytes;         // of a run, at least 1
  int32_t dims;          // of the walk
  int32_t size;          // of the dimension that is reversed: the greatest length
  int32_t stride;        // bytes between its elements
  int32_t length_bytes;  // of a length: 4 or 8
} pl_reverse_sequence_params;

typedef struct {
  pl_reverse_sequence_params params;
  const void *input;
  const void *seq_lengths;
  const int32_t *walk;  // [4, dims]
  void *output;
} pl_reverse_sequence_args;

PL_KERNEL void pl_reverse_sequence(const void *args);

#endif
