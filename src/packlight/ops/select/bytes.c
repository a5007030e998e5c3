// SPDX-License-Identifier: Apache-2.0
#include "pl_walk.h"
#include "select/kernel.h"

void pl_select_bytes(const void *args) {
  const pl_select_args *a = args;
  const int32_t dims = a->params.dims, bytes = a->params.bytes;
  const uint8_t *condition = a->condition, *x = a->x, *y = a->y;
  uint8_t *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  for (;;) {
    const uint8_t *chosen = *condition ? x : y;
    for (int32_t byte = 0; byte < bytes; ++byte) {
      *output++ = chosen[byte];
    }
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim == dims) {
      return;
    }
    condition += a->walk[dims + dim];
    x += a->walk[2 * dims + dim];
    y += a->walk[3 * dims + dim];
  }
}
