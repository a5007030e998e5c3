// SPDX-License-Identifier: Apache-2.0
#define ARGS pl_resize_bilinear_u8_args
#define ELEMENT uint8_t
#define ROUNDING 0.5f
#include "resize/float.h"

void pl_resize_bilinear_u8(const void *args) {
  resize_float(args);
}
