// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SIGNAL_FILTER_BANK_KERNEL_H
#define PL_SIGNAL_FILTER_BANK_KERNEL_H

#include "pl.h"

// A band of frequencies counts for two channels: by its weights for its own, by its unweights for the next one. There
// is one band more than channels: the first counts for the first channel by its unweights only.
//
// Where each weight and its unweight add up to `sum` or to one less, there is one number for both: twice the weight, plus
// 1 in the second case. Otherwise `sum` is 0, and unweights alternate with weights.
typedef struct {
  int32_t channels;
  int32_t sum;
} pl_signal_filter_bank_params;

typedef struct {
  pl_signal_filter_bank_params params;
  const uint32_t *input;
  const int16_t *bands;    // [channels + 1, 2]: the first frequency, and how many
  const int16_t *weights;  // of all bands, one behind the other
  uint64_t *output;
} pl_signal_filter_bank_args;

typedef struct {
  int32_t channels;
} pl_signal_filter_bank_square_root_params;

typedef struct {
  pl_signal_filter_bank_square_root_params params;
  const uint64_t *input;
  const int32_t *scale_bits;  // how far the roots are shifted to the right
  uint32_t *output;
} pl_signal_filter_bank_square_root_args;

// Factors have `bits` fractional bits. Those of channels with an even index come first.
typedef struct {
  int32_t channels;
  uint32_t smoothing[2], one_minus_smoothing[2];
  uint32_t min_signal_remaining;
  int32_t bits;
  int32_t smoothing_bits;  // fractional bits that the noise estimate has and the signal has not
  int32_t clamping;        // whether the estimate is kept at most as large as the signal
} pl_signal_filter_bank_subtraction_params;

typedef struct {
  pl_signal_filter_bank_subtraction_params params;
  const uint32_t *input;
  uint32_t *noise;  // the estimate that is kept
  uint32_t *output;
  uint32_t *noise_estimate;  // and a copy of it
} pl_signal_filter_bank_subtraction_args;

typedef struct {
  int32_t channels;
  int32_t correction_bits;  // how far the input is shifted to the left
  uint32_t scale;           // of the output
} pl_signal_filter_bank_log_params;

typedef struct {
  pl_signal_filter_bank_log_params params;
  const uint32_t *input;
  const uint16_t *table;  // [129]: (log2(1 + i / 128) - i / 128) * 2^16
  int16_t *output;
} pl_signal_filter_bank_log_args;

typedef struct {
  int32_t channels;
  int32_t snr_shift;
} pl_signal_filter_bank_pcan_params;

typedef struct {
  pl_signal_filter_bank_pcan_params params;
  const uint32_t *input;
  const uint32_t *noise_estimate;
  const int16_t *gain_lut;  // [125]
  uint32_t *output;
} pl_signal_filter_bank_pcan_args;

PL_KERNEL void pl_signal_filter_bank_bands(const void *args);
PL_KERNEL void pl_signal_filter_bank_square_root(const void *args);
PL_KERNEL void pl_signal_filter_bank_subtraction(const void *args);
PL_KERNEL void pl_signal_filter_bank_log(const void *args);
PL_KERNEL void pl_signal_filter_bank_pcan(const void *args);

#endif
