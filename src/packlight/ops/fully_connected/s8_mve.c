// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_bytes_mve.h"
#include "pl_dense_mve.h"

void pl_fully_connected_s8_mve(const void *args) {
  const pl_fully_connected_s8_mve_args *a = args;
  const pl_fully_connected_s8_mve_params *p = &a->params;
  const pl_dense_mve_layer layer = {
      .depth = p->depth,
      .outputs = p->units,
      .output_offset = p->output_offset,
      .bias_step = 8,
      .multiplier_step = 8,
      .weights = a->filter,
      .bias = a->bias,
      .multiplier = a->bias + 1,
  };
  pl_dense_mve(&layer, a->input, p->depth, p->batches, a->output);
  pl_clamp_mve(a->output, p->batches * p->units, p->activation);
}
