// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "add/s8_mve_core.h"
#include "pl_bytes_mve.h"

void pl_add_s8_mve(const void *args) {
  const pl_add_s8_mve_args *a = args;
  add_s8_mve_core(&a->params, a->input1, a->input2, a->output);
  pl_clamp_mve(a->output, a->params.length, a->params.activation);
}
