// SPDX-License-Identifier: Apache-2.0
#include "reduce/kernel.h"

void pl_reduce_prod_f32(const void *args) {
  const pl_reduce_prod_f32_args *a = args;
  const pl_reduction *r = &a->params.reduction;
  float *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, r, a->walk);
  for (int32_t left = r->results; left > 0; --left) {
    float acc = 1.0f;
    do {
      const float *element = a->input + at.offset;
      for (int32_t i = r->run; i > 0; --i, element += r->step) {
        acc *= *element;
      }
    } while (pl_reduction_next(&at));
    *output++ = acc;
  }
}
