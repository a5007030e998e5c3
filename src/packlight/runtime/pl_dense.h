// SPDX-License-Identifier: Apache-2.0
// What the cores for dense layers (CONV_2D, FULLY_CONNECTED) know of a layer besides its constants.
#ifndef PL_DENSE_H
#define PL_DENSE_H

#include "pl.h"

typedef struct {
  int32_t channels;         // outputs of one pixel
  int32_t quads;            // inputs of one output, in fours, the last one filled up
  int32_t zero;             // 2 * the output's zero point + 1
  int32_t multiplier_step;  // bytes from one pair of multipliers to the next: 8, or 0 where all channels share one
  int32_t negative;         // 1: results below the zero point are seen, so that their halves must round away from zero
} pl_dense;

#endif
