// SPDX-License-Identifier: Apache-2.0
#define ELEMENT uint8_t
#include "pool_2d/max.h"

void pl_pool_2d_max_u8(const void *args) {
  pool_2d_max(args);
}
