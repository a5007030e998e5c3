// SPDX-License-Identifier: Apache-2.0
// The kernels of largest and smallest integers: the including file defines ELEMENT, a signed type of their size.
#include "reduce/kernel.h"

static inline void reduce_extreme(const void *args) {
  const pl_reduce_extreme_args *a = args;
  const pl_reduction *r = &a->params.reduction;
  const ELEMENT flip = (ELEMENT)a->params.flip;
  const ELEMENT *input = a->input;
  ELEMENT *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, r, a->walk);
  for (int32_t left = r->results; left > 0; --left) {
    ELEMENT best = (ELEMENT)(input[at.offset] ^ flip);
    do {
      const ELEMENT *element = input + at.offset;
      for (int32_t i = r->run; i > 0; --i, element += r->step) {
        const ELEMENT value = (ELEMENT)(*element ^ flip);
        best = value > best ? value : best;
      }
    } while (pl_reduction_next(&at));
    *output++ = (ELEMENT)(best ^ flip);
  }
}
