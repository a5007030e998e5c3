// SPDX-License-Identifier: Apache-2.0
#include "pl_powf.h"

#include "pl_float.h"
#include "pl_requantize.h"

#define PL_POWF_ONE 0x3f800000u
#define PL_POWF_TOP ((int64_t)1 << 38)  // 2^8 in Q30

// Both from the highest power of the argument to the lowest, as Q1.30.
static const int32_t pl_powf_log[13] = {83231829,   -153484715, 155400836, -153685407, 170477582,  -193598830, 221379245,
                                        -258184516, 309814554,  -387270411, 516360684, -774541003, 1549082005};
static const int32_t pl_powf_exp[7] = {22270, 156841, 1437671, 10325256, 59597442, 257941225, 744261118};

// A polynomial at x in Q0.31, by Horner's rule.
static int32_t pl_powf_polynomial(const int32_t *coefficients, int32_t count, int32_t x) {
  int32_t sum = 0;
  while (count-- > 0) {
    sum = pl_high_mul(sum, x) + *coefficients++;
  }
  return sum;
}

// The mantissa in [2^23, 2^24) of a positive finite float: value = mantissa * 2^(exponent - 150).
static int32_t pl_powf_split(uint32_t bits, int32_t *exponent) {
  int32_t mantissa = (int32_t)(bits & 0x7fffff);
  *exponent = (int32_t)(bits >> 23);
  if (*exponent != 0) {
    return mantissa | 0x800000;
  }
  for (*exponent = 1; mantissa < 0x800000; --*exponent) {
    mantissa *= 2;
  }
  return mantissa;
}

// log2 of a positive finite float, as Q54; its relative error is below 2^-30.
static int64_t pl_powf_log2(uint32_t bits) {
  int32_t exponent;
  int32_t f = pl_powf_split(bits, &exponent);
  if (f > 11863283) {  // sqrt(2) * 2^23
    f -= 1 << 24;
    exponent += 1;
  } else {
    f = (f - (1 << 23)) * 2;
  }
  const int32_t ratio = pl_powf_polynomial(pl_powf_log, 13, f * 128);
  return (int64_t)(exponent - 127) * ((int64_t)1 << 54) + (int64_t)f * ratio;
}

// log * y as Q30, for y of these bits without the sign; PL_POWF_TOP or more where it is 256 or more, either way.
static int64_t pl_powf_times(int64_t log, uint32_t bits) {
  int32_t shift;
  const int32_t y = pl_powf_split(bits, &shift);
  shift -= 174;
  for (; log > INT32_MAX || log < -INT32_MAX; log >>= 1) {
    ++shift;
  }
  int64_t product = log * y;
  for (; shift > 0 && product < PL_POWF_TOP && product > -PL_POWF_TOP && product != 0; --shift) {
    product *= 2;
  }
  return shift < -62 ? 0 : product >> (shift < 0 ? -shift : 0);
}

// The bits of 2^t for t in Q30: infinity from 128 on, subnormals below -126.
static uint32_t pl_powf_exp2(int64_t t) {
  const int32_t fraction = (int32_t)(t & 0x3fffffff) * 2;
  const uint32_t power = (1u << 30) + (uint32_t)pl_high_mul(pl_powf_polynomial(pl_powf_exp, 7, fraction), fraction);
  const int64_t whole = t >> 30;
  if (whole >= 128) {
    return PL_INFINITY_BITS;
  }
  if (whole < -150) {
    return 0;
  }
  const int32_t exponent = whole < -126 ? -126 : (int32_t)whole;
  const int32_t shift = 7 + exponent - (int32_t)whole;  // 7 to 31
  return ((uint32_t)(exponent + 126) << 23) + ((power + (1u << (shift - 1))) >> shift);
}

// Whether a float, its sign taken off, is no integer (0), an odd one (1), or an even one (2), as infinity is.
static int32_t pl_powf_parity(uint32_t bits) {
  const int32_t fraction_bits = 150 - (int32_t)(bits >> 23);
  const uint32_t mantissa = (bits & 0x7fffff) | 0x800000;
  if (fraction_bits <= 0 || bits == 0) {
    return fraction_bits == 0 && (mantissa & 1) ? 1 : 2;
  }
  if (fraction_bits > 23 || (mantissa & ((1u << fraction_bits) - 1)) != 0) {
    return 0;
  }
  return (mantissa >> fraction_bits) & 1 ? 1 : 2;
}

float pl_powf(float x, float y) {
  const uint32_t x_sign = pl_bits_of(x) & PL_SIGN_BIT, base = pl_bits_of(x) ^ x_sign;
  const uint32_t y_sign = pl_bits_of(y) & PL_SIGN_BIT, power = pl_bits_of(y) ^ y_sign;
  const int32_t parity = pl_powf_parity(power);
  if (power == 0 || (base == PL_POWF_ONE && (!x_sign || power == PL_INFINITY_BITS))) {
    return 1.0f;
  }
  const int32_t special = base == 0 || base == PL_INFINITY_BITS || power == PL_INFINITY_BITS;
  if (base > PL_INFINITY_BITS || power > PL_INFINITY_BITS || (x_sign && parity == 0 && !special)) {
    return pl_float_of(PL_NAN_BITS);
  }
  uint32_t result;
  if (special) {
    result = (base > PL_POWF_ONE) == (y_sign == 0) ? PL_INFINITY_BITS : 0;
  } else {
    const int64_t exponent = pl_powf_times(pl_powf_log2(base), power);
    result = pl_powf_exp2(y_sign ? -exponent : exponent);
  }
  return pl_float_of(result | (parity == 1 ? x_sign : 0));
}
