// SPDX-License-Identifier: Apache-2.0
#define ELEMENT uint8_t
#define LOWEST 0
#define HIGHEST UINT8_MAX
#include "reduce/sum.h"

void pl_reduce_sum_u8(const void *args) {
  reduce_sum(args);
}
