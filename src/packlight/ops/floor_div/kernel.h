// SPDX-License-Identifier: Apache-2.0
#ifndef PL_FLOOR_DIV_KERNEL_H
#define PL_FLOOR_DIV_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

typedef struct {
  pl_broadcast rows;
  int32_t type;    // of pl_element.h, for the kernel of integers
  int32_t modulo;  // 1: the output is the remainder, 0: the quotient
} pl_floor_div_params;

typedef struct {
  pl_floor_div_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_floor_div_args;

PL_KERNEL void pl_floor_div_integer(const void *args);
PL_KERNEL void pl_floor_div_mod_s64(const void *args);
PL_KERNEL void pl_floor_div_f32(const void *args);

#endif
