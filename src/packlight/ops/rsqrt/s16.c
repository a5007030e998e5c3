// SPDX-License-Identifier: Apache-2.0
#include "pl_inverse_root.h"
#include "pl_requantize.h"
#include "rsqrt/kernel.h"

void pl_rsqrt_s16(const void *args) {
  const pl_rsqrt_s16_args *a = args;
  const pl_activation range = {INT16_MIN, INT16_MAX};
  for (int32_t i = 0; i < a->params.size; ++i) {
    int32_t result = INT16_MAX;
    if (a->input[i] > 0) {
      const pl_inverse root = pl_inverse_root(a->input[i]);
      const int32_t fine = pl_requantize(1, root.multiplier, root.shift + 20);
      result = pl_clamp(pl_requantize(fine, a->params.multiplier, a->params.shift), range);
    }
    a->output[i] = (int16_t)result;
  }
}
