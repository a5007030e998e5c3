// SPDX-License-Identifier: Apache-2.0
#include "lut/kernel.h"

void pl_lut_8(const void *args) {
  const pl_lut_args *a = args;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t left = a->params.size; left > 0; --left) {
    *output++ = a->table[*input++];
  }
}
