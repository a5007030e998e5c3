// SPDX-License-Identifier: Apache-2.0
// The bilinear kernels that reckon in floats: the including file defines ARGS, the kernel's struct, ELEMENT, and
// ROUNDING, what is added before a result is stored without its fraction.
#include "resize/kernel.h"

// Where an output element lies between two elements of an axis.
typedef struct {
  int32_t lower, upper;
  float part;  // of the way from the lower to the upper; beyond them at the input's borders
} resize_place;

static inline resize_place resize_find(int32_t index, float scale, float center, int32_t size) {
  const float at = ((float)index + center) * scale - center;  // above -1
  const int32_t lower = (int32_t)at;
  const int32_t upper = lower + (at > (float)lower);
  const resize_place place = {lower, upper < size ? upper : size - 1, at - (float)lower};
  return place;
}

static inline void resize_float(const ARGS *a) {
  const pl_resize_float_params *p = &a->params;
  const pl_resize_geometry *g = &p->geometry;
  const int32_t row = g->input_w * g->channels;
  const ELEMENT *input = a->input;
  ELEMENT *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * row) {
    for (int32_t i = 0; i < g->output_h; ++i) {
      const resize_place y = resize_find(i, p->scale_h, p->center, g->input_h);
      for (int32_t j = 0; j < g->output_w; ++j) {
        const resize_place x = resize_find(j, p->scale_w, p->center, g->input_w);
        const ELEMENT *left = input + x.lower * g->channels;
        const ELEMENT *right = input + x.upper * g->channels;
        for (int32_t c = 0; c < g->channels; ++c) {
          const int32_t above = y.lower * row + c, below = y.upper * row + c;
          float sum = (float)left[above] * (1.0f - y.part) * (1.0f - x.part);
          sum += (float)left[below] * y.part * (1.0f - x.part);
          sum += (float)right[above] * (1.0f - y.part) * x.part;
          sum += (float)right[below] * y.part * x.part;
          *output++ = (ELEMENT)(sum + ROUNDING);
        }
      }
    }
  }
}
