// SPDX-License-Identifier: Apache-2.0
#include "signal_window/kernel.h"

void pl_signal_window_s16(const void *args) {
  const pl_signal_window_args *a = args;
  const pl_activation range = {INT16_MIN, INT16_MAX};
  const int16_t *input = a->input;
  int16_t *output = a->output;
  for (int32_t frame = a->params.frames; frame > 0; --frame) {
    for (int32_t i = 0; i < a->params.size; ++i) {
      const int32_t weight = a->weights[i < a->params.half ? i : a->params.size - 1 - i];
      *output++ = (int16_t)pl_clamp((*input++ * weight) >> a->params.shift, range);
    }
  }
}
