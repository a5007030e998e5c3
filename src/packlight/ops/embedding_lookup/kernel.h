// SPDX-License-Identifier: Apache-2.0
#ifndef PL_EMBEDDING_LOOKUP_KERNEL_H
#define PL_EMBEDDING_LOOKUP_KERNEL_H

#include "pl.h"

// Rows of a quantised table as floats. A row number that is out of range is the nearest within.
typedef struct {
  int32_t count;       // rows to look up
  int32_t rows;        // of the table
  int32_t columns;     // elements in a row
  int32_t scale_step;  // 1: each row has a scale of its own; 0: there is one
} pl_embedding_lookup_s8_f32_params;

typedef struct {
  pl_embedding_lookup_s8_f32_params params;
  const int32_t *lookup;  // [count]
  const int8_t *value;    // [rows, columns]
  const float *scale;
  float *output;  // [count, columns]
} pl_embedding_lookup_s8_f32_args;

PL_KERNEL void pl_embedding_lookup_s8_f32(const void *args);

#endif
