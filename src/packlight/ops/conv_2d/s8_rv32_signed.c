// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/s8_rv32_run.h"

static void conv_2d_s8_rv32_signed_meet(const pl_conv_2d_s8_rv32_args *a, int8_t *output, int32_t pixels) {
  pl_conv_2d_s8_rv32_run(a, output, pixels, pl_quad_rv32_six_signed);
}

void pl_conv_2d_s8_rv32_signed(const void *args) { pl_conv_2d_s8_rv32_walk(args, conv_2d_s8_rv32_signed_meet); }
