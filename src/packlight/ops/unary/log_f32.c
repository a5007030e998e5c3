// SPDX-License-Identifier: Apache-2.0
#include "pl_logf.h"
#include "unary/each.h"

void pl_unary_log_f32(const void *args) {
  pl_unary_each(args, pl_logf);
}
