// SPDX-License-Identifier: Apache-2.0
#include "signal_energy/kernel.h"

void pl_signal_energy_s16(const void *args) {
  const pl_signal_energy_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    uint32_t energy = 0;
    if (i >= a->params.start && i < a->params.end) {
      const int16_t *x = &a->input[2 * i];
      energy = (uint32_t)(x[0] * x[0]) + (uint32_t)(x[1] * x[1]);
    }
    a->output[i] = energy;
  }
}
