// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LOGISTIC_KERNEL_H
#define PL_LOGISTIC_KERNEL_H

#include "pl.h"
#include "pl_sigmoid.h"

typedef struct {
  int32_t size;  // elements
} pl_logistic_f32_params;

typedef struct {
  pl_logistic_f32_params params;
  const float *input;
  float *output;
} pl_logistic_f32_args;

typedef struct {
  int32_t size;  // elements
  pl_sigmoid curve;
} pl_logistic_s16_params;

typedef struct {
  pl_logistic_s16_params params;
  const int16_t *input;
  const uint16_t *table;  // as pl_sigmoid.h wants it
  int16_t *output;
} pl_logistic_s16_args;

PL_KERNEL void pl_logistic_f32(const void *args);
PL_KERNEL void pl_logistic_s16(const void *args);

#endif
