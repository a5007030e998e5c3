// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LSTM_KERNEL_H
#define PL_LSTM_KERNEL_H

#include "pl.h"
#include "pl_sigmoid.h"

// The gates of a unit in their order: input, forget, cell, output.
enum { PL_LSTM_INPUT, PL_LSTM_FORGET, PL_LSTM_CELL, PL_LSTM_OUTPUT, PL_LSTM_GATES };

// An input row [inputs] becomes an output row [outputs] in each step. Strides are in elements, from one to the next;
// negative ones go back in time.
typedef struct {
  int32_t batches, steps, inputs, outputs, units;
  int32_t input_batch, input_step;
  int32_t output_batch, output_step;
} pl_lstm_sizes;

// multiplier and shift of pl_requantize, or of pl_requantize_wide for sums of 64 bits
typedef struct {
  int32_t multiplier, shift;
} pl_lstm_scale;

typedef struct {
  pl_lstm_sizes sizes;     // with as many outputs as units
  pl_activation cell_clip; // of the cell state, within int16
  int32_t output_offset;   // the output's zero point
} pl_lstm_params;

// s8, s16, by input, output and output state; sums of s8 have 32 bits, those of s16 have 64.
typedef struct {
  pl_lstm_params params;
  const void *input;
  const int8_t *filter;         // [units, 4, inputs + outputs]: weights of the input, then of the output before
  const void *bias;             // [units, 4], sums, with the input's zero point folded in
  const void *recurrent_bias;   // [units, 4], sums that stand for the output's zero point; NULL where it is 0
  const pl_lstm_scale *scales;  // [11]: for each gate the sum of inputs and of outputs, in units of 2^-12; forget gate *
                                // cell state, input gate * cell gate, both to cell state; output gate * tanh to output
  const pl_sigmoid *curves;     // [3]: logistic, tanh of a gate, tanh of a cell state
  const uint16_t *table;        // as pl_sigmoid.h wants it
  void *output_state;           // [batches, outputs]
  int16_t *cell_state;          // [batches, units]
  void *output;
} pl_lstm_args;

typedef struct {
  pl_lstm_sizes sizes;
  int32_t first_gate;  // PL_LSTM_FORGET: the input gate is 1 - forget gate, and has no weights
  pl_activation_f32 cell_clip, projection_clip;
} pl_lstm_f32_params;

typedef struct {
  pl_lstm_f32_params params;
  const float *input;
  const float *filter;           // [units, gates, inputs + outputs]: weights of the input, then of the output before
  const float *bias;             // [units, gates]
  const float *peephole;         // [units, 3]: weights of the cell state for input, forget, output gate; may be NULL
  const float *projection;       // [outputs, units]; NULL: outputs are those of the units
  const float *projection_bias;  // [outputs], may be NULL
  float *output_state;           // [batches, outputs]
  float *cell_state;             // [batches, units]
  float *scratch;                // [units] with a projection
  float *output;
} pl_lstm_f32_args;

PL_KERNEL void pl_lstm_s8(const void *args);
PL_KERNEL void pl_lstm_s16(const void *args);
PL_KERNEL void pl_lstm_f32(const void *args);

#endif
