// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"

void pl_add_s8_thumb(const void *args) {
  const pl_add_s8_thumb_args *a = args;
  const int32_t factor1 = a->params.factor1, factor2 = a->params.factor2;
  const pl_activation activation = a->params.activation;
  const int32_t addend = a->params.addend - activation.min * (1 << 22);
  const uint32_t range = (uint32_t)(activation.max - activation.min);
  for (int32_t i = 0; i < a->params.length; ++i) {
    int32_t sum = (a->input1[i] * factor1 + addend + a->input2[i] * factor2) >> 22;
    if ((uint32_t)sum > range) {
      sum = sum < 0 ? 0 : (int32_t)range;
    }
    a->output[i] = (int8_t)(sum + activation.min);
  }
}
