// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_dense_plain_dsp.h"
#include "pl_dense_row_dsp.h"

void pl_fully_connected_s8_dsp_plain(const void *args) {
  const pl_fully_connected_s8_dsp_plain_args *a = args;
  const pl_dense_row *row = &a->params.row;
  const pl_dense_row_constants constants = {a->filter, a->bias, a->multiplier, a->shift};
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < a->params.batches; ++batch, input += row->depth, output += row->channels) {
    pl_dense_row_dsp(row, &constants, input, output, pl_dense_plain_dsp, INT32_MAX);
  }
}
