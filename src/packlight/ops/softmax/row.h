// SPDX-License-Identifier: Apache-2.0
// What the softmax kernels with int8 input share: one row of the input.
#ifndef PL_SOFTMAX_ROW_H
#define PL_SOFTMAX_ROW_H

#include "softmax/kernel.h"

// softmax(value) = e^(beta * (value - max)) * factor / 2^bits, each row having its own.
typedef struct {
  int32_t max;
  int32_t factor;  // Q0.31, in (1/2, 1]
  int32_t bits;    // 0 to 12
} pl_softmax_row;

pl_softmax_row pl_softmax_measure(const pl_softmax_s8_params *params, const int8_t *input);

// round(2^width * softmax(value)), halves away from zero; width is 8 or 16.
int32_t pl_softmax_scaled(const pl_softmax_s8_params *params, const pl_softmax_row *row, int32_t value, int32_t width);

#endif
