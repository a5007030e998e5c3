// SPDX-License-Identifier: Apache-2.0
#include "pl_quantize.h"
#include "quantize/kernel.h"

void pl_quantize_f32_8(const void *args) {
  const pl_quantize_f32_8_args *a = args;
  const pl_quantize_f32_params *p = &a->params;
  for (int32_t i = 0; i < p->size; ++i) {
    a->output[i] = (uint8_t)pl_quantize(a->input[i], p->scale, p->zero_point, p->range);
  }
}
