// SPDX-License-Identifier: Apache-2.0
#include "move/kernel.h"
#include "pl_walk.h"

void pl_move_bytes(const void *args) {
  const pl_move_args *a = args;
  const pl_move_params *p = &a->params;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  int32_t index[PL_WALK_DIMS] = {0};
  for (;;) {
    for (int32_t i = 0; i < p->bytes; ++i) {
      output[i] = input[i];
    }
    const int32_t dim = pl_walk(index, a->walk, p->dims);
    if (dim == p->dims) {
      return;
    }
    input += a->walk[p->dims + dim];
    output += a->walk[2 * p->dims + dim];
  }
}
