// SPDX-License-Identifier: Apache-2.0
#include "cast/kernel.h"

void pl_cast_widen(const void *args) {
  const pl_cast_widen_args *a = args;
  const pl_cast_integer_params *p = &a->params.input;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t left = p->size; left > 0; --left) {
    uint8_t byte = 0;
    for (int32_t i = 0; i < p->bytes; ++i) {
      byte = *input++;
      *output++ = byte;
    }
    byte = p->sign && byte > 127 ? 255 : 0;
    for (int32_t i = p->bytes; i < a->params.output_bytes; ++i) {
      *output++ = byte;
    }
  }
}
