// SPDX-License-Identifier: Apache-2.0
#include "dequantize/kernel.h"

void pl_dequantize_s16(const void *args) {
  const pl_dequantize_s16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = a->params.scale * (float)(a->input[i] - a->params.zero_point);
  }
}
