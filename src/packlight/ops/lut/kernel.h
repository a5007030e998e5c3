// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LUT_KERNEL_H
#define PL_LUT_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
} pl_lut_params;

// output[i] = table[input[i]], whatever 8-bit types the bytes stand for.
typedef struct {
  pl_lut_params params;
  const uint8_t *input;
  const uint8_t *table;  // [256]
  uint8_t *output;
} pl_lut_args;

typedef struct {
  int32_t rows, size;  // of the input; elements of a row
  int32_t step;        // from row to row of the output
} pl_lut_rows_params;

// The same where rows of the output lie apart.
typedef struct {
  pl_lut_rows_params params;
  const uint8_t *input;
  const uint8_t *table;  // [256]
  uint8_t *output;
} pl_lut_rows_args;

// Between the samples of the table by a straight line: pl_table.h.
typedef struct {
  pl_lut_params params;
  const int16_t *input;
  const int16_t *table;  // [513]
  int16_t *output;
} pl_lut_s16_args;

PL_KERNEL void pl_lut_8(const void *args);
PL_KERNEL void pl_lut_rows(const void *args);
PL_KERNEL void pl_lut_s16(const void *args);

#endif
