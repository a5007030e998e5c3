// SPDX-License-Identifier: Apache-2.0
// Dense int8 layers for cores with MVE: output[r, c] = requantise(bias[c] + sum over k of weights[c, k] * row r[k]).
//
// Channels come in fours; their order in the streams is 0, 2, 1, 3, so that narrowing puts them back in order. Weights:
// for each two channels, sixteen inputs of the first, sixteen of the second, and so on, the rest of the depth last.
// What is left of the channels follows, one after the other. A bias holds the folded zero point (24 bits) and, in its
// lowest byte, the shift. Results are saturated to int8.
#ifndef PL_DENSE_MVE_H
#define PL_DENSE_MVE_H

#include "pl.h"

typedef struct {
  int32_t depth;            // of a row, bytes
  int32_t outputs;          // channels
  int32_t output_offset;    // the output's zero point
  int32_t bias_step;        // bytes from a channel's bias to the next one's: 8 in a stream of bias and multiplier, or 4
  int32_t multiplier_step;  // bytes from a channel's multiplier to the next one's: 8, or 0 where all share one
  const int8_t *weights;
  const int32_t *bias;
  const int32_t *multiplier;
} pl_dense_mve_layer;

// `count` rows, each `stride` bytes after the last; each writes `outputs` elements.
void pl_dense_mve(const pl_dense_mve_layer *layer, const int8_t *rows, int32_t stride, int32_t count, int8_t *output);

// The cores: `blocks` times four rows where outputs is a multiple of 4, `output` is a multiple of 4, bias_step is 8 and
// depth at least 16 (_deep) or at most 16 (_flat); and one row of any layer.
void pl_dense_mve_deep(const pl_dense_mve_layer *layer, const int8_t *rows, int32_t stride, int32_t blocks,
                       int8_t *output);
void pl_dense_mve_flat(const pl_dense_mve_layer *layer, const int8_t *rows, int32_t stride, int32_t blocks,
                       int8_t *output);
void pl_dense_mve_row(const pl_dense_mve_layer *layer, const int8_t *row, int8_t *output);

#endif
