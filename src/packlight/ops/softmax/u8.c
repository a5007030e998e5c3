// SPDX-License-Identifier: Apache-2.0
#include "softmax/row.h"

void pl_softmax_u8(const void *args) {
  const pl_softmax_u8_args *a = args;
  const pl_softmax_s8_params *p = &a->params;
  const int8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t row = 0; row < p->rows; ++row) {
    const pl_softmax_row measures = pl_softmax_measure(p, input, INT8_MIN);
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t result = pl_softmax_scaled(p, &measures, (int8_t)(*input++ ^ INT8_MIN), 8);
      *output++ = (uint8_t)(result > UINT8_MAX ? UINT8_MAX : result);
    }
  }
}
