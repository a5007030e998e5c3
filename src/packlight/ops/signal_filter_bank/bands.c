// SPDX-License-Identifier: Apache-2.0
#include "signal_filter_bank/kernel.h"

void pl_signal_filter_bank_bands(const void *args) {
  const pl_signal_filter_bank_args *a = args;
  const int16_t *weights = a->weights;
  const int16_t *band = a->bands;
  uint64_t *output = a->output;
  const int32_t sum = a->params.sum;
  uint64_t before = 0;
  for (int32_t channel = -1; channel < a->params.channels; ++channel) {
    const uint32_t *input = &a->input[band[0]];
    uint64_t weighted = before;
    before = 0;
    for (int32_t left = band[1]; left > 0; --left) {
      int32_t weight = *weights++;
      int32_t unweight;
      if (sum == 0) {
        unweight = *weights++;
      } else {
        unweight = sum - (weight & 1);
        weight >>= 1;
        unweight -= weight;
      }
      weighted += (uint64_t)(int64_t)weight * *input;
      before += (uint64_t)(int64_t)unweight * *input;
      ++input;
    }
    if (channel >= 0) {
      *output++ = weighted;
    }
    band += 2;
  }
}
