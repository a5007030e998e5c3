// SPDX-License-Identifier: Apache-2.0
#include "batch_matmul/kernel.h"
#include "pl_requantize.h"
#include "pl_walk.h"

void pl_batch_matmul_s16(const void *args) {
  const pl_batch_matmul_s16_args *a = args;
  const pl_batch_matmul_s16_params *p = &a->params;
  const int16_t *lhs = a->lhs;
  const int16_t *rhs = a->rhs;
  int16_t *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, p->dims);
  for (;;) {
    for (int32_t i = 0; i < p->rows; ++i) {
      for (int32_t j = 0; j < p->columns; ++j) {
        const int16_t *x = lhs + i * p->lhs.line;
        const int16_t *y = rhs + j * p->rhs.line;
        int64_t acc = 0;
        for (int32_t k = p->depth; k > 0; --k, x += p->lhs.along, y += p->rhs.along) {
          acc += *x * *y;
        }
        const pl_activation range = {-32768, 32767};
        *output++ = (int16_t)pl_clamp(pl_requantize_wide(acc, p->multiplier, p->shift), range);
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
