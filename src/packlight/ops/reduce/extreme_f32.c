// SPDX-License-Identifier: Apache-2.0
#include "reduce/kernel.h"

void pl_reduce_extreme_f32(const void *args) {
  const pl_reduce_extreme_f32_args *a = args;
  const pl_reduction *r = &a->params.reduction;
  const float sign = a->params.sign;
  float *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, r, a->walk);
  for (int32_t left = r->results; left > 0; --left) {
    float best = -3.40282347e38f;  // the lowest finite float, below which no result goes; NaN is passed over
    do {
      const float *element = a->input + at.offset;
      for (int32_t i = r->run; i > 0; --i, element += r->step) {
        const float value = sign * *element;
        best = value > best ? value : best;
      }
    } while (pl_reduction_next(&at));
    *output++ = sign * best;
  }
}
