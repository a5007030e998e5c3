// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"

void pl_add_f32(const void *args) {
  const pl_add_f32_args *a = args;
  const pl_add_f32_params *p = &a->params;
  float *output = a->output;
  pl_broadcast_walk at;
  pl_broadcast_start(&at, &p->rows, a->dims);
  do {
    const float *input1 = a->input1 + at.input1;
    const float *input2 = a->input2 + at.input2;
    for (int32_t left = p->rows.length; left > 0; --left) {
      *output++ = pl_clamp_f32(*input1 + *input2, p->activation);
      input1 += p->rows.step1;
      input2 += p->rows.step2;
    }
  } while (pl_broadcast_next(&at, &p->rows, a->dims));
}
