// SPDX-License-Identifier: Apache-2.0
#include "pl_clamp_dsp.h"

void pl_clamp_dsp(int8_t *elements, int32_t count, pl_activation range) {
  if (range.min == INT8_MIN && range.max == INT8_MAX) {
    return;
  }
  const uint32_t min = (uint32_t)(range.min & 0xff) * 0x01010101U, max = (uint32_t)(range.max & 0xff) * 0x01010101U;
  for (; count >= 4; count -= 4, elements += 4) {
    uint32_t word, scratch;
    __asm__ volatile(
        "ldr %0, [%2]\n\t"
        "ssub8 %1, %0, %3\n\t"
        "sel %0, %0, %3\n\t"
        "ssub8 %1, %4, %0\n\t"
        "sel %0, %0, %4\n\t"
        "str %0, [%2]"
        : "=&r"(word), "=&r"(scratch)
        : "r"(elements), "r"(min), "r"(max)
        : "memory", "cc");
  }
  for (; count > 0; --count, ++elements) {
    *elements = (int8_t)pl_clamp(*elements, range);
  }
}
