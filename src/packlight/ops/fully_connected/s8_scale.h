// SPDX-License-Identifier: Apache-2.0
// How a sum becomes an output without products of 64 bits. What the three words of a scale mean stands in
// runtime/pl_quad_thumb.h, that they give the bits of the portable kernel is proved for each in packing/quad_thumb.py.
#ifndef PL_FULLY_CONNECTED_S8_SCALE_H
#define PL_FULLY_CONNECTED_S8_SCALE_H

#include "pl.h"

// What outputs of all scales know.
typedef struct {
  uint32_t one;  // (activation.min + 1) << 24
  int32_t zero;  // ((the output's zero point + 1) << 24) - 1
} fully_connected_s8_scale_output;

// A scale, unfolded.
typedef struct {
  int32_t base, most;
  uint32_t shift, high, low, start, below;
} fully_connected_s8_scale;

static inline fully_connected_s8_scale_output fully_connected_s8_scale_ends(int32_t least, int32_t zero_point) {
  const fully_connected_s8_scale_output made = {(uint32_t)(least + 1) << 24,
                                                (int32_t)(((uint32_t)(zero_point + 1) << 24) - 1)};
  return made;
}

static inline fully_connected_s8_scale fully_connected_s8_scale_unfold(const int32_t words[3], uint32_t one) {
  const uint32_t factor = (uint32_t)words[1], rest = (uint32_t)words[2];
  const uint32_t shift = rest & 255U, halving = (uint32_t)words[0] & 31U;
  const uint32_t high = factor >> shift;
  const int32_t base = words[0] >> 5, most = (int32_t)((rest >> 8 & 2047U) << halving >> 1);
  const uint32_t start = one - ((rest >> 19) * (high >> 4) >> 9);
  const uint32_t low = factor - (high << shift), below = (1U << 24) >> halving;
  const fully_connected_s8_scale made = {base, most, shift, high, low, start, below};
  return made;
}

static inline int8_t fully_connected_s8_scale_of(const fully_connected_s8_scale *s, int32_t sum, int32_t zero) {
  int32_t at = sum + s->base;
  at = at < 0 ? 0 : at > s->most ? s->most : at;
  uint32_t u = (uint32_t)at * s->high + ((uint32_t)at * s->low >> s->shift) + s->start;
  if ((int32_t)u <= zero) {
    u -= s->below;
  }
  return (int8_t)(u >> 24);
}

#endif
