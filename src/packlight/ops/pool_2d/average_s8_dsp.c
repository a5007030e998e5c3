// SPDX-License-Identifier: Apache-2.0
#include "pool_2d/words_dsp.h"

// The mean of `sum`, halves away from zero.
static inline int32_t pool_2d_average_s8_dsp_mean(int32_t sum, int32_t count) {
  const int32_t half = count / 2;
  return (sum > 0 ? sum + half : sum - half) / count;
}

// Four channels of a window: sums fit 16 bits, as the window has at most 255 elements.
static void pool_2d_average_s8_dsp_four(const pl_pool_2d_geometry *g, pl_pool_2d_window w, const int8_t *input,
                                        int8_t *output) {
  uint32_t even = 0, odd = 0;
  for (int32_t y = w.top; y < w.bottom; ++y) {
    const int8_t *from = input + (y * g->input_w + w.left) * g->channels;
    for (int32_t left = w.right - w.left; left > 0; --left, from += g->channels) {
      const uint32_t word = pl_pool_2d_load(from);
      __asm__("sxtab16 %0, %0, %1" : "+r"(even) : "r"(word));
      __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(odd) : "r"(word));
    }
  }
  const int32_t count = (w.bottom - w.top) * (w.right - w.left);
  output[0] = (int8_t)pool_2d_average_s8_dsp_mean((int16_t)even, count);
  output[1] = (int8_t)pool_2d_average_s8_dsp_mean((int16_t)odd, count);
  output[2] = (int8_t)pool_2d_average_s8_dsp_mean((int32_t)even >> 16, count);
  output[3] = (int8_t)pool_2d_average_s8_dsp_mean((int32_t)odd >> 16, count);
}

void pl_pool_2d_average_s8_dsp(const void *args) {
  __asm__("" : "+r"(args));  // else the linker unrolls the windows of a call
  const pl_pool_2d_average_args *a = args;
  pl_pool_2d_words(&a->params, a->input, a->output, pool_2d_average_s8_dsp_four);
}
