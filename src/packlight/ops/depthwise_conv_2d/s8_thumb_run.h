// SPDX-License-Identifier: Apache-2.0
// DEPTHWISE_CONV_2D for Cortex-M without SIMD: a channel is cut into six groups, whose planes are packed into one plane
// of quads, in which a window gives six outputs at once.
#ifndef PL_DEPTHWISE_CONV_2D_S8_THUMB_RUN_H
#define PL_DEPTHWISE_CONV_2D_S8_THUMB_RUN_H

#include "depthwise_conv_2d/kernel.h"
#include "pl_quad_thumb.h"

// The whole operator; `core` is pl_quad_thumb_window or pl_quad_thumb_window_3x3, `finish` as in the block.
PL_QUAD_THUMB_SHARED
void pl_depthwise_conv_2d_s8_thumb_run(const pl_depthwise_conv_2d_s8_thumb_args *a,
                                    void (*core)(const pl_quad_thumb_plane *plane), void (*finish)(void));

#endif
