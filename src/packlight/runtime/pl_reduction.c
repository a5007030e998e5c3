// SPDX-License-Identifier: Apache-2.0
#include "pl_reduction.h"

void pl_reduction_begin(pl_reduction_at *at, const pl_reduction *shape, const int32_t *walk) {
  at->shape = shape;
  at->walk = walk;
  at->offset = 0;
  pl_walk_begin(at->index, walk, shape->dims);
}

int32_t pl_reduction_next(pl_reduction_at *at) {
  const int32_t dims = at->shape->dims;
  const int32_t dim = pl_walk_next(at->index, at->walk, dims);
  if (dim < dims) {
    at->offset += at->walk[dims + dim];
  }
  return dim < at->shape->reduced;
}
