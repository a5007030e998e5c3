// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int64_t
#include "reduce/extreme.h"

void pl_reduce_extreme_64(const void *args) {
  reduce_extreme(args);
}
