// SPDX-License-Identifier: Apache-2.0
#include "resize/kernel.h"

void pl_resize_pixels(const void *args) {
  const pl_resize_pixels_args *a = args;
  const pl_resize_pixels_params *p = &a->params;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->image) {
    for (int32_t y = 0; y < p->output_h; ++y) {
      for (int32_t x = 0; x < p->output_w; ++x) {
        const uint8_t *pixel = input + a->rows[y] * p->row + a->columns[x] * p->pixel;
        for (int32_t left = p->pixel; left > 0; --left) {
          *output++ = *pixel++;
        }
      }
    }
  }
}
