// SPDX-License-Identifier: Apache-2.0
#define ARGS pl_resize_bilinear_s8_args
#define ELEMENT int8_t
#define SUM int32_t
#include "resize/integer.h"

void pl_resize_bilinear_s8(const void *args) {
  resize_integer(args);
}
