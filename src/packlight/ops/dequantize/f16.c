// SPDX-License-Identifier: Apache-2.0
#include "dequantize/kernel.h"
#include "pl_half.h"

void pl_dequantize_f16(const void *args) {
  const pl_dequantize_f16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = pl_float_of_half(a->input[i]);
  }
}
