// SPDX-License-Identifier: Apache-2.0
// The integer kernels' common body. Define VALUE, the type of input and output, with LOWEST and HIGHEST, its range; SUM,
// the type of sums; RESCALE(sum, scale).
#ifndef PL_LSTM_INTEGER_H
#define PL_LSTM_INTEGER_H

#include "lstm/kernel.h"
#include "pl_requantize.h"

static inline int32_t lstm_saturated(int32_t value) {
  const pl_activation range = {INT16_MIN, INT16_MAX};
  return pl_clamp(value, range);
}

static inline int32_t lstm_product(int32_t a, int32_t b, const pl_lstm_scale *scale) {
  return pl_requantize(a * b, scale->multiplier, scale->shift);
}

static inline void lstm_step(const pl_lstm_args *a, const VALUE *input, const VALUE *before, int16_t *cell,
                             VALUE *output) {
  const pl_lstm_params *p = &a->params;
  const pl_activation range = {LOWEST, HIGHEST};
  const int8_t *weight = a->filter;
  const SUM *bias = a->bias, *recurrent_bias = a->recurrent_bias;
  for (int32_t unit = 0; unit < p->sizes.units; ++unit) {
    const pl_lstm_scale *scale = a->scales;
    int32_t gates[PL_LSTM_GATES];
    for (int32_t gate = 0; gate < PL_LSTM_GATES; ++gate, scale += 2) {
      SUM sum = *bias++, recurrent = recurrent_bias ? *recurrent_bias++ : 0;
      for (int32_t i = 0; i < p->sizes.inputs; ++i) {
        sum += (SUM)(*weight++ * input[i]);
      }
      for (int32_t i = 0; i < p->sizes.outputs; ++i) {
        recurrent += (SUM)(*weight++ * before[i]);
      }
      const int32_t both = lstm_saturated(RESCALE(sum, scale[0])) + lstm_saturated(RESCALE(recurrent, scale[1]));
      gates[gate] = pl_sigmoid_s16(&a->curves[gate == PL_LSTM_CELL], a->table, lstm_saturated(both));
    }
    const int32_t kept = lstm_saturated(lstm_product(gates[PL_LSTM_FORGET], cell[unit], &scale[0]));
    const int32_t joined = lstm_saturated(lstm_product(gates[PL_LSTM_INPUT], gates[PL_LSTM_CELL], &scale[1]));
    cell[unit] = (int16_t)pl_clamp(kept + joined, p->cell_clip);
    const int32_t shown = pl_sigmoid_s16(&a->curves[2], a->table, cell[unit]);
    const int32_t scaled = lstm_product(shown, gates[PL_LSTM_OUTPUT], &scale[2]) + p->output_offset;
    output[unit] = (VALUE)pl_clamp(scaled, range);
  }
}

static inline void lstm_integer(const void *args) {
  const pl_lstm_args *a = args;
  const pl_lstm_sizes *p = &a->params.sizes;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    VALUE *const state = (VALUE *)a->output_state + batch * p->outputs;
    const VALUE *before = state;
    for (int32_t step = 0; step < p->steps; ++step) {
      const VALUE *const input = (const VALUE *)a->input + batch * p->input_batch + step * p->input_step;
      VALUE *const output = (VALUE *)a->output + batch * p->output_batch + step * p->output_step;
      lstm_step(a, input, before, a->cell_state + batch * p->units, output);
      before = output;
    }
    for (int32_t i = 0; i < p->outputs; ++i) {
      state[i] = before[i];
    }
  }
}

#endif
