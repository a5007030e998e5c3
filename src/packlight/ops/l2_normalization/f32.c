// SPDX-License-Identifier: Apache-2.0
#include "l2_normalization/kernel.h"
#include "pl_sqrtf.h"

void pl_l2_normalization_f32(const void *args) {
  const pl_l2_normalization_f32_args *a = args;
  const int32_t depth = a->params.depth;
  const float *input = a->input;
  float *output = a->output;
  for (int32_t row = 0; row < a->params.rows; ++row, input += depth, output += depth) {
    float sum = 0.0f;
    for (int32_t c = 0; c < depth; ++c) {
      sum += input[c] * input[c];
    }
    const float root = pl_sqrtf(sum);
    const float norm = root < 1e-6f ? 1e-6f : root;
    for (int32_t c = 0; c < depth; ++c) {
      output[c] = input[c] / norm;
    }
  }
}
