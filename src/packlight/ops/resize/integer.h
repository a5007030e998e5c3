// SPDX-License-Identifier: Apache-2.0
// The bilinear kernels of signed integers: the including file defines ARGS, the kernel's struct, ELEMENT, and SUM, which
// holds an element times 2^22.
#include "resize/kernel.h"

// Where an output element lies between two elements of an axis.
typedef struct {
  int32_t lower, upper;
  int32_t part;  // of the way from the lower to the upper, in units of 2^-10; beyond them at the input's borders
} resize_place;

static inline resize_place resize_find(int32_t index, int32_t scale, int32_t offset, int32_t size) {
  const int32_t at = index * scale + offset;
  const int32_t lower = at > 0 ? at >> 10 : 0;
  const int32_t upper = at > 0 ? (at + 1023) >> 10 : 0;
  const resize_place place = {lower, upper < size ? upper : size - 1, at - lower * 1024};
  return place;
}

static inline void resize_integer(const ARGS *a) {
  const pl_resize_integer_params *p = &a->params;
  const pl_resize_geometry *g = &p->geometry;
  const int32_t row = g->input_w * g->channels;
  const ELEMENT *input = a->input;
  ELEMENT *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * row) {
    for (int32_t i = 0; i < g->output_h; ++i) {
      const resize_place y = resize_find(i, p->scale.h, p->offset.h, g->input_h);
      for (int32_t j = 0; j < g->output_w; ++j) {
        const resize_place x = resize_find(j, p->scale.w, p->offset.w, g->input_w);
        const ELEMENT *left = input + x.lower * g->channels;
        const ELEMENT *right = input + x.upper * g->channels;
        for (int32_t c = 0; c < g->channels; ++c) {
          const int32_t above = y.lower * row + c, below = y.upper * row + c;
          const SUM first = left[above] * (1024 - x.part) + right[above] * x.part;
          const SUM second = left[below] * (1024 - x.part) + right[below] * x.part;
          const SUM sum = first * (1024 - y.part) + second * y.part;
          *output++ = (ELEMENT)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
        }
      }
    }
  }
}
