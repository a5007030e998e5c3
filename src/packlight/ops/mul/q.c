// SPDX-License-Identifier: Apache-2.0
#include "mul/kernel.h"
#include "pl_element.h"
#include "pl_requantize.h"

void pl_mul_q(const void *args) {
  const pl_mul_q_args *a = args;
  const pl_mul_q_params *p = &a->params;
  int32_t at_output = 0;
  PL_EACH_PAIR(a, i, j) {
    const int32_t first = pl_load(a->input1, i, p->type) + p->input1_offset;
    const int32_t second = pl_load(a->input2, j, p->type) + p->input2_offset;
    const int32_t result = pl_requantize(first * second, p->multiplier, p->shift) + p->output_offset;
    pl_store(a->output, at_output++, p->type, pl_clamp(result, p->activation));
  }
}
