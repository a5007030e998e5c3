// SPDX-License-Identifier: Apache-2.0
#include "cumsum/kernel.h"
#include "pl_requantize.h"

void pl_cumsum_s8(const void *args) {
  const pl_cumsum_s8_args *a = args;
  const pl_cumsum_s8_params *p = &a->params;
  const pl_activation range = {INT8_MIN, INT8_MAX};
  pl_reduction_at at;
  pl_reduction_begin(&at, &p->reduction, a->walk);
  for (int32_t left = p->reduction.results; left > 0; --left) {
    int32_t offset = at.offset;
    uint32_t acc = (uint32_t)p->input_offset << 19;
    for (int32_t i = p->reduction.run; i > 0; --i, offset += p->reduction.step) {
      const uint32_t before = acc;
      acc += (uint32_t)(a->input[offset] + p->input_offset) << 19;
      const int32_t sum = (int32_t)(p->exclusive ? before : acc);
      a->output[offset] = (int8_t)pl_clamp(pl_requantize(sum, p->multiplier, p->shift) + p->output_offset, range);
    }
    pl_reduction_next(&at);
  }
}
