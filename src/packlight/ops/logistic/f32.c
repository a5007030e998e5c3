// SPDX-License-Identifier: Apache-2.0
#include "logistic/kernel.h"
#include "pl_expf.h"

void pl_logistic_f32(const void *args) {
  const pl_logistic_f32_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = 1.0f / (1.0f + pl_expf(-a->input[i]));
  }
}
