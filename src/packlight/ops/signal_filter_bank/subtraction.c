// SPDX-License-Identifier: Apache-2.0
#include "signal_filter_bank/kernel.h"

void pl_signal_filter_bank_subtraction(const void *args) {
  const pl_signal_filter_bank_subtraction_args *a = args;
  const pl_signal_filter_bank_subtraction_params *p = &a->params;
  for (int32_t i = 0; i < p->channels; ++i) {
    const uint32_t input = a->input[i];
    const uint32_t signal = input << p->smoothing_bits;
    const uint64_t smoothed =
        (uint64_t)signal * p->smoothing[i & 1] + (uint64_t)a->noise[i] * p->one_minus_smoothing[i & 1];
    uint32_t noise = (uint32_t)(smoothed >> p->bits);
    const uint32_t subtracted = noise > signal ? signal : noise;
    if (p->clamping) {
      noise = subtracted;
    }
    a->noise[i] = noise;
    a->noise_estimate[i] = noise;
    const uint32_t least = (uint32_t)(((uint64_t)input * p->min_signal_remaining) >> p->bits);
    const uint32_t rest = (signal - subtracted) >> p->smoothing_bits;
    a->output[i] = rest > least ? rest : least;
  }
}
