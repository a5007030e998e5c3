// SPDX-License-Identifier: Apache-2.0
#ifndef PL_FULLY_CONNECTED_KERNEL_H
#define PL_FULLY_CONNECTED_KERNEL_H

#include "fully_connected/kernel_hybrid.h"
#include "pl.h"
#include "pl_dense.h"

// input [batches, depth], filter [units, depth], output [batches, units].
typedef struct {
  int32_t batches, depth, units;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  int32_t per_channel;    // 1: a multiplier and shift for each unit; 0: one for all
  pl_activation activation;
} pl_fully_connected_s8_params;

typedef struct {
  pl_fully_connected_s8_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s8_args;

// Weights of 4 bits, two in a byte, the first in the lower half. Sums are rounded once where each unit has its scale.
typedef struct {
  pl_fully_connected_s8_params params;
  const int8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s4_args;

typedef struct {
  int32_t batches, depth, units;
  int32_t per_channel;  // 1: a multiplier and shift for each unit; 0: one for all
  pl_activation activation;
} pl_fully_connected_s16_params;

// Sums of 64 bits, scaled by pl_requantize_wide.
typedef struct {
  pl_fully_connected_s16_params params;
  const int16_t *input;
  const int8_t *filter;
  const int64_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  int16_t *output;
} pl_fully_connected_s16_args;

// Sums of 32 bits, which wrap as TFLM's do, scaled by pl_requantize.
typedef struct {
  pl_fully_connected_s16_params params;
  const int16_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  int16_t *output;
} pl_fully_connected_s16_b32_args;

typedef struct {
  int32_t batches, depth, units;
  int32_t input_offset;   // minus the input's zero point
  int32_t filter_offset;  // minus the filter's
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_fully_connected_u8_params;

// One scale for all units; sums are rounded once.
typedef struct {
  pl_fully_connected_u8_params params;
  const uint8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  uint8_t *output;
} pl_fully_connected_u8_args;

typedef struct {
  int32_t batches, depth, units;
  pl_activation_f32 activation;
} pl_fully_connected_f32_params;

typedef struct {
  pl_fully_connected_f32_params params;
  const float *input;
  const float *filter;
  const float *bias;  // may be NULL
  float *output;
} pl_fully_connected_f32_args;

// For cores with the DSP extension; one row of input.
typedef struct {
  int32_t units;
  int32_t whole_quads, rest;  // inputs in fours, and how many more
  pl_activation activation;
  pl_dense dense;
} pl_fully_connected_s8_dsp_params;

typedef struct {
  pl_fully_connected_s8_dsp_params params;
  const int8_t *input;
  const int32_t *filter;      // as pl_dense_dsp.h wants it
  const int32_t *multiplier;  // as pl_dense_dsp_one wants it
  int16_t *scratch;  // the widened row
  int8_t *output;
} pl_fully_connected_s8_dsp_args;

// For sums of up to 32 bits: nothing is widened beforehand.
typedef struct {
  int32_t batches;
  pl_dense_row row;
} pl_fully_connected_s8_dsp_wide_params;

typedef struct {
  pl_fully_connected_s8_dsp_wide_params params;
  const int8_t *input;
  const int32_t *filter;  // as pl_dense_sums_dsp.h wants it; in s8_dsp_plain as pl_dense_plain_dsp.h does
  const int32_t *bias;    // with the input's zero point folded in
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s8_dsp_wide_args;

typedef struct {
  pl_fully_connected_s8_dsp_wide_params params;
  const int8_t *input;
  const int32_t *filter;
  const int32_t *bias;
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s8_dsp_plain_args;

// For cores with MVE.
typedef struct {
  int32_t batches, depth, units;
  int32_t output_offset;
  pl_activation activation;
} pl_fully_connected_s8_mve_params;

typedef struct {
  pl_fully_connected_s8_mve_params params;
  const int8_t *input;
  const int8_t *filter;        // weights as pl_dense_mve.h wants them
  const int32_t *bias;         // as pl_dense_mve.h wants them, alone or each followed by its multiplier
  const int32_t *multiplier;   // one for all units (s8_mve_row), or NULL
  int8_t *output;
} pl_fully_connected_s8_mve_args;

// For Cortex-M without SIMD.
typedef struct {
  int32_t batches, depth, units;
  int32_t per_channel;
  int32_t output_zero_point;
  int32_t least;  // activation.min
} pl_fully_connected_s8_thumb_params;

typedef struct {
  pl_fully_connected_s8_thumb_params params;
  const int8_t *input;
  const uint8_t *filter;  // each weight + 128; blocks of 8 rows, of 4, of 1, each [depth, rows]
  const int32_t *bias;    // with the input's zero point and what the 128 add folded in
  const int32_t *scale;   // pl_quad_thumb_scale, signed: [units] or one
  uint8_t *scratch;       // a row of the input, each value + 128
  int8_t *output;
} pl_fully_connected_s8_thumb_args;

// For every core: plain C, with the input's zero point folded into the bias.
typedef struct {
  int32_t batches, depth, units;
  int32_t output_offset;
  int32_t per_channel;
  pl_activation activation;
} pl_fully_connected_s8_folded_params;

typedef struct {
  pl_fully_connected_s8_folded_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // with the input's zero point folded in
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s8_folded_args;

// The same without products of 64 bits.
typedef struct {
  int32_t batches, depth, units;
  int32_t scale_step;  // words from a unit's scale to the next one's: 3, or 0 where one serves all
  int32_t output_zero_point;
  int32_t least;  // activation.min
} pl_fully_connected_s8_folded_short_params;

typedef struct {
  pl_fully_connected_s8_folded_short_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;   // with the input's zero point folded in
  const int32_t *scale;  // as s8_scale.h wants them: [units][3] or [3]
  int8_t *output;
} pl_fully_connected_s8_folded_short_args;

// For RV32IM.
typedef struct {
  pl_fully_connected_s8_params params;
  const int8_t *input;
  const int8_t *filter;       // blocks of 16 rows, of 4, of 1, each [depth, rows]
  const int32_t *bias;        // with the input's zero point folded in
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s8_rv32_args;

PL_KERNEL void pl_fully_connected_s8(const void *args);
PL_KERNEL void pl_fully_connected_s8_rv32(const void *args);
PL_KERNEL void pl_fully_connected_s8_folded(const void *args);
PL_KERNEL void pl_fully_connected_s8_folded_short(const void *args);
PL_KERNEL void pl_fully_connected_s8_thumb(const void *args);
PL_KERNEL void pl_fully_connected_s8_thumb_exact(const void *args);
PL_KERNEL void pl_fully_connected_s8_mve(const void *args);
PL_KERNEL void pl_fully_connected_s8_mve_row(const void *args);
PL_KERNEL void pl_fully_connected_s8_dsp(const void *args);
PL_KERNEL void pl_fully_connected_s8_dsp_plain(const void *args);
PL_KERNEL void pl_fully_connected_s8_dsp_wide(const void *args);
PL_KERNEL void pl_fully_connected_s4(const void *args);
PL_KERNEL void pl_fully_connected_s16(const void *args);
PL_KERNEL void pl_fully_connected_s16_b32(const void *args);
PL_KERNEL void pl_fully_connected_u8(const void *args);
PL_KERNEL void pl_fully_connected_f32(const void *args);

#endif
