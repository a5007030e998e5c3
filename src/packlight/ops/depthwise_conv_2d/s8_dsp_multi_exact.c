// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_multi_run.h"

void pl_depthwise_conv_2d_s8_dsp_multi_exact(const void *args) {
  __asm__("" : "+r"(args));  // one copy for all calls: the linker would make one for each
  pl_depthwise_conv_2d_s8_dsp_multi_run(args, depthwise_conv_2d_s8_dsp_multi_core_exact, 1);
}
