// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_direct_core.h"
#include "pl_clamp_dsp.h"

// The taps of a window along an axis that lie inside of the input.
typedef struct {
  int32_t first, count;
} depthwise_conv_2d_s8_dsp_direct_taps;

static depthwise_conv_2d_s8_dsp_direct_taps depthwise_conv_2d_s8_dsp_direct_inside(int32_t start, int32_t dilation,
                                                                                   int32_t count, int32_t size) {
  depthwise_conv_2d_s8_dsp_direct_taps taps = {0, count};
  for (int32_t last = start + (count - 1) * dilation; last >= size; last -= dilation) {
    --taps.count;
  }
  for (; start < 0; start += dilation) {
    ++taps.first;
    --taps.count;
  }
  return taps;
}

// All channels of an output pixel whose window begins at `top`, `left`.
static void depthwise_conv_2d_s8_dsp_direct_pixel(const pl_depthwise_conv_2d_s8_dsp_direct_args *a, const int8_t *input,
                                                  int32_t top, int32_t left, int8_t *output) {
  const pl_depthwise_conv_2d_geometry *g = &a->params.geometry;
  const int32_t channels = g->input_c;
  const int32_t across = g->dilation.w * channels, down = g->dilation.h * g->input_w * channels;
  const depthwise_conv_2d_s8_dsp_direct_taps y =
      depthwise_conv_2d_s8_dsp_direct_inside(top, g->dilation.h, g->filter_h, g->input_h);
  const depthwise_conv_2d_s8_dsp_direct_taps x =
      depthwise_conv_2d_s8_dsp_direct_inside(left, g->dilation.w, g->filter_w, g->input_w);
  depthwise_conv_2d_s8_dsp_direct_core_job job = {
      .input = input + (top * g->input_w + left) * channels + y.first * down + x.first * across,
      .filter = a->filter + (y.first * g->filter_w + x.first) * channels,
      .output = output,
      .bias = a->bias,
      .multiplier = a->multiplier,
      .shift = a->shift,
      .groups = channels / 4,
      .taps = x.count,
      .rows = y.count,
      .across = across,
      .channels = channels,
      .to_row = down - x.count * across,
      .to_filter_row = (g->filter_w - x.count) * channels,
      .offset = (int32_t)((uint32_t)(a->params.input_offset & 0xffff) * 0x10001U),
      .zero = 2 * a->params.output_offset + 1,
  };
  depthwise_conv_2d_s8_dsp_direct_core(&job);
  if (channels % 4) {  // the last four, some of them once more
    const int32_t back = channels - 4;
    job.input += back;
    job.filter += back;
    job.output += back;
    job.bias = job.bias ? job.bias + back : NULL;
    job.multiplier += back;
    job.shift += back;
    job.groups = 1;
    depthwise_conv_2d_s8_dsp_direct_core(&job);
  }
}

void pl_depthwise_conv_2d_s8_dsp_direct(const void *args) {
  __asm__("" : "+r"(args));  // one copy for all calls: the linker would make one for each
  const pl_depthwise_conv_2d_s8_dsp_direct_args *a = args;
  const pl_depthwise_conv_2d_geometry *g = &a->params.geometry;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x, output += g->output_c) {
        depthwise_conv_2d_s8_dsp_direct_pixel(a, input, y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w,
                                              output);
      }
    }
  }
  pl_clamp_dsp(a->output, (int32_t)(output - a->output), a->params.activation);
}
