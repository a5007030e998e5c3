// SPDX-License-Identifier: Apache-2.0
#ifndef PL_CLAMP_DSP_H
#define PL_CLAMP_DSP_H

#include "pl.h"

// Clamps `count` elements in place, four at a time; does nothing where the range is that of int8.
void pl_clamp_dsp(int8_t *elements, int32_t count, pl_activation range);

#endif
