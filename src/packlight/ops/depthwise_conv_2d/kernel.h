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

PL_KERNEL void pl_depthwise_conv_2d_s8(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_f32(const void *args);

#endif
