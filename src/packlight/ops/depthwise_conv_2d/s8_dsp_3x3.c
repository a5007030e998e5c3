// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_3x3_run.h"

void pl_depthwise_conv_2d_s8_dsp_3x3(const void *args) {
  depthwise_conv_2d_s8_dsp_3x3_run(args, depthwise_conv_2d_s8_dsp_3x3_core_1, 0);
}
