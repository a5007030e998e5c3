// SPDX-License-Identifier: Apache-2.0
#include "cast/kernel.h"
#include "pl_half.h"

void pl_cast_f32_f16(const void *args) {
  const pl_cast_f32_f16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = pl_half_of_float(a->input[i]);
  }
}
