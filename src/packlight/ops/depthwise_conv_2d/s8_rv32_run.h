// SPDX-License-Identifier: Apache-2.0
// DEPTHWISE_CONV_2D for RV32IM: a channel is cut into three groups of rows, which are packed into one plane of trios,
// in which a window gives three outputs at once.
#ifndef PL_DEPTHWISE_CONV_2D_S8_RV32_RUN_H
#define PL_DEPTHWISE_CONV_2D_S8_RV32_RUN_H

#include "depthwise_conv_2d/kernel.h"
#include "pl_quad_rv32.h"

// The whole operator; `core` is one of pl_quad_rv32_window..., `finish` one of pl_quad_rv32_three..., or NULL for 3x3.
PL_QUAD_RV32_SHARED
void pl_depthwise_conv_2d_s8_rv32_run(const pl_depthwise_conv_2d_s8_rv32_args *a,
                                      void (*core)(const pl_quad_rv32_plane *plane), void (*finish)(void));

#endif
