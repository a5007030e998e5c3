// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/s8_thumb_run.h"

void pl_conv_2d_s8_thumb_signed(const void *args) {
  pl_conv_2d_s8_thumb_run(args, pl_quad_thumb_dense, pl_quad_thumb_finish_signed);
}
