// SPDX-License-Identifier: Apache-2.0
#include "pl_dynamic.h"

#include "pl_float.h"

// The magnitude of a float in units of 2^(exponent - 179); what is smaller is cut off. `exponent`: as stored, of the
// greatest that is measured in these units.
static uint64_t pl_dynamic_units(float value, int32_t exponent) {
  const uint32_t bits = pl_bits_of(value) & ~PL_SIGN_BIT;
  const int32_t own = (int32_t)(bits >> 23);
  const uint64_t mantissa = own ? (bits & 0x7fffff) | 0x800000 : bits;
  const int32_t behind = exponent - (own ? own : 1);
  return behind > 60 ? 0 : mantissa << 29 >> behind;
}

// value * 2^exponent; exponent -252 to 254.
static float pl_dynamic_scaled(float value, int32_t exponent) {
  const int32_t half = exponent / 2;
  return value * pl_float_of((uint32_t)(half + 127) << 23) * pl_float_of((uint32_t)(exponent - half + 127) << 23);
}

// sum / 255 as LiteRT has it in a double: the mantissa of 53 bits. `sum` has been shifted to 255 * [2^52, 2^53). What is
// 255 * mantissa - sum goes to `error`.
static uint64_t pl_dynamic_step(uint64_t sum, int32_t *error) {
  uint64_t quotient = 0;
  uint32_t rest = 0;
  for (int32_t bit = 60; bit >= 0; --bit) {
    rest = rest << 1 | (uint32_t)(sum >> bit & 1);
    quotient <<= 1;
    if (rest >= 255) {
      rest -= 255;
      ++quotient;
    }
  }
  *error = rest > 127 ? 255 - (int32_t)rest : -(int32_t)rest;
  return quotient + (rest > 127);
}

// round(255 * low / sum) - 128. Halves go the way that the errors of LiteRT's doubles take them: it divides by the
// rounded step what is nearer to its end of the range (low, from 127.5 on high), and the quotient leaves k + 1/2 if the
// step's error moves it by more than half its last place; from 64 on, since below, the sum with the range's end has
// fewer places. Other quotients are too far from halves for that: low and high have 24 bits.
static int32_t pl_dynamic_zero_point(uint64_t low, uint64_t sum, uint64_t step, int32_t error) {
  uint64_t rest = 510 * low + sum;
  int32_t k = 0;
  for (int32_t bit = 7; bit >= 0; --bit) {
    if (rest >= 2 * sum << bit) {
      rest -= 2 * sum << bit;
      k |= 1 << bit;
    }
  }
  if (rest != 0 || k == 0) {
    return k - 128;
  }
  --k;  // the quotient of low is k + 1/2, that of high 254 - k + 1/2
  const int32_t nearer = k < 127 ? k : 254 - k;
  const uint64_t size = (uint64_t)(error < 0 ? -error : error);
  const int32_t moved = nearer < 64 || (size * (uint64_t)(2 * nearer + 1) << 46) <= 255 * step ? 0 : error < 0 ? 1 : -1;
  const int32_t up = k < 127 ? moved > 0 : k == 127 ? moved < 0 : moved <= 0;
  return k - 128 + up;
}

static pl_dynamic pl_dynamic_asymmetric(float least, float most) {
  const uint32_t ends[2] = {pl_bits_of(least) & ~PL_SIGN_BIT, pl_bits_of(most)};
  const int32_t exponent = (int32_t)((ends[0] > ends[1] ? ends[0] : ends[1]) >> 23);
  const int32_t reached = exponent ? exponent : 1;
  const uint64_t low = pl_dynamic_units(least, reached);
  uint64_t sum = low + pl_dynamic_units(most, reached);
  const uint64_t exact = sum;
  int32_t shift = 0, error = 0;
  for (; sum < (uint64_t)255 << 52; sum <<= 1) {
    ++shift;
  }
  const uint64_t step = pl_dynamic_step(sum, &error);
  const uint32_t top = (uint32_t)(step >> 22) | ((step & 0x3fffff) != 0);  // 31 bits, and whether there are more
  const pl_dynamic made = {pl_dynamic_scaled((float)top, reached - 179 - shift + 22),
                           pl_dynamic_zero_point(low, exact, step, error)};
  return made;
}

// The whole number nearest to `value` from `least` to 127; halves go away from zero, NaN to the least.
static int8_t pl_dynamic_rounded(float value, int32_t least) {
  if (!(value > (float)least)) {
    return (int8_t)least;
  }
  if (value > 127.0f) {
    return 127;
  }
  const int32_t whole = (int32_t)value;
  const float fraction = value - (float)whole;
  return (int8_t)(whole + (fraction >= 0.5f) - (fraction <= -0.5f));
}

pl_dynamic pl_quantize_dynamic(const float *values, int32_t count, int32_t asymmetric, int8_t *stored) {
  float least = asymmetric ? 0.0f : values[0], most = least;
  for (int32_t i = 0; i < count; ++i) {
    least = values[i] < least ? values[i] : least;
    most = values[i] > most ? values[i] : most;
  }
  const float size = pl_absf(least) > pl_absf(most) ? pl_absf(least) : pl_absf(most);
  pl_dynamic made = {1.0f, 0};
  float inverse = 0.0f;
  if (size > 0.0f && asymmetric) {
    made = pl_dynamic_asymmetric(least, most);
    inverse = 1.0f / made.scale;
  } else if (size > 0.0f) {
    made.scale = size / 127.0f;
    inverse = 127.0f / size;
  }
  for (int32_t i = 0; i < count; ++i) {
    stored[i] = pl_dynamic_rounded((float)made.zero_point + values[i] * inverse, asymmetric ? -128 : -127);
  }
  return made;
}
