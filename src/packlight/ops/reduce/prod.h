// SPDX-License-Identifier: Apache-2.0
// The kernels of rescaled products: the including file defines ELEMENT, and LOWEST and HIGHEST, the range of that type.
#include "pl_requantize.h"
#include "reduce/kernel.h"

static inline void reduce_prod(const void *args) {
  const pl_reduce_prod_args *a = args;
  const pl_reduce_quantized_params *p = &a->params;
  const pl_activation range = {LOWEST, HIGHEST};
  const ELEMENT *input = a->input;
  ELEMENT *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, &p->reduction, a->walk);
  for (int32_t left = p->reduction.results; left > 0; --left) {
    int32_t acc = 0, is_first = 1;
    do {
      const ELEMENT *element = input + at.offset;
      for (int32_t i = p->reduction.run; i > 0; --i, element += p->reduction.step) {
        const int32_t factor = *element + p->input_offset;
        acc = is_first ? factor : pl_requantize_wide((int64_t)acc * factor, p->multiplier, p->shift);
        is_first = 0;
      }
    } while (pl_reduction_next(&at));
    const int32_t scaled = pl_requantize_wide(acc, p->multiplier, p->shift);
    *output++ = (ELEMENT)pl_clamp((int32_t)((uint32_t)scaled + (uint32_t)p->output_offset), range);
  }
}
