// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/s8_rv32_run.h"
#include "pl_requantize.h"

// What the parts of a dot product add up to becomes an output by the portable kernels' roundings.
static void conv_2d_s8_rv32_long_round(const pl_conv_2d_s8_rv32_args *a, const int32_t *sums, int8_t *output,
                                       int32_t pixels) {
  const pl_conv_2d_s8_rv32_params *p = &a->params;
  const pl_activation activation = {p->least, p->most};
  const int32_t *scale = a->scale;
  for (int32_t channel = 0; channel < p->geometry.output_c; ++channel, scale += 3, sums += 6, ++output) {
    PL_QUAD_RV32_ROLLED
    for (int32_t i = 0; i < pixels; ++i) {
      const int32_t scaled = pl_requantize(sums[i] + scale[0], scale[1], scale[2]);
      output[i * p->geometry.output_c] = (int8_t)(pl_clamp(scaled, activation) + p->zero);
    }
  }
}

static void conv_2d_s8_rv32_long_meet(const pl_conv_2d_s8_rv32_args *a, int8_t *output, int32_t pixels) {
  const pl_conv_2d_s8_rv32_params *p = &a->params;
  const int32_t values = 6 * p->geometry.output_c;
  int32_t *sums = (int32_t *)(void *)(a->scratch + 4 * p->count);
  int8_t *out = (int8_t *)sums;
  pl_quad_rv32_block block = {{pl_quad_rv32_six_sums, a->scale, out, 4, 0, 0, 0},
                              a->scratch, p->first, a->filter, p->count, 24, out + 4 * values};
  PL_QUAD_RV32_ROLLED
  for (int32_t i = 0; i < values; ++i) {
    sums[i] = 0;
  }
  for (int32_t part = 0; part < p->parts; ++part) {
    pl_quad_rv32_dense(&block);
    block.x += 4 * block.count;
    block.weights += block.count;
    block.count = p->length;
  }
  conv_2d_s8_rv32_long_round(a, sums, output, pixels);
}

void pl_conv_2d_s8_rv32_long(const void *args) { pl_conv_2d_s8_rv32_walk(args, conv_2d_s8_rv32_long_meet); }
