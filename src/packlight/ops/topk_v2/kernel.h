// SPDX-License-Identifier: Apache-2.0
#ifndef PL_TOPK_V2_KERNEL_H
#define PL_TOPK_V2_KERNEL_H

#include "pl.h"

// input [rows, length]; values and indices [rows, k], k <= length.
typedef struct {
  int32_t rows, length, k;
  int32_t index_bytes;  // of an index: 2 or 4
  int32_t flip;         // what each integer is XORed with before they are compared as signed ones
} pl_topk_v2_params;

typedef struct {
  pl_topk_v2_params params;
  const void *input;
  void *values;
  void *indices;
} pl_topk_v2_args;

PL_KERNEL void pl_topk_v2_8(const void *args);
PL_KERNEL void pl_topk_v2_16(const void *args);
PL_KERNEL void pl_topk_v2_32(const void *args);
PL_KERNEL void pl_topk_v2_64(const void *args);
PL_KERNEL void pl_topk_v2_f32(const void *args);

#endif
