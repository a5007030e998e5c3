// SPDX-License-Identifier: Apache-2.0
#include "reduce/kernel.h"

void pl_reduce_sum_s64(const void *args) {
  const pl_reduce_sum_s64_args *a = args;
  const pl_reduction *r = &a->params.reduction;
  int64_t *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, r, a->walk);
  for (int32_t left = r->results; left > 0; --left) {
    uint64_t acc = 0;
    do {
      const int64_t *element = a->input + at.offset;
      for (int32_t i = r->run; i > 0; --i, element += r->step) {
        acc += (uint64_t)*element;
      }
    } while (pl_reduction_next(&at));
    *output++ = (int64_t)((int64_t)acc / a->params.divisor);
  }
}
