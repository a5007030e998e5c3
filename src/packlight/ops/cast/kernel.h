// SPDX-License-Identifier: Apache-2.0
#ifndef PL_CAST_KERNEL_H
#define PL_CAST_KERNEL_H

#include "pl.h"

// Integers are known by their bytes, 1, 2, 4 or 8, the least significant first.
typedef struct {
  int32_t size;   // elements
  int32_t bytes;  // of an integer
  int32_t sign;   // 1: they are signed
} pl_cast_integer_params;

// output[i] = input[i] as a wider integer
typedef struct {
  pl_cast_integer_params input;
  int32_t output_bytes;
} pl_cast_widen_params;

typedef struct {
  pl_cast_widen_params params;
  const uint8_t *input;
  uint8_t *output;
} pl_cast_widen_args;

typedef struct {
  pl_cast_integer_params params;
  const uint8_t *input;
  float *output;
} pl_cast_integer_f32_args;

typedef struct {
  pl_cast_integer_params params;
  const uint8_t *input;
  uint16_t *output;
} pl_cast_integer_f16_args;

// output[i] = input[i] != 0
typedef struct {
  int32_t size;   // elements
  int32_t bytes;  // of an element of the input
  int32_t mask;   // of the bits of its last byte that count: 127 leaves out the sign of a float
} pl_cast_bool_params;

typedef struct {
  pl_cast_bool_params params;
  const uint8_t *input;
  uint8_t *output;
} pl_cast_bool_args;

// A float without its fraction, as the nearest integer of the output, which the params describe; NaN is 0.
typedef struct {
  pl_cast_integer_params params;
  const float *input;
  uint8_t *output;
} pl_cast_f32_integer_args;

typedef struct {
  pl_cast_integer_params params;
  const uint16_t *input;
  uint8_t *output;
} pl_cast_f16_integer_args;

typedef struct {
  int32_t size;  // elements
} pl_cast_plain_params;

typedef struct {
  pl_cast_plain_params params;
  const int32_t *input;
  float *output;
} pl_cast_s32_f32_args;

typedef struct {
  pl_cast_plain_params params;
  const float *input;
  uint16_t *output;
} pl_cast_f32_f16_args;

PL_KERNEL void pl_cast_widen(const void *args);
PL_KERNEL void pl_cast_bool(const void *args);
PL_KERNEL void pl_cast_integer_f32(const void *args);
PL_KERNEL void pl_cast_integer_f16(const void *args);
PL_KERNEL void pl_cast_f32_integer(const void *args);
PL_KERNEL void pl_cast_f16_integer(const void *args);
PL_KERNEL void pl_cast_s32_f32(const void *args);
PL_KERNEL void pl_cast_f32_f16(const void *args);

#endif
