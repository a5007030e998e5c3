// SPDX-License-Identifier: Apache-2.0
#include "batch_matmul/kernel.h"
#include "pl_walk.h"

void pl_batch_matmul_f32(const void *args) {
  const pl_batch_matmul_f32_args *a = args;
  const pl_batch_matmul_f32_params *p = &a->params;
  const float *lhs = a->lhs;
  const float *rhs = a->rhs;
  float *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, p->dims);
  for (;;) {
    for (int32_t i = 0; i < p->rows; ++i) {
      for (int32_t j = 0; j < p->columns; ++j) {
        const float *x = lhs + i * p->lhs.line;
        const float *y = rhs + j * p->rhs.line;
        float acc = 0;
        for (int32_t k = p->depth; k > 0; --k, x += p->lhs.along, y += p->rhs.along) {
          acc += *x * *y;
        }
        *output++ = acc;
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
