// SPDX-License-Identifier: Apache-2.0
// The kernels of integers: the including file defines ELEMENT, a signed type of their size.
#include "arg/kernel.h"

static inline void arg_integer(const void *args) {
  const pl_arg_args *a = args;
  const pl_arg_params *p = &a->params;
  const ELEMENT flip = (ELEMENT)p->flip;
  int32_t *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, &p->reduction, a->walk);
  for (int32_t left = p->reduction.results; left > 0; --left, output += p->words) {
    const ELEMENT *element = (const ELEMENT *)a->input + at.offset;
    ELEMENT best = (ELEMENT)(*element ^ flip);
    int32_t index = 0;
    for (int32_t i = 1; i < p->reduction.run; ++i) {
      element += p->reduction.step;
      const ELEMENT value = (ELEMENT)(*element ^ flip);
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
