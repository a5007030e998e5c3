// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_clamp_dsp.h"
#include "pl_dense_dsp.h"

void pl_fully_connected_s8_dsp(const void *args) {
  const pl_fully_connected_s8_dsp_args *a = args;
  const pl_fully_connected_s8_dsp_params *p = &a->params;
  int16_t *to = a->scratch;
  if (p->whole_quads) {
    to = pl_dense_dsp_widen_row(to, a->input, p->whole_quads);
  }
  if (p->whole_quads < p->dense.quads) {
    int8_t last[4];
    for (int32_t i = 0; i < 4; ++i) {
      last[i] = a->input[4 * p->whole_quads + (i < p->rest ? i : 0)];
    }
    pl_dense_dsp_widen_row(to, last, 1);
  }
  pl_dense_dsp_one(&p->dense, a->filter, a->multiplier, a->scratch, a->output);
  pl_clamp_dsp(a->output, p->units, p->activation);
}
