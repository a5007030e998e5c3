// SPDX-License-Identifier: Apache-2.0
#include "pl_dense_mve.h"

void pl_dense_mve(const pl_dense_mve_layer *layer, const int8_t *rows, int32_t stride, int32_t count, int8_t *output) {
  const int32_t blocks = count / 4;
  if (layer->outputs % 4 == 0 && layer->bias_step == 8 && blocks > 0) {
    (layer->depth > 16 ? pl_dense_mve_deep : pl_dense_mve_flat)(layer, rows, stride, blocks, output);
    rows += 4 * blocks * stride;
    output += 4 * blocks * layer->outputs;
    count -= 4 * blocks;
  }
  for (; count > 0; --count, rows += stride, output += layer->outputs) {
    pl_dense_mve_row(layer, rows, output);
  }
}
