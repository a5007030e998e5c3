// SPDX-License-Identifier: Apache-2.0
#include "pl_sqrtf.h"
#include "unary/kernel.h"

void pl_unary_sqrt_s16(const void *args) {
  const pl_unary_sqrt_s16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    const float root = pl_sqrtf((float)a->input[i] * a->params.input_scale) / a->params.output_scale;
    a->output[i] = root < 32767.0f ? (int16_t)root : INT16_MAX;
  }
}
