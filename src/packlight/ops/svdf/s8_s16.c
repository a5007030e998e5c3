// SPDX-License-Identifier: Apache-2.0
#define STATE int16_t
#define LOWEST INT16_MIN
#define HIGHEST INT16_MAX
#include "svdf/integer.h"

void pl_svdf_s8_s16(const void *args) {
  svdf_integer(args);
}
