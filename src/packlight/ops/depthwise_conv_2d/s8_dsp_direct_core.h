// SPDX-License-Identifier: Apache-2.0
// One output pixel, four neighbouring channels at a time.
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_DIRECT_CORE_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_DIRECT_CORE_H

#include "depthwise_conv_2d/kernel.h"

// The core works on a copy on its stack.
typedef struct {
  const int8_t *input;   // first tap of the first channel
  const int8_t *filter;  // as well
  int8_t *output;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  int32_t groups;                     // of four channels
  int32_t taps, rows;                 // that lie inside of the input
  int32_t across, channels;           // bytes from tap to tap, in the input and in the filter
  int32_t to_row, to_filter_row;      // from behind a row to the next
  int32_t offset;                     // minus the input's zero point, twice in a word
  int32_t zero;                       // twice the output's zero point, and one
  int32_t left;                       // the core's own
} depthwise_conv_2d_s8_dsp_direct_core_job;

void depthwise_conv_2d_s8_dsp_direct_core(const depthwise_conv_2d_s8_dsp_direct_core_job *job);

#endif
