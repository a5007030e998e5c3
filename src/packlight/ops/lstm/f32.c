// SPDX-License-Identifier: Apache-2.0
#include "lstm/kernel.h"
#include "pl_expf.h"
#include "pl_expm1f.h"

static float lstm_f32_logistic(float x) {
  return 1.0f / (1.0f + pl_expf(-x));
}

static float lstm_f32_dot(const float *a, const float *b, int32_t size) {
  float sum = 0.0f;
  for (int32_t i = 0; i < size; ++i) {
    sum += a[i] * b[i];
  }
  return sum;
}

// What the units show, from an input row and the output row before; moves the cell states on.
static void lstm_f32_units(const pl_lstm_f32_args *a, const float *input, const float *before, float *cell,
                           float *shown) {
  const pl_lstm_f32_params *p = &a->params;
  const float *weight = a->filter, *bias = a->bias, *peephole = a->peephole;
  for (int32_t unit = 0; unit < p->sizes.units; ++unit) {
    float gates[PL_LSTM_GATES] = {0.0f};
    for (int32_t gate = p->first_gate; gate < PL_LSTM_GATES; ++gate) {
      gates[gate] = lstm_f32_dot(weight, input, p->sizes.inputs) + *bias++;
      weight += p->sizes.inputs;
      gates[gate] += lstm_f32_dot(weight, before, p->sizes.outputs);
      weight += p->sizes.outputs;
    }
    float state = cell[unit];
    if (peephole) {
      gates[PL_LSTM_INPUT] += *peephole++ * state;
      gates[PL_LSTM_FORGET] += *peephole++ * state;
    }
    const float forget = lstm_f32_logistic(gates[PL_LSTM_FORGET]);
    const float join = p->first_gate == PL_LSTM_INPUT ? lstm_f32_logistic(gates[PL_LSTM_INPUT]) : 1.0f - forget;
    state = pl_clamp_f32(forget * state + join * pl_tanhf(gates[PL_LSTM_CELL]), p->cell_clip);
    if (peephole) {
      gates[PL_LSTM_OUTPUT] += *peephole++ * state;
    }
    cell[unit] = state;
    shown[unit] = pl_tanhf(state) * lstm_f32_logistic(gates[PL_LSTM_OUTPUT]);
  }
}

static void lstm_f32_step(const pl_lstm_f32_args *a, const float *input, const float *before, float *cell,
                          float *output) {
  const pl_lstm_f32_params *p = &a->params;
  lstm_f32_units(a, input, before, cell, a->projection ? a->scratch : output);
  for (int32_t i = 0; a->projection && i < p->sizes.outputs; ++i) {
    const float sum = lstm_f32_dot(a->projection + i * p->sizes.units, a->scratch, p->sizes.units);
    output[i] = pl_clamp_f32(sum + (a->projection_bias ? a->projection_bias[i] : 0.0f), p->projection_clip);
  }
}

void pl_lstm_f32(const void *args) {
  const pl_lstm_f32_args *a = args;
  const pl_lstm_sizes *p = &a->params.sizes;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    float *const state = a->output_state + batch * p->outputs;
    const float *before = state;
    for (int32_t step = 0; step < p->steps; ++step) {
      const float *const input = a->input + batch * p->input_batch + step * p->input_step;
      float *const output = a->output + batch * p->output_batch + step * p->output_step;
      lstm_f32_step(a, input, before, a->cell_state + batch * p->units, output);
      before = output;
    }
    for (int32_t i = 0; i < p->outputs; ++i) {
      state[i] = before[i];
    }
  }
}
