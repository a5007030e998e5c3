// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DEPTHWISE_CONV_2D_KERNEL_H
#define PL_DEPTHWISE_CONV_2D_KERNEL_H

#include "depthwise_conv_2d/kernel_float.h"
#include "depthwise_conv_2d/kernel_portable.h"
#include "depthwise_conv_2d/kernel_rv32.h"
#include "pl.h"

// How channels of the input lie in planes, for cores with the DSP extension: widened to int16, two neighbours of one axis
// (the pair axis, h or w) in a word, the words along the other (the step axis) one after the other: a column.
typedef struct {
  int32_t in_pair, in_step;    // bytes from element to element of the input along each axis
  int32_t steps;               // elements along the step axis
  int32_t pitch, bytes;        // of a column, of a plane
  int32_t lead, pairs, trail;  // columns of the input: one whose neighbour is outside (or none), pairs, one left over
  int32_t start;               // bytes before the first element in a plane
  int32_t fill;                // what lies outside of the input
} pl_depthwise_conv_2d_plane;

typedef struct {
  int32_t batches, input_c, ch_mult;
  int32_t input_batch, output_batch;  // bytes of one
  int32_t planes;                     // built at once: 1 or 2
  pl_depthwise_conv_2d_plane plane;
  int32_t out_pair, out_step;       // bytes from element to element of the output along each axis
  int32_t strips, odd;              // two outputs wide; one output wide
  int32_t plane_strip, plane_steps;  // bytes in the plane: between strips, of a strip
  int32_t out_strip;                // bytes in the output between strips
  int32_t rounding;                 // added to every scaled sum, the output's zero point included
  pl_activation activation;
} pl_depthwise_conv_2d_s8_dsp_3x3_params;

// Kernels that round to nearest ("_exact") or halves up only; of stride 1, or 2 ("_s2").
typedef struct {
  pl_depthwise_conv_2d_s8_dsp_3x3_params params;
  const int8_t *input;
  const int8_t *filter;       // [output_c, 9], the pair axis innermost
  const int32_t *bias;        // [output_c], with the input's zero point folded in, times 2^scale
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c], the scale; of exact kernels the shift that follows
  int16_t *scratch;           // planes
  int8_t *output;
} pl_depthwise_conv_2d_s8_dsp_3x3_args;

// Windows of any size, dilated or not, with stride 1 or 2 along the pair axis. In planes a row runs along that axis.
typedef struct {
  int32_t batches, input_c, ch_mult;
  int32_t input_batch, output_batch;  // bytes of one
  int32_t in_pair, in_step;           // bytes from element to element of the input along each axis
  int32_t in_pairs, in_steps;         // elements along each axis
  int32_t start, pitch, plane_words;  // halfwords before the first element, halfwords in a row; words in a plane
  int32_t planes;                     // built at once: 1 or 2
  int32_t fill;                       // what lies outside of the input
  int32_t taps, dilation;             // of the window along the pair axis
  int32_t rows, words;                // of the window along the step axis; words in a row
  int32_t row_bytes, step_bytes, block_bytes;
  int32_t out_pair, out_step;
  int32_t outputs, steps;
  int32_t output_offset;
  pl_activation activation;
} pl_depthwise_conv_2d_s8_dsp_params;

typedef struct {
  pl_depthwise_conv_2d_s8_dsp_params params;
  const int8_t *input;
  const int8_t *filter;       // [output_c, rows, taps]
  const int32_t *bias;        // [output_c], with the input's zero point folded in, twice
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c], to the right
  int16_t *scratch;           // weights of one output channel and a word pair behind them, then planes
  int8_t *output;
} pl_depthwise_conv_2d_s8_dsp_args;

// Four neighbouring channels at a time, pixel by pixel, for few outputs: as the portable kernel is called, but with a depth
// multiplier of 1, and shifts to the right.
typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_depthwise_conv_2d_s8_dsp_direct_params;

typedef struct {
  pl_depthwise_conv_2d_s8_dsp_direct_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c], to the right, less 1
  int8_t *output;
} pl_depthwise_conv_2d_s8_dsp_direct_args;

PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_direct(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_s2(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_multi(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_multi_exact(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_3x3(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_3x3_exact(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_3x3_s2(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_dsp_3x3_s2_exact(const void *args);
// For x86-64 computers with AVX2. Blocks of 16 channels, in the order of pl_avx2.h.
typedef struct {
  pl_depthwise_conv_2d_s8_params params;
  const int8_t *input;
  const int16_t *filter;    // [blocks, pairs, 16, 2]: pairs of a window's weights, an odd one filled up with 0
  const int32_t *channels;  // [blocks, 4, 16]: bias with the input's zero point folded in, multiplier, left, right shift
  const int8_t *outside;    // [input_c]: the input's zero point
  int8_t *output;
} pl_depthwise_conv_2d_s8_avx2_args;

// For cores with MVE.
typedef struct {
  pl_depthwise_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;  // [output_c, filter_w, filter_h]
  const int32_t *bias;   // with the zero point folded in and the shift in the lowest byte, and multipliers
  int8_t *scratch;       // the columns of one row of outputs for eight channels, 8 bytes, and what cores read behind them
  int8_t *output;
} pl_depthwise_conv_2d_s8_mve_args;

// For cores with MVE: windows of up to 3x3.
typedef struct {
  pl_depthwise_conv_2d_s8_params layer;  // height and width may be exchanged
  pl_tile input_step, output_step;       // bytes from a row, a column to the next
  int32_t strips;                        // that scratch holds
} pl_depthwise_conv_2d_s8_mve_3x3_params;

typedef struct {
  pl_depthwise_conv_2d_s8_mve_3x3_params params;
  const int8_t *input;
  const int8_t *filter;  // [output_c, filter_w, filter_h]
  const int32_t *bias;   // with the zero point folded in and the shift in the lowest byte, and multipliers
  int8_t *scratch;       // strips, and 16 bytes
  int8_t *output;
} pl_depthwise_conv_2d_s8_mve_3x3_args;

// For Cortex-M without SIMD: the output is cut into six groups, computed at once from a plane of quads.
typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  int32_t zero_point;  // the input's
  int32_t output_zero_point;
  int32_t least;           // activation.min
  int32_t starts_h[6], starts_w[6];  // the first output of each group
  int32_t rows, band;                // output rows of a group; how many of them at a time
  int32_t width;                     // outputs in a row of a group
  int32_t plane_w, plane_words;      // quads in a row of the plane, words in all
  int32_t padded_w, padded_bytes;    // of a channel with its padding
  int32_t columns, lines;            // of the input that any window meets
  int32_t row_taps, skip;            // weights of a window that meet consecutive quads; what they lack to 16
} pl_depthwise_conv_2d_s8_thumb_params;

typedef struct {
  pl_depthwise_conv_2d_s8_thumb_params params;
  const int8_t *input;
  const int8_t *filter;  // [output_c, filter_h * filter_w]
  const int32_t *scale;  // pl_quad_thumb_scale[output_c]
  uint32_t *scratch;     // weights of one output channel, the plane, a channel with its padding
  int8_t *output;
} pl_depthwise_conv_2d_s8_thumb_args;

PL_KERNEL void pl_depthwise_conv_2d_s8_rv32(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_rv32_signed(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_rv32_exact(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_rv32_four(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_rv32_four_signed(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_rv32_3x3(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_rv32_3x3_signed(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_thumb(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_thumb_signed(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_thumb_exact(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_thumb_3x3(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_thumb_3x3_signed(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_mve(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_mve_3x3(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s8_avx2(const void *args);

#endif
