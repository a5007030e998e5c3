// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DECODE_BITS_H
#define PL_DECODE_BITS_H

#include "decode/kernel.h"

// `count` bits, at most 16, from bit `at` of a string whose bytes begin with their highest bit.
static inline uint32_t decode_bits(const uint8_t *string, uint32_t at, uint32_t count) {
  const uint8_t *from = string + (at >> 3);
  const uint32_t hold = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2];
  return (hold >> (24 - (at & 7) - count)) & ((1u << count) - 1);
}

// Appends an element to the output, whose end is the answer.
static inline uint8_t *decode_put(uint8_t *output, const uint8_t *from, int32_t element) {
  for (int32_t i = 0; i < element; ++i) {
    output[i] = from[i];
  }
  return output + element;
}

#endif
