// SPDX-License-Identifier: Apache-2.0
#include "div/kernel.h"
#include "pl_element.h"
#include "pl_fixed.h"
#include "pl_requantize.h"

// By how many bits x can be shifted to the left and keep its sign: 31 for 0 and -1.
static int32_t div_q_headroom(int32_t x) {
  int32_t bits = 31;
  for (int32_t rest = x < 0 ? ~x : x; rest != 0; rest >>= 1) {
    --bits;
  }
  return bits;
}

// x / y times the scale, without zero points: 1 / y by Newton's method, then TFLM's two roundings. x / 0 is out of range.
static int32_t div_q_quotient(int32_t x, int32_t y, const pl_div_q_params *p) {
  if (y < 0) {
    x = -x;
    y = -y;
  }
  if (y == 0) {
    return ((x > 0) - (x < 0)) * (1 << 17);
  }
  const int32_t headroom = div_q_headroom(x), leading = div_q_headroom(y) + 1;
  const int32_t inverse = pl_one_over_one_plus((int32_t)((uint32_t)y << leading & INT32_MAX));  // 2^(31 - leading) / y
  const int32_t unscaled = pl_high_mul((int32_t)((uint32_t)x << headroom), inverse);
  const int32_t right = headroom + 31 - leading - p->shift;  // up to 63
  const int32_t scaled = pl_high_mul(unscaled, p->multiplier);
  return right > 31 ? (scaled >> (right - 32)) + (scaled >= 0) : pl_rounding_shift(scaled, right);
}

void pl_div_q(const void *args) {
  const pl_div_q_args *a = args;
  const pl_div_q_params *p = &a->params;
  int32_t at_output = 0;
  PL_EACH_PAIR(a, i, j) {
    const int32_t x = pl_load(a->input1, i, p->type) + p->input1_offset;
    const int32_t y = pl_load(a->input2, j, p->type) + p->input2_offset;
    pl_store(a->output, at_output++, p->type, pl_clamp(div_q_quotient(x, y, p) + p->output_offset, p->activation));
  }
}
