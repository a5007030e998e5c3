// SPDX-License-Identifier: Apache-2.0
// Dot products on cores with the DSP extension: one row of input as it is stored, four rows of weights.
#ifndef PL_DENSE_SUMS_DSP_H
#define PL_DENSE_SUMS_DSP_H

#include "pl.h"

// Quads after which the sums are drained: 320 weights of at most 127 with inputs of -255 to 127 stay within 24 bits.
#define PL_DENSE_SUMS_DSP_QUADS 80

// Adds to four sums the products of 4 * `quads` inputs (1 to PL_DENSE_SUMS_DSP_QUADS) with the weights of two pairs of
// channels, which lie as pl_dense_dsp.h says, without biases.
void pl_dense_sums_dsp(int32_t sums[4], const int8_t *input, const int32_t *pair_0, const int32_t *pair_1, int32_t quads);

#endif
