// SPDX-License-Identifier: Apache-2.0
// What the int8 pools of cores with the DSP extension share: four channels at a time.
#ifndef PL_POOL_2D_WORDS_DSP_H
#define PL_POOL_2D_WORDS_DSP_H

#include "pl_clamp_dsp.h"
#include "pool_2d/window.h"

// Four elements, aligned or not.
static inline uint32_t pl_pool_2d_load(const int8_t *from) {
  uint32_t word;
  __asm__("ldr %0, %1" : "=r"(word) : "m"(*(const uint8_t(*)[4])(const void *)from));
  return word;
}

typedef void pl_pool_2d_four(const pl_pool_2d_geometry *g, pl_pool_2d_window w, const int8_t *input, int8_t *output);

// Every window, its channels by fours; of a number that is no multiple of 4, the last four overlap with others.
static inline void pl_pool_2d_words(const pl_pool_2d_s8_params *p, const int8_t *input, int8_t *output,
                                    pl_pool_2d_four *four) {
  const pl_pool_2d_geometry *g = &p->geometry;
  int8_t *to = output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->channels) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x, to += g->channels) {
        const pl_pool_2d_window w = pl_pool_2d_window_of(g, y, x);
        for (int32_t next = 0; next < g->channels; next += 4) {
          const int32_t c = next + 4 <= g->channels ? next : g->channels - 4;
          four(g, w, input + c, to + c);
        }
      }
    }
  }
  pl_clamp_dsp(output, (int32_t)(to - output), p->activation);
}

#endif
