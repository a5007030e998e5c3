// SPDX-License-Identifier: Apache-2.0
#include "arg/kernel.h"

void pl_arg_f32(const void *args) {
  const pl_arg_f32_args *a = args;
  const pl_arg_f32_params *p = &a->params;
  int32_t *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, &p->reduction, a->walk);
  for (int32_t left = p->reduction.results; left > 0; --left, output += p->words) {
    const float *element = a->input + at.offset;
    float best = p->sign * *element;
    int32_t index = 0;
    for (int32_t i = 1; i < p->reduction.run; ++i) {
      element += p->reduction.step;
      const float value = p->sign * *element;
      if (value > best) {
        best = value;
        index = i;
      }
    }
    output[p->words - 1] = 0;
    output[0] = index;
    pl_reduction_next(&at);
  }
}
