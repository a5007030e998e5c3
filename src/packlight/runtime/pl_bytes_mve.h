// SPDX-License-Identifier: Apache-2.0
// Moving and limiting bytes with MVE.
#ifndef PL_BYTES_MVE_H
#define PL_BYTES_MVE_H

#include "pl.h"

// How a row's bytes are spread, sixteen at a time.
typedef struct {
  uint8_t offsets[16];  // where each goes, from `to` on
  int32_t from_step;    // bytes that `from` moves on by
  int32_t to_step;      // bytes that `to` moves on by
  int32_t step;         // bytes that are done with a step, at most 16
} pl_spread_mve_plan;

void pl_spread_mve(int8_t *to, const int8_t *from, int32_t bytes, const pl_spread_mve_plan *plan);

// `count` runs of `bytes` bytes; steps from the beginning of a run to that of the next.
void pl_copy_mve(int8_t *to, int32_t to_step, const int8_t *from, int32_t from_step, int32_t bytes, int32_t count);

void pl_fill_mve(int8_t *to, int32_t value, int32_t bytes);

// Clamps in place; does nothing where the range is that of int8.
void pl_clamp_mve(int8_t *elements, int32_t count, pl_activation range);

#endif
