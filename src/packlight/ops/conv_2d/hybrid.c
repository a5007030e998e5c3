// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/kernel.h"
#include "pl_dynamic.h"

// The sum of one output element over the part of the window that lies inside the input; `weight`: index of the first.
static int32_t conv_2d_hybrid_sum(const pl_conv_2d_hybrid_args *a, const int8_t *input, int32_t zero_point,
                                  int32_t weight, pl_tile start) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  int32_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = start.h + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, weight += g->filter_c) {
      const int32_t x = start.w + kx * g->dilation.w;
      if (y < 0 || y >= g->input_h || x < 0 || x >= g->input_w) {
        continue;
      }
      const int8_t *pixel = input + (y * g->input_w + x) * g->input_c;
      for (int32_t c = 0; c < g->filter_c; ++c) {
        acc += pl_weight(a->filter, weight + c, a->params.are_nibbles) * (pixel[c] - zero_point);
      }
    }
  }
  return acc;
}

void pl_conv_2d_hybrid(const void *args) {
  const pl_conv_2d_hybrid_args *a = args;
  const pl_conv_2d_hybrid_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t filter_size = g->filter_h * g->filter_w * g->filter_c, image = g->input_h * g->input_w * g->input_c;
  float *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch) {
    const pl_dynamic made = pl_quantize_dynamic(a->input + batch * image, image, p->asymmetric, a->scratch);
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_tile start = {y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w};
        for (int32_t c = 0; c < g->output_c; ++c) {
          const int8_t *group = a->scratch + c / g->group_c * g->filter_c;
          const int32_t acc = conv_2d_hybrid_sum(a, group, made.zero_point, c * filter_size, start);
          const float scaled = (float)acc * (made.scale * a->scale[p->per_channel ? c : 0]);
          *output++ = pl_clamp_f32(scaled + (a->bias ? a->bias[c] : 0.0f), p->activation);
        }
      }
    }
  }
}
