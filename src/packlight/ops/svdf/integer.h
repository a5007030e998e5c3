// SPDX-License-Identifier: Apache-2.0
// The integer kernels' common body. Define STATE, the type of the state, with LOWEST and HIGHEST, its range.
#ifndef PL_SVDF_INTEGER_H
#define PL_SVDF_INTEGER_H

#include "pl_requantize.h"
#include "svdf/kernel.h"

static inline void svdf_integer(const void *args) {
  const pl_svdf_s8_args *a = args;
  const pl_svdf_s8_params *p = &a->params;
  const pl_activation state_range = {LOWEST, HIGHEST}, output_range = {INT8_MIN, INT8_MAX};
  const int8_t *input = a->input;
  STATE *state = a->activation_state;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->sizes.batches; ++batch, input += p->sizes.inputs) {
    const int8_t *feature = a->weights_feature;
    const STATE *time = a->weights_time;
    for (int32_t unit = 0; unit < p->sizes.units; ++unit) {
      uint32_t sum = a->bias ? (uint32_t)a->bias[unit] : 0;  // wraps
      for (int32_t filter = 0; filter < p->sizes.rank; ++filter) {
        int32_t dot = 0;
        for (int32_t i = 0; i < p->sizes.inputs; ++i) {
          dot += *feature++ * (input[i] + p->input_offset);
        }
        dot = pl_clamp(pl_requantize(dot, p->state_multiplier, p->state_shift), state_range);
        for (int32_t left = p->sizes.memory - 1; left >= 0; --left, ++state) {
          *state = left ? state[1] : (STATE)(dot + p->state_zero_point);  // the zero point may make it wrap
          sum += (uint32_t)(*time++ * (*state - p->state_zero_point));
        }
      }
      const int32_t scaled = pl_requantize((int32_t)sum, p->output_multiplier, p->output_shift);
      *output++ = (int8_t)pl_clamp(scaled + p->output_offset, output_range);
    }
  }
}

#endif
