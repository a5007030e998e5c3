// SPDX-License-Identifier: Apache-2.0
#define STATE int8_t
#define LOWEST INT8_MIN
#define HIGHEST INT8_MAX
#include "svdf/integer.h"

void pl_svdf_s8_s8(const void *args) {
  svdf_integer(args);
}
