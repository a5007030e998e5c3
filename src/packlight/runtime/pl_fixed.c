// SPDX-License-Identifier: Apache-2.0
#include "pl_fixed.h"

#include "pl_requantize.h"

// e^a for a in [-1/4, 0), all in Q0.31.
static int32_t pl_exp_quarter(int32_t a) {
  const int32_t exp_minus_eighth = 1895147668, third = 715827883;
  const int32_t x = a + (1 << 28);
  const int32_t x2 = pl_high_mul(x, x);
  const int32_t x3 = pl_high_mul(x2, x);
  const int32_t x4 = pl_high_mul(x2, x2);
  const int32_t higher = pl_high_mul(pl_rounding_shift(x4, 2) + x3, third) + x2;  // x^4 / 12 + x^3 / 3 + x^2
  return exp_minus_eighth + pl_high_mul(exp_minus_eighth, x + pl_rounding_shift(higher, 1));
}

int32_t pl_exp_negative(int32_t a) {
  // e^(-2^i), i = -2 to 4, as Q0.31
  static const int32_t pl_exp_factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  const int32_t quarter = 1 << 24;
  if (a == 0) {
    return INT32_MAX;
  }
  const int32_t rest = (a & (quarter - 1)) - quarter;
  const int32_t quarters = (rest - a) >> 24;
  int32_t result = pl_exp_quarter(rest * 32);
  for (int32_t i = 0; i < 7; ++i) {
    if (quarters >> i & 1) {
      result = pl_high_mul(result, pl_exp_factors[i]);
    }
  }
  return result;
}

int32_t pl_one_over_one_plus(int32_t a) {
  const int32_t half = (int32_t)(((uint32_t)a + 0x80000000u) >> 1);  // (1 + a) / 2 in Q0.31
  int32_t x = 1515870810 + pl_high_mul(half, -1010580540);           // 1 / half in Q2.29
  for (int32_t step = 0; step < 3; ++step) {
    x += pl_high_mul(x, (1 << 29) - pl_high_mul(half, x)) * 4;
  }
  return x >= 1 << 30 ? INT32_MAX : x * 2;
}
