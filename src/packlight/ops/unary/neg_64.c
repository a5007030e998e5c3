// SPDX-License-Identifier: Apache-2.0
#include "unary/kernel.h"

void pl_unary_neg_64(const void *args) {
  const pl_unary_neg_64_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = 0 - a->input[i];
  }
}
