// SPDX-License-Identifier: Apache-2.0
// The geometry of DEPTHWISE_CONV_2D, and what its kernels with float activations are given.
#ifndef PL_DEPTHWISE_CONV_2D_KERNEL_FLOAT_H
#define PL_DEPTHWISE_CONV_2D_KERNEL_FLOAT_H

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
  int32_t asymmetric;   // as in pl_quantize_dynamic
  int32_t per_channel;  // 1: a scale for each output channel; 0: one for all
  pl_activation_f32 activation;
} pl_depthwise_conv_2d_hybrid_params;

// Floats times integers: each image is quantised first.
typedef struct {
  pl_depthwise_conv_2d_hybrid_params params;
  const float *input;
  const int8_t *filter;
  const float *bias;  // may be NULL
  const float *scale;
  int8_t *scratch;  // [input_h, input_w, input_c]
  float *output;
} pl_depthwise_conv_2d_hybrid_args;

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

PL_KERNEL void pl_depthwise_conv_2d_hybrid(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_f32(const void *args);

#endif
