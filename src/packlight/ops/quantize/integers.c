// SPDX-License-Identifier: Apache-2.0
#include "pl_element.h"
#include "pl_requantize.h"
#include "quantize/kernel.h"

void pl_quantize_integers(const void *args) {
  const pl_quantize_integers_args *a = args;
  const pl_quantize_integers_params *p = &a->params;
  for (int32_t i = 0; i < p->size; ++i) {
    const uint32_t centered = (uint32_t)pl_load(a->input, i, p->input_type) + (uint32_t)p->input_offset;
    const int32_t scaled = pl_requantize((int32_t)centered, p->multiplier, p->shift);
    const int32_t result = (int32_t)((uint32_t)scaled + (uint32_t)p->output_offset);
    pl_store(a->output, i, p->output_type, pl_clamp(result, p->range));
  }
}
