// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_MULTI_RUN_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_MULTI_RUN_H

#include "depthwise_conv_2d/s8_dsp_multi_core.h"

// All channels, output channels by twos. `exact`: `core` sees signs, and shifts.
void pl_depthwise_conv_2d_s8_dsp_multi_run(const pl_depthwise_conv_2d_s8_dsp_args *a,
                                           void (*core)(const depthwise_conv_2d_s8_dsp_multi_core_job *job),
                                           int32_t exact);

#endif
