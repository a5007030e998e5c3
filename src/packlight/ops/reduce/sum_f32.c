// SPDX-License-Identifier: Apache-2.0
#include "pl_walk.h"
#include "reduce/kernel.h"

void pl_reduce_sum_f32(const void *args) {
  const pl_reduce_sum_f32_args *a = args;
  const pl_reduce_sum_f32_params *p = &a->params;
  const int32_t dims = p->walk.dims;
  const float *input = a->input;
  float *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  float acc = 0.0f;
  for (;;) {
    acc += *input;
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim >= p->walk.reduced) {
      *output++ = acc / p->divisor;
      acc = 0.0f;
    }
    if (dim == dims) {
      return;
    }
    input += a->walk[dims + dim];
  }
}
