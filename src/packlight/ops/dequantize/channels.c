// SPDX-License-Identifier: Apache-2.0
#include "dequantize/kernel.h"
#include "pl_element.h"

void pl_dequantize_channels(const void *args) {
  const pl_dequantize_channels_args *a = args;
  const pl_dequantize_channels_params *p = &a->params;
  int32_t at = 0;
  for (int32_t outer = p->outer; outer > 0; --outer) {
    for (int32_t channel = 0; channel < p->channels; ++channel) {
      for (int32_t inner = p->inner; inner > 0; --inner, ++at) {
        const int32_t value = pl_load(a->input, at, p->type) - a->zero_point[channel];
        a->output[at] = a->scale[channel] * (float)value;
      }
    }
  }
}
