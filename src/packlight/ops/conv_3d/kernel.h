// SPDX-License-Identifier: Apache-2.0
#ifndef PL_CONV_3D_KERNEL_H
#define PL_CONV_3D_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t d, h, w;
} pl_conv_3d_box;

// input [batches, input d, h, w, input_c], filter [window d, h, w, input_c, output_c],
// output [batches, output d, h, w, output_c].
typedef struct {
  int32_t batches, input_c, output_c;
  pl_conv_3d_box input, window, output, stride, padding, dilation;
  pl_activation_f32 activation;
} pl_conv_3d_f32_params;

typedef struct {
  pl_conv_3d_f32_params params;
  const float *input;
  const float *filter;
  const float *bias;  // may be NULL
  float *output;
} pl_conv_3d_f32_args;

PL_KERNEL void pl_conv_3d_f32(const void *args);

#endif
