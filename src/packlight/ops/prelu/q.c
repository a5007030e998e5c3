// SPDX-License-Identifier: Apache-2.0
#include "pl_element.h"
#include "pl_requantize.h"
#include "prelu/kernel.h"

void pl_prelu_q(const void *args) {
  const pl_prelu_q_args *a = args;
  const pl_prelu_q_params *p = &a->params;
  int32_t at_output = 0;
  PL_EACH_PAIR(a, i, j) {
    int32_t value = pl_load(a->input1, i, p->type) + p->input_offset;
    if (value >= 0) {
      value = pl_requantize(value, p->multiplier, p->shift);
    } else {
      const int32_t alpha = pl_load(a->input2, j, p->alpha_type) + p->alpha_offset;
      value = pl_requantize(value * alpha, p->alpha_multiplier, p->alpha_shift);
    }
    pl_store(a->output, at_output++, p->type, pl_clamp(value + p->output_offset, p->range));
  }
}
