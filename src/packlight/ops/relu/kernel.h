// SPDX-License-Identifier: Apache-2.0
#ifndef PL_RELU_KERNEL_H
#define PL_RELU_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
  pl_activation_f32 activation;
} pl_relu_f32_params;

typedef struct {
  pl_relu_f32_params params;
  const float *input;
  float *output;
} pl_relu_f32_args;

PL_KERNEL void pl_relu_f32(const void *args);

#endif
