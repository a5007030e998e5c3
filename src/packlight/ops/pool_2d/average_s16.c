// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int16_t
#include "pool_2d/average.h"

void pl_pool_2d_average_s16(const void *args) {
  pool_2d_average(args);
}
