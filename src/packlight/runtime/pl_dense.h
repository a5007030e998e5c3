// SPDX-License-Identifier: Apache-2.0
// What the cores for dense layers (CONV_2D, FULLY_CONNECTED) know of a layer besides its constants.
#ifndef PL_DENSE_H
#define PL_DENSE_H

#include "pl.h"

typedef struct {
  int32_t filter_bytes;  // of the packed weights; one less where the last channel has no partner
  int32_t quads;         // inputs of one output, in fours, the last one filled up
  int32_t zero;          // 2 * the output's zero point + 1
  int32_t negative;      // 1: results below the zero point are seen, so that their halves must round away from zero
} pl_dense;

// What the general core, for sums of up to 32 bits, knows.
typedef struct {
  int32_t depth, channels;
  int32_t output_offset;
  int32_t per_channel;  // 1: a multiplier and shift for each channel; 0: one for all
  pl_activation activation;
} pl_dense_row;

#endif
