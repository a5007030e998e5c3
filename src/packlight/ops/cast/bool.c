// SPDX-License-Identifier: Apache-2.0
#include "cast/kernel.h"

void pl_cast_bool(const void *args) {
  const pl_cast_bool_args *a = args;
  const uint8_t *input = a->input;
  for (int32_t i = 0; i < a->params.size; ++i) {
    int32_t any = 0;
    for (int32_t left = a->params.bytes - 1; left > 0; --left) {
      any |= *input++;
    }
    any |= *input++ & a->params.mask;
    a->output[i] = any != 0;
  }
}
