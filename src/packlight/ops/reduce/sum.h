// SPDX-License-Identifier: Apache-2.0
// The kernels of rescaled sums: the including file defines ELEMENT, and LOWEST and HIGHEST, the range of that type.
#include "pl_requantize.h"
#include "reduce/kernel.h"

static inline void reduce_sum(const void *args) {
  const pl_reduce_sum_args *a = args;
  const pl_reduce_quantized_params *p = &a->params;
  const pl_activation range = {LOWEST, HIGHEST};
  const ELEMENT *input = a->input;
  ELEMENT *output = a->output;
  pl_reduction_at at;
  pl_reduction_begin(&at, &p->reduction, a->walk);
  for (int32_t left = p->reduction.results; left > 0; --left) {
    uint32_t acc = (uint32_t)p->input_offset;
    do {
      const ELEMENT *element = input + at.offset;
      for (int32_t i = p->reduction.run; i > 0; --i, element += p->reduction.step) {
        const int32_t value = *element;
        acc += (uint32_t)value;
      }
    } while (pl_reduction_next(&at));
    const int32_t scaled = pl_requantize((int32_t)acc, p->multiplier, p->shift);
    *output++ = (ELEMENT)pl_clamp((int32_t)((uint32_t)scaled + (uint32_t)p->output_offset), range);
  }
}
