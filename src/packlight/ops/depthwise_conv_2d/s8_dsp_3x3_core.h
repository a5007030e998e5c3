// SPDX-License-Identifier: Apache-2.0
// 3x3 windows over one plane: all elements of one output channel.
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_3X3_CORE_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_3X3_CORE_H

#include "depthwise_conv_2d/kernel.h"

// What the core keeps on its stack, two numbers loaded at a time. A strip is two outputs wide along the pair axis.
typedef struct {
  int32_t bias[2];            // twice the same, times 2^scale
  int32_t rounding, out_pair; // added to the scaled sum; bytes to the neighbour along the pair axis
  int32_t out_step, end;      // bytes to the neighbour along the step axis; the core's own
  int32_t shift, out_pair2;   // of the scaled sum, where signs are seen; out_pair
  int32_t strips, odd;        // full strips; whether a strip of one output follows
  int32_t out_strip;          // bytes from the end of a strip to the start of the next in the output
  int32_t plane_strip;        // and in the plane
  int32_t plane_steps;        // bytes of a strip in the plane
  int32_t pitch;              // bytes of a column of words in the plane
  int32_t scale;              // weights count times 2^scale
  int32_t multiplier;
} depthwise_conv_2d_s8_dsp_3x3_core_job;

// Stride 1 or 2; outputs whose rounding does not depend on the sum's sign, or any ("exact").
void depthwise_conv_2d_s8_dsp_3x3_core_1(const depthwise_conv_2d_s8_dsp_3x3_core_job *job, const int8_t *weights,
                                         const int16_t *plane, int8_t *output);
void depthwise_conv_2d_s8_dsp_3x3_core_2(const depthwise_conv_2d_s8_dsp_3x3_core_job *job, const int8_t *weights,
                                         const int16_t *plane, int8_t *output);
void depthwise_conv_2d_s8_dsp_3x3_core_1_exact(const depthwise_conv_2d_s8_dsp_3x3_core_job *job, const int8_t *weights,
                                               const int16_t *plane, int8_t *output);
void depthwise_conv_2d_s8_dsp_3x3_core_2_exact(const depthwise_conv_2d_s8_dsp_3x3_core_job *job, const int8_t *weights,
                                               const int16_t *plane, int8_t *output);

#endif
