// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DECODE_KERNEL_H
#define PL_DECODE_KERNEL_H

#include "pl.h"

// The output is [outer, channels, inner]: a table or zero point for each of the channels. Codes are strings of bits,
// the highest of a byte first; two bytes lie behind the last that holds any.
typedef struct {
  int32_t outer, channels, inner;
  int32_t element;  // bytes of one
} pl_decode_shape;

typedef struct {
  pl_decode_shape shape;
  int32_t width;   // bits of a code, 1 to 7
  int32_t stride;  // bytes from one channel's table to the next one's
} pl_decode_lut_params;

typedef struct {
  pl_decode_lut_params params;
  const uint8_t *encoded;
  const uint8_t *table;  // elements by code
  uint8_t *output;
} pl_decode_lut_args;

typedef struct {
  pl_decode_shape shape;
} pl_decode_prune_params;

typedef struct {
  pl_decode_prune_params params;
  const uint8_t *encoded;  // a bit for each element: whether `values` has it
  const uint8_t *values;   // the elements that were kept
  const uint8_t *zeros;    // [channels]: the element that stands for all others
  uint8_t *output;
} pl_decode_prune_args;

typedef struct {
  int32_t size;         // elements of the output
  int32_t element;      // bytes of one: 1 or 2
  int32_t width;        // bits of a code that choose an entry of the first table, 1 to 16
  int32_t entry_bytes;  // of an entry of the tables: 2 or 4
} pl_decode_huffman_params;

typedef struct {
  pl_decode_huffman_params params;
  const uint8_t *encoded;
  const void *tables;
  void *output;
} pl_decode_huffman_args;

PL_KERNEL void pl_decode_lut(const void *args);
PL_KERNEL void pl_decode_prune(const void *args);
PL_KERNEL void pl_decode_huffman(const void *args);

#endif
