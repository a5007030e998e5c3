// SPDX-License-Identifier: Apache-2.0
#ifndef PL_BATCH_MATMUL_KERNEL_H
#define PL_BATCH_MATMUL_KERNEL_H

#include "pl.h"

// How a matrix is stepped through, in elements: from one line (row of lhs, column of rhs) to the next, and along a line.
typedef struct {
  int32_t line, along;
} pl_batch_matmul_steps;

// The walk (pl_walk.h) from matrix to matrix has `dims` dimensions and two pointers, lhs and rhs, which move by elements.
typedef struct {
  int32_t dims, rows, depth, columns;
  pl_batch_matmul_steps lhs, rhs;
} pl_batch_matmul_f32_params;

typedef struct {
  pl_batch_matmul_f32_params params;
  const float *lhs;
  const float *rhs;
  const int32_t *walk;  // NULL without dimensions
  float *output;        // [batches, rows, columns]
} pl_batch_matmul_f32_args;

typedef struct {
  int32_t dims, rows, depth, columns;
  pl_batch_matmul_steps lhs, rhs;
  int32_t lhs_offset, rhs_offset, output_offset;  // minus the zero points of the inputs; the output's
  int32_t multiplier, shift;                      // as pl_requantize takes them
} pl_batch_matmul_s8_params;

typedef struct {
  pl_batch_matmul_s8_params params;
  const int8_t *lhs;
  const int8_t *rhs;
  const int32_t *walk;
  int8_t *output;
} pl_batch_matmul_s8_args;

typedef struct {
  int32_t dims, rows, depth, columns;
  pl_batch_matmul_steps lhs, rhs;
  int32_t multiplier, shift;  // as pl_requantize_wide takes them
} pl_batch_matmul_s16_params;

typedef struct {
  pl_batch_matmul_s16_params params;
  const int16_t *lhs;
  const int16_t *rhs;
  const int32_t *walk;
  int16_t *output;
} pl_batch_matmul_s16_args;

PL_KERNEL void pl_batch_matmul_s8(const void *args);
PL_KERNEL void pl_batch_matmul_s16(const void *args);
PL_KERNEL void pl_batch_matmul_f32(const void *args);

#endif
