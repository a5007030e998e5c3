// SPDX-License-Identifier: Apache-2.0
#ifndef PL_REDUCE_KERNEL_H
#define PL_REDUCE_KERNEL_H

#include "pl.h"
#include "pl_reduction.h"

// Every output element comes from all the elements of the input that differ in the reduced dimensions only. The walk of
// pl_reduction.h is [2, dims], or NULL without dimensions.

typedef struct {
  pl_reduction reduction;
  int32_t input_offset;   // minus the input's zero point, times the elements that make one output
  int32_t output_offset;  // the output's zero point
  int32_t multiplier, shift;  // of pl_requantize for sums, of pl_requantize_wide for products
} pl_reduce_quantized_params;

// sum_s8, sum_u8, sum_s16: the sum, rescaled; a mean where the multiplier has a divisor in it
typedef struct {
  pl_reduce_quantized_params params;
  const void *input;
  const int32_t *walk;
  void *output;
} pl_reduce_sum_args;

// prod_s8, prod_s16: the product, rescaled after each factor and once more; input_offset is of one element
typedef struct {
  pl_reduce_quantized_params params;
  const void *input;
  const int32_t *walk;
  void *output;
} pl_reduce_prod_args;

typedef struct {
  pl_reduction reduction;
  float divisor;  // the elements that make one output, or 1
} pl_reduce_sum_f32_params;

typedef struct {
  pl_reduce_sum_f32_params params;
  const float *input;
  const int32_t *walk;
  float *output;
} pl_reduce_sum_f32_args;

typedef struct {
  pl_reduction reduction;
  int32_t divisor;  // the elements that make one output, or 1
} pl_reduce_sum_integer_params;

typedef struct {
  pl_reduce_sum_integer_params params;
  const int32_t *input;
  const int32_t *walk;
  int32_t *output;
} pl_reduce_sum_s32_args;

typedef struct {
  pl_reduce_sum_integer_params params;
  const int64_t *input;
  const int32_t *walk;
  int64_t *output;
} pl_reduce_sum_s64_args;

typedef struct {
  pl_reduction reduction;
} pl_reduce_plain_params;

typedef struct {
  pl_reduce_plain_params params;
  const float *input;
  const int32_t *walk;
  float *output;
} pl_reduce_prod_f32_args;

typedef struct {
  pl_reduce_plain_params params;
  const int32_t *input;
  const int32_t *walk;
  int32_t *output;
} pl_reduce_prod_s32_args;

typedef struct {
  pl_reduce_plain_params params;
  const int64_t *input;
  const int32_t *walk;
  int64_t *output;
} pl_reduce_prod_s64_args;

// The largest element by the order of signed integers once each is XORed with `flip`: 0, or -1 for the smallest; of
// unsigned integers with the uppermost bit inverted.
typedef struct {
  pl_reduction reduction;
  int32_t flip;
} pl_reduce_extreme_params;

typedef struct {
  pl_reduce_extreme_params params;
  const void *input;
  const int32_t *walk;
  void *output;
} pl_reduce_extreme_args;

typedef struct {
  pl_reduction reduction;
  float sign;  // 1: the largest, -1: the smallest
} pl_reduce_extreme_f32_params;

typedef struct {
  pl_reduce_extreme_f32_params params;
  const float *input;
  const int32_t *walk;
  float *output;
} pl_reduce_extreme_f32_args;

PL_KERNEL void pl_reduce_sum_s8(const void *args);
PL_KERNEL void pl_reduce_sum_u8(const void *args);
PL_KERNEL void pl_reduce_sum_s16(const void *args);
PL_KERNEL void pl_reduce_sum_f32(const void *args);
PL_KERNEL void pl_reduce_sum_s32(const void *args);
PL_KERNEL void pl_reduce_sum_s64(const void *args);
PL_KERNEL void pl_reduce_prod_s8(const void *args);
PL_KERNEL void pl_reduce_prod_s16(const void *args);
PL_KERNEL void pl_reduce_prod_f32(const void *args);
PL_KERNEL void pl_reduce_prod_s32(const void *args);
PL_KERNEL void pl_reduce_prod_s64(const void *args);
PL_KERNEL void pl_reduce_extreme_8(const void *args);
PL_KERNEL void pl_reduce_extreme_16(const void *args);
PL_KERNEL void pl_reduce_extreme_32(const void *args);
PL_KERNEL void pl_reduce_extreme_64(const void *args);
PL_KERNEL void pl_reduce_extreme_f32(const void *args);

#endif
