// SPDX-License-Identifier: Apache-2.0
#include "unary/kernel.h"

void pl_unary_abs_32(const void *args) {
  const pl_unary_abs_32_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = a->input[i] >> 31 ? 0 - a->input[i] : a->input[i];
  }
}
