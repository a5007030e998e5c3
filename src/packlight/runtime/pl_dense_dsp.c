// SPDX-License-Identifier: Apache-2.0
#include "pl_dense_dsp.h"

void pl_dense_dsp(const pl_dense *dense, const int32_t *filter, const int32_t *multiplier, const int16_t *input,
                  int32_t pixels, int8_t *output) {
  const int32_t channels = dense->channels;
  const int32_t pair_words = 2 + 2 * dense->quads;
  const int32_t *end = filter + (channels + 1) / 2 * pair_words;
  const pl_dense_dsp_job job = {
      .output = output,
      .pixel_1 = pixels > 1 ? channels : 0,
      .pixel_2 = pixels > 2 ? 2 * channels : 0,
      .pixel_3 = pixels > 3 ? 3 * channels : 0,
      .multiplier = multiplier,
      .multiplier_step = dense->multiplier_step,
      .zero = dense->zero,
      .negative = dense->negative,
      .input = input,
      .input_end = input + 16 * dense->quads,
      .filter_end = (const int32_t *)(const void *)((const uint8_t *)end - (channels & 1)),
      .quads = dense->quads,
  };
  if (pixels == 1) {
    pl_dense_dsp_one(&job, filter);
  } else {
    pl_dense_dsp_four(&job, filter);
  }
}

void pl_dense_dsp_clamp(int8_t *output, int32_t count, pl_activation range) {
  if (range.min > INT8_MIN || range.max < INT8_MAX) {
    for (int32_t i = 0; i < count; ++i) {
      output[i] = (int8_t)pl_clamp(output[i], range);
    }
  }
}
