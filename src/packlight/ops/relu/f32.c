// SPDX-License-Identifier: Apache-2.0
#include "relu/kernel.h"

void pl_relu_f32(const void *args) {
  const pl_relu_f32_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = pl_clamp_f32(a->input[i], a->params.activation);
  }
}
