// SPDX-License-Identifier: Apache-2.0
// What the kernels for float32 share: one function of each element. Inline, since each kernel has its own function.
#ifndef PL_UNARY_EACH_H
#define PL_UNARY_EACH_H

#include "unary/kernel.h"

static inline void pl_unary_each(const void *args, float (*function)(float)) {
  const pl_unary_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    a->output[i] = function(a->input[i]);
  }
}

#endif
