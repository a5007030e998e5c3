// SPDX-License-Identifier: Apache-2.0
#include "cast/integer.h"
#include "pl_half.h"
#include "pl_truncate.h"

void pl_cast_f16_integer(const void *args) {
  const pl_cast_f16_integer_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    cast_saturate(&a->params, a->output, i, pl_truncate(pl_float_of_half(a->input[i])));
  }
}
