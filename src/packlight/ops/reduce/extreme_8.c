// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int8_t
#include "reduce/extreme.h"

void pl_reduce_extreme_8(const void *args) {
  reduce_extreme(args);
}
