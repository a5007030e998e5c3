// SPDX-License-Identifier: Apache-2.0
// What the softmax kernels with 8-bit input share: one row of the input. Inline, since a firmware has one such kernel.
// `flip`, by exclusive or, makes int8 elements of the input's: 0, or -128 for uint8.
#ifndef PL_SOFTMAX_ROW_H
#define PL_SOFTMAX_ROW_H

#include "pl_fixed.h"
#include "pl_requantize.h"
#include "softmax/kernel.h"

// softmax(value) = e^(beta * (value - max)) * factor / 2^bits
typedef struct {
  int32_t max;
  int32_t factor;  // Q0.31, in [1/2, 1]
  int32_t bits;    // 0 to 12
} pl_softmax_row;

// e^(beta * difference) as Q0.31, for a difference of two inputs that is not above 0.
static inline int32_t pl_softmax_exp(const pl_softmax_s8_params *p, int32_t difference) {
  if (difference < p->diff_min) {
    return 0;
  }
  return pl_exp_negative(pl_high_mul((int32_t)((uint32_t)difference << p->shift), p->multiplier));
}

static inline pl_softmax_row pl_softmax_measure(const pl_softmax_s8_params *p, const int8_t *input, int32_t flip) {
  pl_softmax_row row = {INT8_MIN, 0, 12};
  for (int32_t c = 0; c < p->depth; ++c) {
    const int8_t value = (int8_t)(input[c] ^ flip);
    row.max = value > row.max ? value : row.max;
  }
  uint32_t sum = 0;  // 13 integer bits, 19 fractional ones
  for (int32_t c = 0; c < p->depth; ++c) {
    sum += (uint32_t)pl_rounding_shift(pl_softmax_exp(p, (int8_t)(input[c] ^ flip) - row.max), 12);
  }
  for (; !(sum & 0x80000000u); sum <<= 1) {
    --row.bits;
  }
  row.factor = pl_one_over_one_plus((int32_t)(sum & 0x7fffffffu));
  return row;
}

// round(2^width * softmax(value)), halves away from zero; width is 8 or 16.
static inline int32_t pl_softmax_scaled(const pl_softmax_s8_params *p, const pl_softmax_row *row, int32_t value,
                                        int32_t width) {
  const int32_t exponent = row->bits + 31 - width;
  const int32_t result = pl_high_mul(row->factor, pl_softmax_exp(p, value - row->max));
  return exponent > 31 ? 0 : pl_rounding_shift(result, exponent);  // above 31: less than a half
}

#endif
