// SPDX-License-Identifier: Apache-2.0
// How kernels step through a block of up to PL_WALK_DIMS dimensions in one loop.
//
// A walk is a table of int32: `dims` extents, the dimension that runs fastest first, then for each pointer that walks
// along `dims` steps: what the pointer moves by when that dimension is counted up and all faster ones start again.
// packlight/walk.py makes it. No extent is below 1; a walk without dimensions has one element and needs no table.
#ifndef PL_WALK_H
#define PL_WALK_H

#include "pl.h"

#define PL_WALK_DIMS 8

// Sets `index` to the first element: each dimension counts up to 0, so that no compiler makes the loop a memset.
static inline void pl_walk_begin(int32_t *index, const int32_t *walk, int32_t dims) {
  for (int32_t dim = 0; dim < dims; ++dim) {
    index[dim] = -walk[dim];
  }
}

// Counts `index` up by one element. Answers the dimension that was counted up, so that all faster ones are complete;
// `dims` after the last element, when `index` is at the first one again.
static inline int32_t pl_walk_next(int32_t *index, const int32_t *walk, int32_t dims) {
  int32_t dim = 0;
  for (; dim < dims && ++index[dim] == 0; ++dim) {
    index[dim] = -walk[dim];
  }
  return dim;
}

#endif
