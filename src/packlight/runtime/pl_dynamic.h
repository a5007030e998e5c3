// SPDX-License-Identifier: Apache-2.0
// Floats quantised while a model runs, by their own range: inputs of operators whose weights alone are integers.
#ifndef PL_DYNAMIC_H
#define PL_DYNAMIC_H

#include "pl.h"
#include "pl_nibble.h"

// What stored integers stand for: scale * (stored - zero_point).
typedef struct {
  float scale;
  int32_t zero_point;
} pl_dynamic;

// Stores `count` floats, at least one, as integers: from -127 to 127 with the zero point 0, or if `asymmetric` from -128
// to 127 with the zero point that lets them span all values and 0. Bit for bit what LiteRT does in double precision.
pl_dynamic pl_quantize_dynamic(const float *values, int32_t count, int32_t asymmetric, int8_t *stored);

// A weight of 8 bits, or of 4.
static inline int32_t pl_weight(const int8_t *weights, int32_t index, int32_t are_nibbles) {
  return are_nibbles ? pl_nibble((const uint8_t *)weights, index) : weights[index];
}

#endif
