// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LOGISTIC_KERNEL_H
#define PL_LOGISTIC_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
} pl_logistic_f32_params;

typedef struct {
  pl_logistic_f32_params params;
  const float *input;
  float *output;
} pl_logistic_f32_args;

PL_KERNEL void pl_logistic_f32(const void *args);

#endif
