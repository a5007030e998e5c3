// SPDX-License-Identifier: Apache-2.0
#include "gelu/kernel.h"
#include "pl_erfcf.h"
#include "pl_expf.h"

void pl_gelu_f32(const void *args) {
  const pl_gelu_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    const float x = a->input[i];
    if (a->params.approximate) {
      // (1 + tanh u) / 2 = 1 / (1 + e^-2u), u = sqrt(2 / pi) * (x + 0.044715 x^3)
      a->output[i] = x / (1.0f + pl_expf(-1.59576912f * (x + 0.044715f * x * x * x)));
    } else {
      a->output[i] = 0.5f * x * pl_erfcf(x * -0.707106781f);
    }
  }
}
