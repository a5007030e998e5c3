// SPDX-License-Identifier: Apache-2.0
#include "pl_quad_thumb.h"

#include "pl_requantize.h"

void pl_quad_thumb_round(const pl_quad_thumb_frame *frame) {
  const pl_quad_thumb_block *b = &frame->plane.block;
  const int32_t multiplier = (int32_t)b->scale->factor, rest = (int32_t)b->scale->rest;
  const int32_t zero_point = (int8_t)((((uint32_t)b->zero + 1U) >> 24) - 1U);
  const pl_activation activation = {(int8_t)((b->one >> 24) - 1U), rest >> 8};
  for (int32_t i = 0; i < 6; ++i) {
    const int32_t scaled = pl_requantize(frame->sums[i] + b->scale->base, multiplier, (int8_t)(rest & 255));
    b->out[i][frame->at] = (int8_t)pl_clamp(scaled + zero_point, activation);
  }
}
