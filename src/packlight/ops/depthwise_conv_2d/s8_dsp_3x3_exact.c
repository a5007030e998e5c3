// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_3x3_run.h"

void pl_depthwise_conv_2d_s8_dsp_3x3_exact(const void *args) {
  depthwise_conv_2d_s8_dsp_3x3_core *core = depthwise_conv_2d_s8_dsp_3x3_core_1_exact;
  int32_t exact = 1;
  __asm__("" : "+r"(args), "+r"(core), "+r"(exact));  // one copy for all calls: the linker would make one for each
  pl_depthwise_conv_2d_s8_dsp_3x3_run(args, core, exact);
}
