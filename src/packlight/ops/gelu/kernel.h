// SPDX-License-Identifier: Apache-2.0
#ifndef PL_GELU_KERNEL_H
#define PL_GELU_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;         // elements
  int32_t approximate;  // 0: by the error function; 1: by the hyperbolic tangent
} pl_gelu_params;

typedef struct {
  pl_gelu_params params;
  const float *input;
  float *output;
} pl_gelu_args;

PL_KERNEL void pl_gelu_f32(const void *args);

#endif
