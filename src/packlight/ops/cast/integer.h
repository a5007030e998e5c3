// SPDX-License-Identifier: Apache-2.0
// Integers that are known by their bytes.
#ifndef PL_CAST_INTEGER_H
#define PL_CAST_INTEGER_H

#include "cast/kernel.h"

static inline int64_t cast_integer(const pl_cast_integer_params *p, const uint8_t *input, int32_t index) {
  const uint8_t *from = input + index * p->bytes;
  uint64_t value = p->sign && from[p->bytes - 1] > 127 ? UINT64_MAX : 0;
  for (int32_t i = p->bytes; i > 0; --i) {
    value = value << 8 | from[i - 1];
  }
  return (int64_t)value;
}

// Stores the integer of the given kind that is nearest to `value`.
static inline void cast_saturate(const pl_cast_integer_params *p, uint8_t *output, int32_t index, int64_t value) {
  const int64_t highest = INT64_MAX >> (64 - 8 * p->bytes - (p->sign ? 0 : 1));
  const int64_t lowest = p->sign ? -highest - 1 : 0;
  const int64_t clamped = value < lowest ? lowest : value > highest ? highest : value;
  for (int32_t i = 0; i < p->bytes; ++i) {
    output[index * p->bytes + i] = (uint8_t)(clamped >> 8 * i & 255);
  }
}

#endif
