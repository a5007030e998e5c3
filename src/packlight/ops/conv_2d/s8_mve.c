// SPDX-License-Identifier: Apache-2.0
// The input of one row of outputs is laid out column by column, so that the window of each output is one run of bytes
// and neighbours share theirs.
#include "conv_2d/kernel.h"
#include "pl_bytes_mve.h"
#include "pl_dense_mve.h"

// How a row of pixels is spread over the columns, where pixels are small enough for byte offsets.
static int conv_2d_s8_mve_plan(pl_spread_mve_plan *plan, int32_t depth, int32_t column) {
  const int32_t pixels = 16 / depth;
  if (depth > 16 || 15 / depth * column + 15 % depth > UINT8_MAX) {
    return 0;
  }
  for (int32_t i = 0, to = 0, c = 0; i < 16; ++i) {
    plan->offsets[i] = (uint8_t)(to + c);
    if (++c == depth) {
      c = 0;
      to += column;
    }
  }
  plan->from_step = plan->step = pixels * depth;
  plan->to_step = pixels * column;
  return 1;
}

void pl_conv_2d_s8_mve(const void *args) {
  const pl_conv_2d_s8_mve_args *a = args;
  const pl_conv_2d_s8_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t depth = g->input_c;
  const int32_t column = g->filter_h * depth;
  const int32_t columns = (g->output_w - 1) * g->stride.w + g->filter_w;
  const int32_t seen = columns - g->padding.w < g->input_w ? columns - g->padding.w : g->input_w;
  const int32_t zeros = depth < 16 ? 16 : depth;  // a pixel outside of the input, behind the columns
  const pl_dense_mve_layer layer = {
      .depth = g->filter_w * column,
      .outputs = g->output_c,
      .output_offset = p->output_offset,
      .bias_step = 8,
      .multiplier_step = 8,
      .weights = a->filter,
      .bias = a->bias,
      .multiplier = a->bias + 1,
  };
  pl_spread_mve_plan plan;
  const int is_spread = conv_2d_s8_mve_plan(&plan, depth, column);
  int8_t *scratch = a->scratch;
  if (scratch != NULL) {
    pl_fill_mve(scratch, -p->input_offset, columns * column + zeros);
  }
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * depth) {
    for (int32_t y = 0; y < g->output_h; ++y, output += g->output_w * g->output_c) {
      if (scratch == NULL) {  // windows are runs of bytes in the input
        pl_dense_mve(&layer, input + y * g->stride.h * g->input_w * depth, g->stride.w * depth, g->output_w, output);
        continue;
      }
      for (int32_t ky = 0; ky < g->filter_h; ++ky) {
        const int32_t row = y * g->stride.h - g->padding.h + ky * g->dilation.h;
        const int inside = row >= 0 && row < g->input_h;
        const int8_t *from = inside ? input + row * g->input_w * depth : scratch + columns * column;
        int8_t *to = scratch + g->padding.w * column + ky * depth;
        if (is_spread) {
          plan.from_step = inside ? plan.step : 0;
          pl_spread_mve(to, from, seen * depth, &plan);
        } else {
          pl_copy_mve(to, column, from, inside ? depth : 0, depth, seen);
        }
      }
      pl_dense_mve(&layer, scratch, g->stride.w * column, g->output_w, output);
    }
  }
  pl_clamp_mve(a->output, (int32_t)(output - a->output), p->activation);
}
