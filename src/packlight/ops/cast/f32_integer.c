// SPDX-License-Identifier: Apache-2.0
#include "cast/integer.h"
#include "pl_truncate.h"

void pl_cast_f32_integer(const void *args) {
  const pl_cast_f32_integer_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    cast_saturate(&a->params, a->output, i, pl_truncate(a->input[i]));
  }
}
