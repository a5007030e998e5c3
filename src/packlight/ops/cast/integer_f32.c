// SPDX-License-Identifier: Apache-2.0
#include "cast/integer.h"

void pl_cast_integer_f32(const void *args) {
  const pl_cast_integer_f32_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = (float)cast_integer(&a->params, a->input, i);
  }
}
