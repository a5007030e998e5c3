// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/kernel.h"
#include "pl_dynamic.h"

// The sum of one output element over the part of the window that lies inside the input.
static int32_t depthwise_conv_2d_hybrid_sum(const pl_depthwise_conv_2d_geometry *g, const int8_t *input,
                                            int32_t zero_point, const int8_t *filter, pl_tile start) {
  int32_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = start.h + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, filter += g->output_c) {
      const int32_t x = start.w + kx * g->dilation.w;
      if (y >= 0 && y < g->input_h && x >= 0 && x < g->input_w) {
        acc += *filter * (input[(y * g->input_w + x) * g->input_c] - zero_point);
      }
    }
  }
  return acc;
}

void pl_depthwise_conv_2d_hybrid(const void *args) {
  const pl_depthwise_conv_2d_hybrid_args *a = args;
  const pl_depthwise_conv_2d_hybrid_params *p = &a->params;
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  const int32_t image = g->input_h * g->input_w * g->input_c;
  float *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch) {
    const pl_dynamic made = pl_quantize_dynamic(a->input + batch * image, image, p->asymmetric, a->scratch);
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_tile start = {y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w};
        for (int32_t o = 0; o < g->output_c; ++o) {
          const int8_t *channel = a->scratch + o / g->ch_mult;
          const int32_t acc = depthwise_conv_2d_hybrid_sum(g, channel, made.zero_point, a->filter + o, start);
          const float scaled = (float)acc * (made.scale * a->scale[p->per_channel ? o : 0]);
          *output++ = pl_clamp_f32(scaled + (a->bias ? a->bias[o] : 0.0f), p->activation);
        }
      }
    }
  }
}
