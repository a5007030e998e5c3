// SPDX-License-Identifier: Apache-2.0
#include "pool_2d/words_dsp.h"

// Four channels of a window.
static void pool_2d_max_s8_dsp_four(const pl_pool_2d_geometry *g, pl_pool_2d_window w, const int8_t *input,
                                    int8_t *output) {
  uint32_t largest = 0x80808080U;
  for (int32_t y = w.top; y < w.bottom; ++y) {
    const int8_t *from = input + (y * g->input_w + w.left) * g->channels;
    for (int32_t left = w.right - w.left; left > 0; --left, from += g->channels) {
      uint32_t difference;
      __asm__("ssub8 %1, %0, %2\n\tsel %0, %0, %2"
              : "+r"(largest), "=&r"(difference)
              : "r"(pl_pool_2d_load(from))
              : "cc");
    }
  }
  for (int32_t i = 0; i < 4; ++i, largest >>= 8) {
    output[i] = (int8_t)(largest & 0xff);
  }
}

void pl_pool_2d_max_s8_dsp(const void *args) {
  __asm__("" : "+r"(args));  // else the linker unrolls the windows of a call
  const pl_pool_2d_max_args *a = args;
  pl_pool_2d_words(&a->params, a->input, a->output, pool_2d_max_s8_dsp_four);
}
