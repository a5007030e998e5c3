// SPDX-License-Identifier: Apache-2.0
#define ARGS pl_resize_bilinear_s16_args
#define ELEMENT int16_t
#define SUM int64_t
#include "resize/integer.h"

void pl_resize_bilinear_s16(const void *args) {
  resize_integer(args);
}
