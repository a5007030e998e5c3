// SPDX-License-Identifier: Apache-2.0
#include "floor_div/kernel.h"
#include "pl_fmodf.h"

// floor(x / y), exactly below 2^23; from there on every float is whole.
static float floor_div_f32_quotient(float x, float y) {
  const float quotient = x / y, limit = 8388608.0f;
  if (!(quotient < limit && quotient > -limit)) {
    return quotient;
  }
  const float whole = (float)(int32_t)quotient;
  if (whole != quotient) {
    return whole > quotient ? whole - 1.0f : whole;
  }
  // The quotient may have been rounded to a whole number from above or below; the remainder tells.
  const float rest = pl_fmodf(x, y), size = y < 0.0f ? -y : y, distance = rest < 0.0f ? -rest : rest;
  const int32_t far = distance > size * 0.5f, alike = (rest < 0.0f) == (y < 0.0f);
  return distance > 0.0f && size - size == 0.0f && far == alike ? whole - 1.0f : whole;
}

// The remainder of it, which has the sign of y.
static float floor_div_f32_modulo(float x, float y) {
  const float rest = pl_fmodf(x, y);
  return rest != 0.0f && (rest < 0.0f) != (y < 0.0f) ? rest + y : rest;
}

void pl_floor_div_f32(const void *args) {
  const pl_floor_div_args *a = args;
  const float *input1 = a->input1, *input2 = a->input2;
  float *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const float x = input1[i], y = input2[j];
    *output++ = a->params.modulo ? floor_div_f32_modulo(x, y) : floor_div_f32_quotient(x, y);
  }
}
