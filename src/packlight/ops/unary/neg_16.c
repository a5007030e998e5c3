// SPDX-License-Identifier: Apache-2.0
#include "unary/kernel.h"

void pl_unary_neg_16(const void *args) {
  const pl_unary_neg_16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = (uint16_t)(0 - a->input[i]);
  }
}
