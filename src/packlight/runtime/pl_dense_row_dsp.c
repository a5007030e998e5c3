// SPDX-License-Identifier: Apache-2.0
#include "pl_dense_row_dsp.h"

#include "pl_requantize.h"

// The sums of two pairs of channels over one row.
static void pl_dense_row_sums(int32_t depth, int32_t sums[4], const int8_t *input, const int32_t *pair_0,
                              const int32_t *pair_1, pl_dense_sums *core, int32_t most) {
  int32_t count;
  for (int32_t quads = depth / 4; quads > 0; quads -= count) {
    count = quads < most ? quads : most;
    core(sums, input, pair_0, pair_1, count);
    input += 4 * count;
    pair_0 += 2 * count;
    pair_1 += 2 * count;
  }
  if (depth % 4) {
    int8_t last[4];
    for (int32_t i = 0; i < 4; ++i) {
      last[i] = input[i < depth % 4 ? i : 0];
    }
    core(sums, last, pair_0, pair_1, 1);
  }
}

void pl_dense_row_dsp(const pl_dense_row *row, const pl_dense_row_constants *constants, const int8_t *input,
                      int8_t *output, pl_dense_sums *core, int32_t most) {
  const int32_t pair_words = 2 * ((row->depth + 3) / 4);
  const int32_t *filter = constants->filter;
  for (int32_t channel = 0; channel < row->channels; filter += 2 * pair_words) {
    const int32_t count = row->channels - channel < 4 ? row->channels - channel : 4;
    int32_t sums[4] = {0, 0, 0, 0};
    pl_dense_row_sums(row->depth, sums, input, filter, count > 2 ? filter + pair_words : filter, core, most);
    for (int32_t i = 0; i < count; ++i, ++channel) {
      const int32_t at = row->per_channel ? channel : 0;
      const int32_t sum = (int32_t)((uint32_t)sums[i] + (uint32_t)constants->bias[channel]);
      const int32_t scaled = pl_requantize(sum, constants->multiplier[at], constants->shift[at]);
      *output++ = (int8_t)pl_clamp(scaled + row->output_offset, row->activation);
    }
  }
}
