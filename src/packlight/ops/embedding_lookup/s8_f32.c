// SPDX-License-Identifier: Apache-2.0
#include "embedding_lookup/kernel.h"

void pl_embedding_lookup_s8_f32(const void *args) {
  const pl_embedding_lookup_s8_f32_args *a = args;
  const pl_embedding_lookup_s8_f32_params *p = &a->params;
  float *output = a->output;
  for (int32_t i = 0; i < p->count; ++i) {
    int32_t row = a->lookup[i];
    row = row < 0 ? 0 : row < p->rows ? row : p->rows - 1;
    const int8_t *value = a->value + row * p->columns;
    const float scale = a->scale[row * p->scale_step];
    for (int32_t column = 0; column < p->columns; ++column) {
      *output++ = scale * (float)value[column];
    }
  }
}
