// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int16_t
#define LOWEST INT16_MIN
#define HIGHEST INT16_MAX
#include "reduce/sum.h"

void pl_reduce_sum_s16(const void *args) {
  reduce_sum(args);
}
