// SPDX-License-Identifier: Apache-2.0
#include "pl_requantize.h"
#include "pl_walk.h"
#include "reduce/kernel.h"

void pl_reduce_sum_s8(const void *args) {
  const pl_reduce_sum_s8_args *a = args;
  const pl_reduce_sum_s8_params *p = &a->params;
  const int32_t dims = p->walk.dims;
  const pl_activation range = {INT8_MIN, INT8_MAX};
  const int8_t *input = a->input;
  int8_t *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  int32_t acc = p->input_offset;
  for (;;) {
    acc += *input;
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim >= p->walk.reduced) {
      const int32_t scaled = pl_requantize(acc, p->multiplier, p->shift) + p->output_offset;
      *output++ = (int8_t)pl_clamp(scaled, range);
      acc = p->input_offset;
    }
    if (dim == dims) {
      return;
    }
    input += a->walk[dims + dim];
  }
}
