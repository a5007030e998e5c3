// SPDX-License-Identifier: Apache-2.0
// Planes: channels of an NHWC input widened to int16, two neighbours of the pair axis in a word, the words of the step
// axis one after the other. Cores with the DSP extension multiply such pairs in one instruction.
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_PLANE_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_PLANE_H

#include "depthwise_conv_2d/kernel.h"

// Fills `bytes` of planes with an element, for what lies outside of the input.
void depthwise_conv_2d_s8_dsp_plane_fill(int16_t *planes, int32_t bytes, int32_t element);

// Copies one channel of the input into a plane: every element inside of the input.
void depthwise_conv_2d_s8_dsp_plane_one(const int8_t *input, int16_t *plane, const pl_depthwise_conv_2d_plane *layout);

// The same for a channel and the next, whose plane follows the first.
void depthwise_conv_2d_s8_dsp_plane_two(const int8_t *input, int16_t *planes, const pl_depthwise_conv_2d_plane *layout);

#endif
