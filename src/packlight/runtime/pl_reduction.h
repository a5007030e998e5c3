// SPDX-License-Identifier: Apache-2.0
// How kernels step through a tensor whose elements they combine along some of its dimensions.
//
// The elements of one result lie in runs of one distance; a walk (pl_walk.h) leads from run to run, by elements. Its first
// dimensions lead through the runs of one result, the others from result to result. packlight/walk.py makes it.
#ifndef PL_REDUCTION_H
#define PL_REDUCTION_H

#include "pl_walk.h"

typedef struct {
  int32_t results;
  int32_t run;      // elements of a run, at least 1
  int32_t step;     // from one element of a run to the next, in elements
  int32_t dims;     // of the walk
  int32_t reduced;  // the first of them, which stay within one result
} pl_reduction;

// Where a run begins.
typedef struct {
  const pl_reduction *shape;
  const int32_t *walk;  // [2, dims]; NULL without dimensions
  int32_t offset;       // of the run's first element
  int32_t index[8];  // PL_WALK_DIMS
} pl_reduction_at;

// To the first run.
void pl_reduction_begin(pl_reduction_at *at, const pl_reduction *shape, const int32_t *walk);

// To the next run. Answers whether it belongs to the same result.
int32_t pl_reduction_next(pl_reduction_at *at);

#endif
