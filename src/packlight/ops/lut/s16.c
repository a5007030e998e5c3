// SPDX-License-Identifier: Apache-2.0
#include "lut/kernel.h"
#include "pl_table.h"

void pl_lut_s16(const void *args) {
  const pl_lut_s16_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = pl_table_s16(a->table, a->input[i]);
  }
}
