// SPDX-License-Identifier: Apache-2.0
#include "decode/bits.h"

void pl_decode_lut(const void *args) {
  const pl_decode_lut_args *a = args;
  const pl_decode_lut_params *p = &a->params;
  const int32_t element = p->shape.element;
  uint8_t *output = a->output;
  uint32_t at = 0;
  for (int32_t outer = p->shape.outer; outer > 0; --outer) {
    const uint8_t *table = a->table;
    for (int32_t channel = p->shape.channels; channel > 0; --channel, table += p->stride) {
      for (int32_t inner = p->shape.inner; inner > 0; --inner, at += (uint32_t)p->width) {
        const int32_t code = (int32_t)decode_bits(a->encoded, at, (uint32_t)p->width);
        output = decode_put(output, table + code * element, element);
      }
    }
  }
}
