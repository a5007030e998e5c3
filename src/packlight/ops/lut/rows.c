// SPDX-License-Identifier: Apache-2.0
#include "lut/kernel.h"

void pl_lut_rows(const void *args) {
  const pl_lut_rows_args *a = args;
  const uint8_t *input = a->input;
  uint8_t *row = a->output;
  for (int32_t left = a->params.rows; left > 0; --left, row += a->params.step) {
    for (int32_t i = 0; i < a->params.size; ++i) {
      row[i] = a->table[*input++];
    }
  }
}
