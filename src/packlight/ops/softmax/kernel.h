// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SOFTMAX_KERNEL_H
#define PL_SOFTMAX_KERNEL_H

#include "pl.h"

// input and output [rows, depth].
typedef struct {
  int32_t rows, depth;
  int32_t multiplier, shift;  // from a difference of two inputs to beta times its real value, in Q5.26
  int32_t diff_min;           // differences below this one leave Q5.26: their exponential counts as 0
} pl_softmax_s8_params;

typedef struct {
  pl_softmax_s8_params params;
  const int8_t *input;
  int8_t *output;  // scale 1/256, zero point -128
} pl_softmax_s8_args;

typedef struct {
  pl_softmax_s8_params params;
  const int8_t *input;  // uint8
  uint8_t *output;      // scale 1/256, zero point 0
} pl_softmax_u8_args;

typedef struct {
  pl_softmax_s8_params params;
  const int8_t *input;
  int16_t *output;  // scale 1/65536, zero point -32768
} pl_softmax_s8_s16_args;

typedef struct {
  int32_t rows, depth;
  int32_t multiplier, shift;  // from a difference of two inputs to beta times its real value, in units of 10 / 65535
} pl_softmax_s16_params;

// Both tables are those of pl_table.h, to Q0.15: e^x for x from -10 to 0, and 1 / (1 + x) for x from 0 to 1.
typedef struct {
  pl_softmax_s16_params params;
  const int16_t *input;
  const int16_t *exponentials;  // [513]
  const int16_t *reciprocals;   // [513]
  int16_t *output;              // scale 1/32768, zero point 0
} pl_softmax_s16_args;

typedef struct {
  int32_t rows, depth;
  float beta;
} pl_softmax_f32_params;

typedef struct {
  pl_softmax_f32_params params;
  const float *input;
  float *output;
} pl_softmax_f32_args;

PL_KERNEL void pl_softmax_s8(const void *args);
PL_KERNEL void pl_softmax_u8(const void *args);
PL_KERNEL void pl_softmax_s8_s16(const void *args);
PL_KERNEL void pl_softmax_s16(const void *args);
PL_KERNEL void pl_softmax_f32(const void *args);

#endif
