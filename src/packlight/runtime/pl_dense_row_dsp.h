// SPDX-License-Identifier: Apache-2.0
// One row of input times all channels, with sums of up to 32 bits and scales of any size.
#ifndef PL_DENSE_ROW_DSP_H
#define PL_DENSE_ROW_DSP_H

#include "pl_dense.h"

// pl_dense_sums_dsp or pl_dense_plain_dsp.
typedef void pl_dense_sums(int32_t sums[4], const int8_t *input, const int32_t *pair_0, const int32_t *pair_1, int32_t quads);

// The constants of a layer: `filter` as the core wants it, `bias` with all that it asks for folded in.
typedef struct {
  const int32_t *filter;
  const int32_t *bias;
  const int32_t *multiplier;
  const int8_t *shift;
} pl_dense_row_constants;

// Takes at most `most` quads at once.
void pl_dense_row_dsp(const pl_dense_row *row, const pl_dense_row_constants *constants, const int8_t *input,
                      int8_t *output, pl_dense_sums *core, int32_t most);

#endif
