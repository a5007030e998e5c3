// SPDX-License-Identifier: Apache-2.0
#ifndef PL_CONV_2D_KERNEL_H
#define PL_CONV_2D_KERNEL_H

#include "conv_2d/kernel_portable.h"
#include "pl.h"
#include "pl_dense.h"

// For x86-64 computers with AVX2. Blocks of 16 output channels, in the order of pl_avx2.h.
typedef struct {
  pl_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;     // [blocks, pairs, 16, 2]: pairs of a window's weights, an odd one filled up with 0
  const int32_t *channels;  // [blocks, 4, 16]: bias, multiplier, left shift, right shift
  int8_t *output;
} pl_conv_2d_s8_avx2_args;

// For x86-64 computers with AVX-512 VNNI. Blocks of 16 output channels.
typedef struct {
  pl_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;     // [blocks, quads, 16, 4]: fours of a window's weights, filled up with 0
  const int32_t *channels;  // [blocks, 4, 16]: bias with (input_offset - 128) * weights, multiplier, left, right shift
  int8_t *output;
} pl_conv_2d_s8_vnni_args;

// For cores with the DSP extension.
typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t input_offset;
  int32_t span;  // s8_dsp_tile: four output pixels are computed that are so many apart; s8_dsp_bytes: pixels gathered
                 // at once; s8_dsp_winograd: tiles of 2x2 outputs in a band, a multiple of 4
  pl_activation activation;
  pl_dense dense;
} pl_conv_2d_s8_dsp_params;

typedef struct {
  pl_conv_2d_s8_dsp_params params;
  const int8_t *input;
  const int32_t *filter;  // as pl_dense_dsp.h wants it
                          // (s8_dsp_winograd: [output_c, 2] constants, then [output_c, filter_c / 4, 3, 3, 4] weights)
  int16_t *scratch;
  int8_t *output;
} pl_conv_2d_s8_dsp_args;

typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t input_offset;
  pl_dense_row row;
} pl_conv_2d_s8_dsp_plain_params;

typedef struct {
  pl_conv_2d_s8_dsp_plain_params params;
  const int8_t *input;
  const int32_t *filter;  // of each group as pl_dense_plain_dsp.h wants it
  const int32_t *bias;    // with the input's zero point folded in
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *scratch;  // a window
  int8_t *output;
} pl_conv_2d_s8_dsp_plain_args;

// For cores with MVE.
typedef struct {
  pl_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;  // weights [output_c, filter_w, filter_h, filter_c] as pl_dense_mve.h wants them
                         // (s8_mve_three: [output_c, filter_h, filter_c / 16, filter_w, 16])
  const int32_t *bias;   // biases and multipliers as pl_dense_mve.h wants them
  int8_t *scratch;       // the columns of one row of outputs, and a pixel (at least 16 bytes; s8_mve_three: 16);
                         // or NULL, where windows are runs of bytes in the input
  int8_t *output;
} pl_conv_2d_s8_mve_args;

// For Cortex-M without SIMD; a 1x1 convolution without stride has its pixels in one row.
typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t zero_point;  // the input's
  int32_t fill_bytes;  // of a window's row if a window may have other rows than consecutive bytes of the input, else 0
  int32_t output_zero_point;
  int32_t least;       // activation.min
  int32_t first, skip, parts, length;  // as in pl_quad_thumb_block
} pl_conv_2d_s8_thumb_params;

typedef struct {
  pl_conv_2d_s8_thumb_params params;
  const int8_t *input;
  const uint8_t *filter;  // each weight + 128
  const int32_t *scale;   // pl_quad_thumb_scale[output_c]
  uint32_t *scratch;      // quads of six windows, -128 * the sums of their parts, seven rows of fill_bytes
  int8_t *output;
} pl_conv_2d_s8_thumb_args;

// For RV32IM; a 1x1 convolution without stride has its pixels in one row.
typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t zero_point;   // the input's
  int32_t fill_bytes;   // of a window's row if a window may have other rows than consecutive bytes of the input, else 0
  int32_t count;        // weights of an output channel
  int32_t least, most, zero;     // as in pl_quad_rv32_outputs
  int32_t first, parts, length;  // of a dot product: weights of the first part; how many parts; weights of the others
  int32_t tail_bytes;            // of scratch behind the trios: for outputs of fewer than six pixels; long: for sums
} pl_conv_2d_s8_rv32_params;

typedef struct {
  pl_conv_2d_s8_rv32_params params;
  const int8_t *input;
  const int8_t *filter;  // [output_c, count]
  const int32_t *scale;  // [output_c] as pl_quad_rv32.h says; s8_rv32_long: bias, multiplier, shift
  uint32_t *scratch;     // trios of six windows, tail_bytes, seven rows of fill_bytes
  int8_t *output;
} pl_conv_2d_s8_rv32_args;

PL_KERNEL void pl_conv_2d_s8_rv32(const void *args);
PL_KERNEL void pl_conv_2d_s8_rv32_signed(const void *args);
PL_KERNEL void pl_conv_2d_s8_rv32_long(const void *args);
PL_KERNEL void pl_conv_2d_s8_avx2(const void *args);
PL_KERNEL void pl_conv_2d_s8_vnni(const void *args);
PL_KERNEL void pl_conv_2d_s8_mve(const void *args);
PL_KERNEL void pl_conv_2d_s8_mve_three(const void *args);
PL_KERNEL void pl_conv_2d_s8_thumb(const void *args);
PL_KERNEL void pl_conv_2d_s8_thumb_signed(const void *args);
PL_KERNEL void pl_conv_2d_s8_thumb_exact(const void *args);
PL_KERNEL void pl_conv_2d_s8_thumb_long(const void *args);
PL_KERNEL void pl_conv_2d_s8_dsp(const void *args);
PL_KERNEL void pl_conv_2d_s8_dsp_1x1(const void *args);
PL_KERNEL void pl_conv_2d_s8_dsp_bytes(const void *args);
PL_KERNEL void pl_conv_2d_s8_dsp_plain(const void *args);
PL_KERNEL void pl_conv_2d_s8_dsp_tile(const void *args);
PL_KERNEL void pl_conv_2d_s8_dsp_winograd(const void *args);

#endif
