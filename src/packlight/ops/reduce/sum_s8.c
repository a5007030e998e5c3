// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int8_t
#define LOWEST INT8_MIN
#define HIGHEST INT8_MAX
#include "reduce/sum.h"

void pl_reduce_sum_s8(const void *args) {
  reduce_sum(args);
}
