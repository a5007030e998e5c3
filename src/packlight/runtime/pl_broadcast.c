// SPDX-License-Identifier: Apache-2.0
#include "pl_broadcast.h"

pl_broadcast_start pl_broadcast_row(const int32_t *dims, int32_t row) {
  pl_broadcast_start start = {0, 0};
  for (; row > 0; dims += 3) {
    const int32_t outer = row / dims[0];
    const int32_t index = row - outer * dims[0];
    start.input1 += index * dims[1];
    start.input2 += index * dims[2];
    row = outer;
  }
  return start;
}
