// SPDX-License-Identifier: Apache-2.0
#ifndef PL_POW_KERNEL_H
#define PL_POW_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

typedef struct {
  pl_broadcast rows;
} pl_pow_params;

typedef struct {
  pl_pow_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_pow_args;

PL_KERNEL void pl_pow_s32(const void *args);
PL_KERNEL void pl_pow_f32(const void *args);

#endif
