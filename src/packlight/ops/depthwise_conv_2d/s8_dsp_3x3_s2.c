// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_3x3_run.h"

void pl_depthwise_conv_2d_s8_dsp_3x3_s2(const void *args) {
  depthwise_conv_2d_s8_dsp_3x3_core *core = depthwise_conv_2d_s8_dsp_3x3_core_2;
  int32_t exact = 0;
  __asm__("" : "+r"(args), "+r"(core), "+r"(exact));  // one copy for all calls: the linker would make one for each
  pl_depthwise_conv_2d_s8_dsp_3x3_run(args, core, exact);
}
