// SPDX-License-Identifier: Apache-2.0
#ifndef PL_ADD_KERNEL_H
#define PL_ADD_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"
#include "pl_wide.h"

// From one scale to another: times multiplier * 2^(shift - 31).
typedef struct {
  int32_t offset;  // minus the zero point of an input; the zero point of the output
  int32_t multiplier, shift;
} pl_add_scale;

typedef struct {
  pl_broadcast rows;
  pl_add_scale input1, input2, output;
  pl_activation activation;
} pl_add_s8_params;

typedef struct {
  pl_add_s8_params params;
  const int8_t *input1;
  const int8_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int8_t *output;
} pl_add_s8_args;

// The general case: a type of pl_element.h, and a difference where sign is -1.
typedef struct {
  pl_broadcast rows;
  pl_add_scale input1, input2, output;
  pl_activation activation;
  int32_t type;
  int32_t left_shift;  // bits that inputs gain before they are scaled
  int32_t sign;        // of input2: 1 or -1
} pl_add_q_params;

typedef struct {
  pl_add_q_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_add_q_args;

typedef struct {
  pl_broadcast rows;
  pl_activation activation;
  int32_t sign;  // of input2: 1 or -1
} pl_add_s32_params;

typedef struct {
  pl_add_s32_params params;
  const int32_t *input1;
  const int32_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int32_t *output;
} pl_add_s32_args;

typedef struct {
  pl_broadcast rows;
  int64_t sign;  // of input2: 1 or -1
  pl_activation_s64 activation;
} pl_add_s64_params;

typedef struct {
  pl_add_s64_params params;
  const int64_t *input1;
  const int64_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int64_t *output;
} pl_add_s64_args;

typedef struct {
  pl_broadcast rows;
  pl_activation_f32 activation;
  int32_t sign;  // of input2: 1 or -1
} pl_add_f32_params;

typedef struct {
  pl_add_f32_params params;
  const float *input1;
  const float *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  float *output;
} pl_add_f32_args;

// For x86-64 computers with AVX2; neither input is broadcast.
typedef struct {
  pl_add_s8_params params;
  const int8_t *input1;
  const int8_t *input2;
  int8_t *output;
} pl_add_s8_avx2_args;

// output = (input1 * factor1 + input2 * factor2 + addend) >> 22, saturated; of one length, without broadcasting.
typedef struct {
  int32_t length;
  int32_t factor1, factor2, addend;
  pl_activation activation;
} pl_add_s8_dsp_params;

typedef struct {
  pl_add_s8_dsp_params params;
  const int8_t *input1;
  const int8_t *input2;
  int8_t *output;
} pl_add_s8_dsp_args;

// The same for cores with MVE, where addend is less by half a step.
typedef struct {
  pl_add_s8_dsp_params params;
  const int8_t *input1;
  const int8_t *input2;
  int8_t *output;
} pl_add_s8_mve_args;

// All roundings of the portable kernel, for an input1 whose scale is the larger: ((input1 << 19) + addend1, and
// (input2 << left2) + addend2, times multiplier2, >> 32, rounded, >> shift2, rounded), twice their sum, times multiplier,
// >> 32, rounded, >> shift, rounded.
typedef struct {
  int32_t length;
  int32_t addend1;
  int32_t left2, addend2, multiplier2, shift2;
  int32_t multiplier, shift, output_offset;
  pl_activation activation;
} pl_add_s8_dsp_exact_params;

typedef struct {
  pl_add_s8_dsp_exact_params params;
  const int8_t *input1;
  const int8_t *input2;
  int8_t *output;
} pl_add_s8_dsp_exact_args;

// For Cortex-M without SIMD; params as above.
typedef struct {
  pl_add_s8_dsp_params params;
  const int8_t *input1;
  const int8_t *input2;
  int8_t *output;
} pl_add_s8_thumb_args;

PL_KERNEL void pl_add_s8_thumb(const void *args);
PL_KERNEL void pl_add_s8_dsp(const void *args);
PL_KERNEL void pl_add_s8_mve(const void *args);
PL_KERNEL void pl_add_s8_dsp_exact(const void *args);
PL_KERNEL void pl_add_s8(const void *args);
PL_KERNEL void pl_add_q(const void *args);
PL_KERNEL void pl_add_s32(const void *args);
PL_KERNEL void pl_add_s64(const void *args);
PL_KERNEL void pl_add_s8_avx2(const void *args);
PL_KERNEL void pl_add_f32(const void *args);

#endif
