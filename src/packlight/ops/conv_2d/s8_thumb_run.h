// SPDX-License-Identifier: Apache-2.0
// CONV_2D for Cortex-M without SIMD: six windows at a time are packed into quads, then meet all output channels.
#ifndef PL_CONV_2D_S8_THUMB_RUN_H
#define PL_CONV_2D_S8_THUMB_RUN_H

#include "conv_2d/kernel.h"
#include "pl_quad_thumb.h"

// The whole convolution; `core` is pl_quad_thumb_dense or pl_quad_thumb_dense_long, `finish` as in the block.
PL_QUAD_THUMB_SHARED
void pl_conv_2d_s8_thumb_run(const pl_conv_2d_s8_thumb_args *a, void (*core)(const pl_quad_thumb_block *block),
                          void (*finish)(void));

#endif
