// SPDX-License-Identifier: Apache-2.0
#include "move/kernel.h"
#include "pl_walk.h"

static int64_t move_at_position(const void *index, int32_t bytes, int32_t at) {
  if (bytes == 8) {
    return ((const int64_t *)index)[at];
  }
  return bytes == 4 ? ((const int32_t *)index)[at] : ((const int16_t *)index)[at];
}

// Copies one run, which the elements of the index from `at` on move.
static void move_at_run(const pl_move_at_args *a, const uint8_t *input, uint8_t *output, int32_t at) {
  const int32_t *axis = a->axes;
  for (int32_t i = 0; i < a->params.axes; ++i) {
    int64_t position = move_at_position(a->index, a->params.index_bytes, at + i);
    if (position < 0) {
      position += axis[0];
    }
    if (position < 0 || position > axis[1]) {
      if (a->params.skip) {
        return;
      }
      position = position < 0 ? 0 : axis[1];
    }
    input += (int32_t)position * axis[2];
    output += (int32_t)position * axis[3];
    axis += 4;
  }
  for (int32_t i = 0; i < a->params.bytes; ++i) {
    output[i] = input[i];
  }
}

void pl_move_at(const void *args) {
  const pl_move_at_args *a = args;
  const int32_t dims = a->params.dims;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  int32_t at = 0;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  for (;;) {
    move_at_run(a, input, output, at);
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim == dims) {
      return;
    }
    input += a->walk[dims + dim];
    output += a->walk[2 * dims + dim];
    at += a->walk[3 * dims + dim];
  }
}
