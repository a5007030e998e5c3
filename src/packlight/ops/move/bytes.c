// SPDX-License-Identifier: Apache-2.0
#include "move/kernel.h"
#include "pl_walk.h"

void pl_move_bytes(const void *args) {
  const pl_move_args *a = args;
  const int32_t bytes = a->params.bytes;
  const int32_t dims = a->params.dims;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  for (;;) {
    for (int32_t i = 0; i < bytes; ++i) {
      output[i] = input[i];
    }
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim == dims) {
      return;
    }
    input += a->walk[dims + dim];
    output += a->walk[2 * dims + dim];
  }
}
