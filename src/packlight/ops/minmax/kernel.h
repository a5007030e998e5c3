// SPDX-License-Identifier: Apache-2.0
#ifndef PL_MINMAX_KERNEL_H
#define PL_MINMAX_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

typedef struct {
  pl_broadcast rows;
  int32_t greatest;  // 1: the greater of two elements, 0: the less; the second where neither is
} pl_minmax_params;

typedef struct {
  pl_minmax_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_minmax_args;

PL_KERNEL void pl_minmax_s8(const void *args);
PL_KERNEL void pl_minmax_u8(const void *args);
PL_KERNEL void pl_minmax_s16(const void *args);
PL_KERNEL void pl_minmax_s32(const void *args);
PL_KERNEL void pl_minmax_s64(const void *args);
PL_KERNEL void pl_minmax_f32(const void *args);

#endif
