// SPDX-License-Identifier: Apache-2.0
// CONV_2D for RV32IM: six windows at a time are packed into trios, then meet all output channels.
#ifndef PL_CONV_2D_S8_RV32_RUN_H
#define PL_CONV_2D_S8_RV32_RUN_H

#include "conv_2d/kernel.h"
#include "pl_quad_rv32.h"

// Makes `pixels` > 0 outputs of all channels from `output` on. A block's `x` is in scratch.
typedef void conv_2d_s8_rv32_meet(const pl_conv_2d_s8_rv32_args *a, int8_t *output, int32_t pixels);

// The whole convolution, six windows for each call of `meet`.
PL_QUAD_RV32_SHARED
void pl_conv_2d_s8_rv32_walk(const pl_conv_2d_s8_rv32_args *a, conv_2d_s8_rv32_meet *meet);

// What a `meet` may do: all channels by one dot product each, with that last step.
PL_QUAD_RV32_SHARED
void pl_conv_2d_s8_rv32_run(const pl_conv_2d_s8_rv32_args *a, int8_t *output, int32_t pixels, void (*finish)(void));

#endif
