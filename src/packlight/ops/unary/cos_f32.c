// SPDX-License-Identifier: Apache-2.0
#include "pl_sinf.h"
#include "unary/each.h"

void pl_unary_cos_f32(const void *args) {
  pl_unary_each(args, pl_cosf);
}
