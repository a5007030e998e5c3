// SPDX-License-Identifier: Apache-2.0
#include "pl_quantize.h"

int32_t pl_quantize(float value, float scale, int32_t zero_point, pl_activation range) {
  const float steps = value / scale;
  if (!(steps > (float)(range.min - zero_point))) {
    return range.min;
  }
  if (steps > (float)(range.max - zero_point)) {
    return range.max;
  }
  const int32_t whole = (int32_t)steps;
  const float fraction = steps - (float)whole;
  return zero_point + whole + (fraction >= 0.5f) - (fraction <= -0.5f);
}
