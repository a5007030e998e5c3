// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_rv32_run.h"

void pl_depthwise_conv_2d_s8_rv32(const void *args) {
  pl_depthwise_conv_2d_s8_rv32_run(args, pl_quad_rv32_window, pl_quad_rv32_three);
}
