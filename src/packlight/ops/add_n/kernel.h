// SPDX-License-Identifier: Apache-2.0
#ifndef PL_ADD_N_KERNEL_H
#define PL_ADD_N_KERNEL_H

#include "pl.h"

#define PL_ADD_N_INPUTS 8

// Prepare knows the most that a sum can be: `multiplier` and `shift` are for the sum of stored integers times 2^19.
typedef struct {
  int32_t size;    // elements of an input
  int32_t offset;  // added to every sum
  int32_t multiplier, shift;
  int32_t output_offset;  // the output's zero point
  pl_activation range;
} pl_add_n_s8_params;

typedef struct {
  pl_add_n_s8_params params;
  const int8_t *input0;  // those that are not there are NULL
  const int8_t *input1;
  const int8_t *input2;
  const int8_t *input3;
  const int8_t *input4;
  const int8_t *input5;
  const int8_t *input6;
  const int8_t *input7;
  int8_t *output;
} pl_add_n_s8_args;

PL_KERNEL void pl_add_n_s8(const void *args);

#endif
