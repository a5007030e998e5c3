// SPDX-License-Identifier: Apache-2.0
// For few rows: without the cores for four.
#include "fully_connected/kernel.h"
#include "pl_bytes_mve.h"
#include "pl_dense_mve.h"

void pl_fully_connected_s8_mve_row(const void *args) {
  const pl_fully_connected_s8_mve_args *a = args;
  const pl_fully_connected_s8_mve_params *p = &a->params;
  const pl_dense_mve_layer layer = {
      .depth = p->depth,
      .outputs = p->units,
      .output_offset = p->output_offset,
      .bias_step = a->multiplier ? 4 : 8,
      .multiplier_step = a->multiplier ? 0 : 8,
      .weights = a->filter,
      .bias = a->bias,
      .multiplier = a->multiplier ? a->multiplier : a->bias + 1,
  };
  for (int32_t row = 0; row < p->batches; ++row) {
    pl_dense_mve_row(&layer, a->input + row * p->depth, a->output + row * p->units);
  }
  pl_clamp_mve(a->output, p->batches * p->units, p->activation);
}
