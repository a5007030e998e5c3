// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SIGNAL_OVERLAP_ADD_KERNEL_H
#define PL_SIGNAL_OVERLAP_ADD_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t rows;
  int32_t frames;  // in each row
  int32_t size;    // samples in a frame
  int32_t step;    // samples of a frame that are complete after it; the rest overlaps with frames to come
} pl_signal_overlap_add_params;

typedef struct {
  pl_signal_overlap_add_params params;
  const int16_t *input;
  int16_t *rest;  // [rows, size - step]: the sums so far of what overlaps
  int16_t *output;
} pl_signal_overlap_add_s16_args;

typedef struct {
  pl_signal_overlap_add_params params;
  const float *input;
  float *rest;
  float *output;
} pl_signal_overlap_add_f32_args;

PL_KERNEL void pl_signal_overlap_add_s16(const void *args);
PL_KERNEL void pl_signal_overlap_add_f32(const void *args);

#endif
