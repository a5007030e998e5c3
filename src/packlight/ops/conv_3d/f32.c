// SPDX-License-Identifier: Apache-2.0
#include "conv_3d/kernel.h"

// The sum of one output element over the part of the window that lies inside the input.
static float conv_3d_f32_sum(const pl_conv_3d_f32_params *p, const float *input, const float *filter,
                             pl_conv_3d_box start) {
  float acc = 0.0f;
  for (int32_t kd = 0; kd < p->window.d; ++kd) {
    const int32_t d = start.d + kd * p->dilation.d;
    for (int32_t ky = 0; ky < p->window.h; ++ky) {
      const int32_t y = start.h + ky * p->dilation.h;
      for (int32_t kx = 0; kx < p->window.w; ++kx, filter += p->input_c * p->output_c) {
        const int32_t x = start.w + kx * p->dilation.w;
        if (d < 0 || d >= p->input.d || y < 0 || y >= p->input.h || x < 0 || x >= p->input.w) {
          continue;
        }
        const float *voxel = input + ((d * p->input.h + y) * p->input.w + x) * p->input_c;
        for (int32_t c = 0; c < p->input_c; ++c) {
          acc += voxel[c] * filter[c * p->output_c];
        }
      }
    }
  }
  return acc;
}

void pl_conv_3d_f32(const void *args) {
  const pl_conv_3d_f32_args *a = args;
  const pl_conv_3d_f32_params *p = &a->params;
  const int32_t image = p->output.d * p->output.h * p->output.w;
  const int32_t input_image = p->input.d * p->input.h * p->input.w * p->input_c;
  float *output = a->output;
  for (int32_t at = 0; at < p->batches * image; ++at) {
    const int32_t pixel = at % image, row = pixel / p->output.w;
    const pl_conv_3d_box start = {row / p->output.h * p->stride.d - p->padding.d,
                                  row % p->output.h * p->stride.h - p->padding.h,
                                  pixel % p->output.w * p->stride.w - p->padding.w};
    for (int32_t c = 0; c < p->output_c; ++c) {
      const float acc = conv_3d_f32_sum(p, a->input + at / image * input_image, a->filter + c, start);
      *output++ = pl_clamp_f32(acc + (a->bias ? a->bias[c] : 0.0f), p->activation);
    }
  }
}
