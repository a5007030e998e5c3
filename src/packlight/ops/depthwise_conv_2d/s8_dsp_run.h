// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_RUN_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_RUN_H

#include "depthwise_conv_2d/s8_dsp_core.h"

// Before a loop that no compiler shall unroll: it runs once for each channel, and unrolled takes kilobytes.
#if defined(__clang__)
#define PL_ROLLED _Pragma("clang loop unroll(disable) vectorize(disable)")
#else
#define PL_ROLLED _Pragma("GCC unroll 1")
#endif

// All channels, one after the other.
void pl_depthwise_conv_2d_s8_dsp_run(const pl_depthwise_conv_2d_s8_dsp_args *a,
                                  void (*core)(depthwise_conv_2d_s8_dsp_core_job *job));

// Fills words of scratch, whatever their later use.
void pl_depthwise_conv_2d_s8_dsp_run_fill(void *words, int32_t count, int32_t value);

// Copies one channel into its plane.
void pl_depthwise_conv_2d_s8_dsp_run_widen(const pl_depthwise_conv_2d_s8_dsp_params *p, const int8_t *input,
                                           int16_t *plane);

#endif
