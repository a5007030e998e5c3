// SPDX-License-Identifier: Apache-2.0
#include "pl_broadcast.h"

void pl_broadcast_start(pl_broadcast_walk *walk, const pl_broadcast *rows, const int32_t *dims) {
  walk->input1 = 0;
  walk->input2 = 0;
  for (int32_t d = 0; d < rows->rank; ++d) {
    walk->left[d] = dims[3 * d];
  }
}

int32_t pl_broadcast_next(pl_broadcast_walk *walk, const pl_broadcast *rows, const int32_t *dims) {
  for (int32_t d = 0; d < rows->rank; ++d, dims += 3) {
    if (--walk->left[d] > 0) {
      walk->input1 += dims[1];
      walk->input2 += dims[2];
      return 1;
    }
    walk->left[d] = dims[0];
  }
  return 0;
}
