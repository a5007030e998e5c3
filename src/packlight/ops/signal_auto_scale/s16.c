// SPDX-License-Identifier: Apache-2.0
#include "signal_auto_scale/kernel.h"

void pl_signal_auto_scale_s16(const void *args) {
  const pl_signal_auto_scale_args *a = args;
  const int32_t size = a->params.size;
  int32_t most = 0;
  for (int32_t i = 0; i < size; ++i) {
    const int32_t x = a->input[i];
    if (x > most) {
      most = x;
    } else if (-x > most) {
      most = x == INT16_MIN ? x : -x;  // as an int16: TFLM goes on from there
    }
  }
  int32_t bits = 0;
  for (; most > 0 && most <= INT16_MAX / 2; most *= 2) {
    ++bits;
  }
  for (int32_t i = 0; i < size; ++i) {
    a->output[i] = (int16_t)(a->input[i] * (1 << bits));
  }
  *a->scale_bit = bits;
}
