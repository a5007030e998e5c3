// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DEPTHWISE_CONV_2D_KERNEL_H
#define PL_DEPTHWISE_CONV_2D_KERNEL_H

#include "pl.h"

// input [batches, input_h, input_w, input_c], filter [1, filter_h, filter_w, output_c],
// output [batches, output_h, output_w, output_c]. output_c is input_c * ch_mult.
typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t filter_h, filter_w, ch_mult;
  int32_t output_h, output_w, output_c;
  pl_tile stride, padding, dilation;
} pl_depthwise_conv_2d_geometry;

typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_depthwise_conv_2d_s8_params;

typedef struct {
  pl_depthwise_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int8_t *output;
} pl_depthwise_conv_2d_s8_args;

typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  pl_activation_f32 activation;
} pl_depthwise_conv_2d_f32_params;

typedef struct {
  pl_depthwise_conv_2d_f32_params params;
  const float *input;
  const float *filter;
  const float *bias;  // may be NULL
  float *output;
} pl_depthwise_conv_2d_f32_args;

PL_KERNEL // How channels of the input lie in planes, for cores with the DSP extension: widened to int16, two neighbours of one axis
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

void pl_depthwise_conv_2d_s8_dsp_3x3(const void *args);
void pl_depthwise_conv_2d_s8_dsp_3x3_exact(const void *args);
void pl_depthwise_conv_2d_s8_dsp_3x3_s2(const void *args);
void pl_depthwise_conv_2d_s8_dsp_3x3_s2_exact(const void *args);
void pl_depthwise_conv_2d_s8(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_f32(const void *args);

#endif
