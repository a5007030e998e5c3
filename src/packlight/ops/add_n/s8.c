// SPDX-License-Identifier: Apache-2.0
#include "add_n/kernel.h"
#include "pl_requantize.h"

void pl_add_n_s8(const void *args) {
  const pl_add_n_s8_args *a = args;
  const pl_add_n_s8_params *p = &a->params;
  const int8_t *const inputs[PL_ADD_N_INPUTS] = {a->input0, a->input1, a->input2, a->input3,
                                                 a->input4, a->input5, a->input6, a->input7};
  for (int32_t i = 0; i < p->size; ++i) {
    int32_t sum = p->offset;
    for (int32_t n = 0; n < PL_ADD_N_INPUTS && inputs[n] != NULL; ++n) {
      sum += inputs[n][i];
    }
    const int32_t result = pl_requantize(sum * (1 << 19), p->multiplier, p->shift) + p->output_offset;
    a->output[i] = (int8_t)pl_clamp(result, p->range);
  }
}
