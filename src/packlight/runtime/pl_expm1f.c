// SPDX-License-Identifier: Apache-2.0
#include "pl_expm1f.h"

#include "pl_expf.h"
#include "pl_float.h"

float pl_expm1f(float x) {
  if (pl_absf(x) <= 0.34657359f) {  // ln 2 / 2
    return pl_exp_series(x) * x * x + x;
  }
  return pl_expf(x) - 1.0f;
}

float pl_tanhf(float x) {
  const float size = pl_absf(x);
  float result = size;
  if (size > 9.02f) {
    result = 1.0f;  // to the last place
  } else if (size > 2.44e-4f) {  // below, tanh x is x to the last place
    const float power = pl_expm1f(2.0f * size);
    result = power / (power + 2.0f);
  }
  return pl_float_of(pl_bits_of(result) | (pl_bits_of(x) & PL_SIGN_BIT));
}
