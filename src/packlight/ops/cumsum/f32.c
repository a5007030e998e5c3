// SPDX-License-Identifier: Apache-2.0
#include "cumsum/kernel.h"

void pl_cumsum_f32(const void *args) {
  const pl_cumsum_f32_args *a = args;
  const pl_reduction *r = &a->params.reduction;
  pl_reduction_at at;
  pl_reduction_begin(&at, r, a->walk);
  for (int32_t left = r->results; left > 0; --left) {
    int32_t offset = at.offset;
    float acc = 0.0f;
    for (int32_t i = r->run; i > 0; --i, offset += r->step) {
      const float before = acc;
      acc += a->input[offset];
      a->output[offset] = a->params.exclusive ? before : acc;
    }
    pl_reduction_next(&at);
  }
}
