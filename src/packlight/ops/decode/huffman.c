// SPDX-License-Identifier: Apache-2.0
// An entry of a table: bit 31 is set where it holds a symbol, below which bits 27 to 30 say how many bits of the last
// step belong to it. Otherwise bits 0 to 26 are the distance to the next table, which as many bits choose from as bits
// 27 to 30 say, and one. Entries of 16 bits have the same five bits on top.
#include "decode/bits.h"

static inline uint32_t decode_huffman_entry(const void *tables, uint32_t at, int32_t entry_bytes) {
  if (entry_bytes == 4) {
    return ((const uint32_t *)tables)[at];
  }
  const uint32_t entry = ((const uint16_t *)tables)[at];
  return (entry >> 11) << 27 | (entry & 0x7FF);
}

void pl_decode_huffman(const void *args) {
  const pl_decode_huffman_args *a = args;
  const pl_decode_huffman_params *p = &a->params;
  uint32_t position = 0;
  for (int32_t i = 0; i < p->size; ++i) {
    uint32_t width = (uint32_t)p->width, at = 0, entry = 0;
    for (;;) {
      at += entry + decode_bits(a->encoded, position, width);
      position += width;
      entry = decode_huffman_entry(a->tables, at, p->entry_bytes);
      const uint32_t count = entry >> 27 & 15;
      if (entry >> 31) {
        position -= width > count ? width - count : 0;
        break;
      }
      width = count + 1;
      entry &= 0x7FFFFFF;
    }
    if (p->element == 1) {
      ((uint8_t *)a->output)[i] = (uint8_t)entry;
    } else {
      ((uint16_t *)a->output)[i] = (uint16_t)entry;
    }
  }
}
