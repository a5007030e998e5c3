// SPDX-License-Identifier: Apache-2.0
#include "logistic/kernel.h"

void pl_logistic_s16(const void *args) {
  const pl_logistic_s16_args *a = args;
  const pl_logistic_s16_params *p = &a->params;
  const int32_t half = p->shift > 0 ? 1 << (p->shift - 1) : 0;
  for (int32_t i = 0; i < p->size; ++i) {
    const int32_t x = (a->input[i] * p->multiplier + half) >> p->shift;
    const int32_t size = x < 0 ? -x : x;
    const int32_t at = size >> p->bits;
    int32_t y = p->saturated;
    if (at < 255) {
      const int32_t sample = a->table[at];
      y = (sample << p->bits) + (size & ((1 << p->bits) - 1)) * (a->table[at + 1] - sample);
    }
    a->output[i] = (int16_t)((x < 0 ? p->negative_offset - y : p->offset + y) >> p->output_shift);
  }
}
