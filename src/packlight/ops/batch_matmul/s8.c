// SPDX-License-Identifier: Apache-2.0
#include "batch_matmul/kernel.h"
#include "pl_requantize.h"
#include "pl_walk.h"

void pl_batch_matmul_s8(const void *args) {
  const pl_batch_matmul_s8_args *a = args;
  const pl_batch_matmul_s8_params *p = &a->params;
  const int8_t *lhs = a->lhs;
  const int8_t *rhs = a->rhs;
  int8_t *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, p->dims);
  for (;;) {
    for (int32_t i = 0; i < p->rows; ++i) {
      for (int32_t j = 0; j < p->columns; ++j) {
        const int8_t *x = lhs + i * p->lhs.line;
        const int8_t *y = rhs + j * p->rhs.line;
        int32_t acc = 0;
        for (int32_t k = p->depth; k > 0; --k, x += p->lhs.along, y += p->rhs.along) {
          acc += (*x + p->lhs_offset) * (*y + p->rhs_offset);
        }
        const pl_activation range = {-128, 127};
        const int32_t scaled = pl_requantize(acc, p->multiplier, p->shift) + p->output_offset;
        *output++ = (int8_t)pl_clamp(scaled, range);
      }
    }
    const int32_t dim = pl_walk_next(index, a->walk, p->dims);
    if (dim == p->dims) {
      return;
    }
    lhs += a->walk[p->dims + dim];
    rhs += a->walk[2 * p->dims + dim];
  }
}
