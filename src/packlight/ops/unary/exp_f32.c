// SPDX-License-Identifier: Apache-2.0
#include "pl_expf.h"
#include "unary/each.h"

void pl_unary_exp_f32(const void *args) {
  pl_unary_each(args, pl_expf);
}
