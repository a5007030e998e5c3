// SPDX-License-Identifier: Apache-2.0
#include "cast/kernel.h"

void pl_cast_s32_f32(const void *args) {
  const pl_cast_s32_f32_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = (float)a->input[i];
  }
}
