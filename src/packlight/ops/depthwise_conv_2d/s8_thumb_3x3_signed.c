// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_thumb_run.h"

void pl_depthwise_conv_2d_s8_thumb_3x3_signed(const void *args) {
  pl_depthwise_conv_2d_s8_thumb_run(args, pl_quad_thumb_window_3x3, pl_quad_thumb_finish_signed);
}
