// SPDX-License-Identifier: Apache-2.0
#include "pl_erfcf.h"

#include "pl_expf.h"
#include "pl_float.h"

float pl_erfcf(float x) {
  const float size = pl_absf(x);
  const float t = 1.0f / (1.0f + 0.5f * size);
  float sum = 0.13535357f;
  sum = sum * t - 0.62834352f;
  sum = sum * t + 1.0324086f;
  sum = sum * t - 0.5296309f;
  sum = sum * t - 0.219095007f;
  sum = sum * t + 0.0755828321f;
  sum = sum * t + 9.12195537e-3f;
  sum = sum * t + 0.392018467f;
  sum = sum * t + 0.998000622f;
  sum = sum * t - 1.2654165f;
  const float result = t * pl_expf(sum - size * size);
  return x < 0.0f ? 2.0f - result : result;
}
