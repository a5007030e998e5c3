// SPDX-License-Identifier: Apache-2.0
#ifndef PL_ADD_S8_MVE_CORE_H
#define PL_ADD_S8_MVE_CORE_H

#include "add/kernel.h"

// Sixteen elements at a time.
void add_s8_mve_core(const pl_add_s8_dsp_params *params, const int8_t *input1, const int8_t *input2, int8_t *output);

#endif
