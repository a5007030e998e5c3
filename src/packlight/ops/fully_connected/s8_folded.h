// SPDX-License-Identifier: Apache-2.0
// FULLY_CONNECTED in plain C: sums of products alone, since the zero point of the input is in the bias.
#ifndef PL_FULLY_CONNECTED_S8_FOLDED_H
#define PL_FULLY_CONNECTED_S8_FOLDED_H

#include "fully_connected/kernel.h"

// `sum` and the products of a row of the input with a row of weights.
static inline int32_t fully_connected_s8_folded_sum(const int8_t *x, const int8_t *w, int32_t depth, int32_t sum) {
  for (; depth >= 4; depth -= 4) {
    sum += *x++ * *w++;
    sum += *x++ * *w++;
    sum += *x++ * *w++;
    sum += *x++ * *w++;
  }
  for (; depth > 0; --depth) {
    sum += *x++ * *w++;
  }
  return sum;
}

#endif
