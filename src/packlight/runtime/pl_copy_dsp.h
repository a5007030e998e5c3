// SPDX-License-Identifier: Apache-2.0
#ifndef PL_COPY_DSP_H
#define PL_COPY_DSP_H

#include "pl.h"

// Copies `rows` (at least 1) runs of `count` bytes, `pitch` bytes apart, to one place behind one another; returns its end.
// The core must allow loads and stores of words at any address.
int8_t *pl_copy_dsp(int8_t *to, const int8_t *from, int32_t count, int32_t rows, int32_t pitch);

// Windows: each `rows` runs of 4 * `words` - `excess` bytes.
typedef struct {
  int32_t words, excess;
  int32_t rows;
  int32_t gap;     // bytes from behind a run's words to the next run
  int32_t stride;  // bytes from a window to the next
  int32_t window;  // bytes that each is given
} pl_windows_dsp;

// Copies `count` (at least 1) windows, each to one run. Reads and writes up to 3 bytes behind the last.
void pl_copy_windows_dsp(int8_t *to, const int8_t *from, const pl_windows_dsp *windows, int32_t count);

#endif
