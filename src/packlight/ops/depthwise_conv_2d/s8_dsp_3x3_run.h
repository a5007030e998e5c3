// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_3X3_RUN_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_3X3_RUN_H

#include "depthwise_conv_2d/s8_dsp_3x3_core.h"

typedef void depthwise_conv_2d_s8_dsp_3x3_core(const depthwise_conv_2d_s8_dsp_3x3_core_job *job, const int8_t *weights,
                                               const int16_t *plane, int8_t *output);

// All channels, one after the other. `exact`: `core` sees signs, and shifts.
void pl_depthwise_conv_2d_s8_dsp_3x3_run(const pl_depthwise_conv_2d_s8_dsp_3x3_args *a,
                                      depthwise_conv_2d_s8_dsp_3x3_core *core, int32_t exact);

#endif
