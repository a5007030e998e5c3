// SPDX-License-Identifier: Apache-2.0
#define ARGS pl_resize_bilinear_f32_args
#define ELEMENT float
#define ROUNDING 0.0f
#include "resize/float.h"

void pl_resize_bilinear_f32(const void *args) {
  resize_float(args);
}
