// SPDX-License-Identifier: Apache-2.0
// FULLY_CONNECTED for Cortex-M without SIMD: bytes times rows of bytes, whose weights lie side by side.
#ifndef PL_FULLY_CONNECTED_S8_THUMB_RUN_H
#define PL_FULLY_CONNECTED_S8_THUMB_RUN_H

#include "fully_connected/kernel.h"
#include "fully_connected/s8_thumb_dots.h"
#include "pl_quad_thumb.h"

// The outputs of `rows` sums, from `unit` on.
typedef void fully_connected_s8_thumb_outputs(const pl_fully_connected_s8_thumb_args *a, int32_t unit, int32_t rows,
                                              const uint32_t *sums, int8_t *output);

PL_QUAD_THUMB_SHARED
void pl_fully_connected_s8_thumb_run(const pl_fully_connected_s8_thumb_args *a,
                                     fully_connected_s8_thumb_outputs *outputs);

#endif
