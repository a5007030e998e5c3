// SPDX-License-Identifier: Apache-2.0
// As pl_dense_sums_dsp, for weights of all values and sums of any number of products: both are unpacked as they are.
#ifndef PL_DENSE_PLAIN_DSP_H
#define PL_DENSE_PLAIN_DSP_H

#include "pl.h"

// Adds to four sums the products of 4 * `quads` (at least 1) inputs with the weights of two pairs of channels, which lie as
// stored, but in words by turns.
void pl_dense_plain_dsp(int32_t sums[4], const int8_t *input, const int32_t *pair_0, const int32_t *pair_1, int32_t quads);

#endif
