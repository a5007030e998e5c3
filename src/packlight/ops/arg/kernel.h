// SPDX-License-Identifier: Apache-2.0
#ifndef PL_ARG_KERNEL_H
#define PL_ARG_KERNEL_H

#include "pl.h"
#include "pl_reduction.h"

// Which element of a run is the largest; the first of several. A result has one run. The walk of pl_reduction.h is
// [2, dims], or NULL without dimensions.
typedef struct {
  pl_reduction reduction;
  int32_t words;  // of an output element: 1 or 2
  int32_t flip;   // what each element is XORed with before they are compared as signed integers; -1: the smallest wins
} pl_arg_params;

typedef struct {
  pl_arg_params params;
  const void *input;
  const int32_t *walk;
  int32_t *output;
} pl_arg_args;

typedef struct {
  pl_reduction reduction;
  int32_t words;
  float sign;  // 1: the largest, -1: the smallest
} pl_arg_f32_params;

typedef struct {
  pl_arg_f32_params params;
  const float *input;
  const int32_t *walk;
  int32_t *output;
} pl_arg_f32_args;

PL_KERNEL void pl_arg_8(const void *args);
PL_KERNEL void pl_arg_32(const void *args);
PL_KERNEL void pl_arg_f32(const void *args);

#endif
