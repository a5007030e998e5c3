// SPDX-License-Identifier: Apache-2.0
#include <float.h>

#include "log_softmax/kernel.h"
#include "pl_expf.h"
#include "pl_logf.h"

void pl_log_softmax_f32(const void *args) {
  const pl_log_softmax_f32_args *a = args;
  const int32_t depth = a->params.depth;
  const float *input = a->input;
  float *output = a->output;
  for (int32_t row = 0; row < a->params.rows; ++row, input += depth, output += depth) {
    float max = -FLT_MAX;
    for (int32_t c = 0; c < depth; ++c) {
      max = input[c] > max ? input[c] : max;
    }
    float sum = 0.0f;
    for (int32_t c = 0; c < depth; ++c) {
      sum += pl_expf(input[c] - max);
    }
    const float log_sum = pl_logf(sum);
    for (int32_t c = 0; c < depth; ++c) {
      output[c] = input[c] - max - log_sum;
    }
  }
}
