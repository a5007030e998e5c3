// SPDX-License-Identifier: Apache-2.0
#include "signal_filter_bank/kernel.h"

void pl_signal_filter_bank_bands(const void *args) {
  const pl_signal_filter_bank_args *a = args;
  const int16_t *weights = a->weights;
  const int16_t *band = a->bands;
  uint64_t *output = a->output;
  uint64_t before = 0;
  for (int32_t channel = -1; channel < a->params.channels; ++channel) {
    const uint32_t *input = &a->input[band[0]];
    uint64_t weighted = before;
    before = 0;
    for (int32_t left = band[1]; left > 0; --left) {
      weighted += (uint64_t)((int64_t)weights[0]) * *input;
      before += (uint64_t)((int64_t)weights[1]) * *input;
      weights += 2;
      ++input;
    }
    if (channel >= 0) {
      *output++ = weighted;
    }
    band += 2;
  }
}
