// SPDX-License-Identifier: Apache-2.0
#include "logistic/kernel.h"

void pl_logistic_s16(const void *args) {
  const pl_logistic_s16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = pl_sigmoid_s16(&a->params.curve, a->table, a->input[i]);
  }
}
