// SPDX-License-Identifier: Apache-2.0
#include "pl_fixed_log.h"

#include "pl_fixed.h"
#include "pl_requantize.h"

// The zeros above the highest bit of a number that has one.
static int32_t pl_headroom(int32_t value) {
  int32_t zeros = 0;
  for (uint32_t bits = (uint32_t)value; !(bits & 0x80000000u); bits <<= 1) {
    ++zeros;
  }
  return zeros;
}

// value * 2^bits within int32, for value >= 0.
static int32_t pl_saturated_shift(int32_t value, int32_t bits) {
  return value > INT32_MAX >> bits ? INT32_MAX : value << bits;
}

int32_t pl_fixed_log(int32_t a) {
  const int32_t root_half = 1518500250, fourth_root_half = 1805811301;  // Q0.31, as all but `power`
  // a = r * 2^power, r around the fourth root of 1/2; power in quarters, as Q6.25
  const int32_t zeros = pl_headroom(a);
  const int32_t high = pl_saturated_shift(pl_high_mul(pl_saturated_shift(a, zeros - 1), root_half), 1);
  const int32_t more = pl_headroom(pl_high_mul(a, root_half)) - 1;
  const int32_t low = pl_saturated_shift(a, more);
  const int32_t high_power = (12 - zeros) * (1 << 25) + (1 << 23), low_power = (12 - more) * (1 << 25) - (1 << 23);
  const int32_t r = high < low ? high : low;
  const int32_t power = high_power > low_power ? high_power : low_power;
  const int32_t middle = (int32_t)(((int64_t)r + fourth_root_half + 1) >> 1);
  const int32_t q = (r - fourth_root_half) * 2;
  const int32_t square = pl_high_mul(q, q);
  const int32_t numerator = pl_high_mul(q, r) + pl_high_mul(pl_high_mul(q, square), 117049297);
  const int32_t inner = 1057819769 + q + pl_high_mul(127690142, square);
  const int32_t denominator = pl_high_mul(middle, inner) + pl_high_mul(638450708, q);
  const int32_t inverse = pl_one_over_one_plus(denominator);
  const int32_t sum = pl_high_mul(power, 1488522236) + pl_high_mul(pl_rounding_shift(numerator, 6), inverse);
  return pl_saturated_shift(sum, 1);
}
