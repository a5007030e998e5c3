// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"

void pl_add_f32(const void *args) {
  const pl_add_f32_args *a = args;
  const pl_add_f32_params *p = &a->params;
  float *output = a->output;
  for (int32_t row = 0; row < p->rows.rows; ++row) {
    const pl_broadcast_start start = pl_broadcast_row(a->dims, row);
    const float *input1 = a->input1 + start.input1;
    const float *input2 = a->input2 + start.input2;
    for (int32_t left = p->rows.length; left > 0; --left) {
      *output++ = pl_clamp_f32(*input1 + *input2, p->activation);
      input1 += p->rows.step1;
      input2 += p->rows.step2;
    }
  }
}
