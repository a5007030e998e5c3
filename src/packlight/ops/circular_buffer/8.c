// SPDX-License-Identifier: Apache-2.0
#include "circular_buffer/kernel.h"

void pl_circular_buffer_8(const void *args) {
  const pl_circular_buffer_args *a = args;
  const pl_circular_buffer_params *p = &a->params;
  for (int32_t i = 0; i < p->kept; ++i) {
    a->output[i] = a->output[i + p->size];
  }
  for (int32_t i = 0; i < p->size; ++i) {
    a->output[p->kept + i] = a->input[i];
  }
  const int32_t left = *a->left - 1;
  *a->left = left > 0 ? left : p->cycles;
  *a->complete = left <= 0;
}
