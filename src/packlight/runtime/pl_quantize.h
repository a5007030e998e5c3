// SPDX-License-Identifier: Apache-2.0
// From a real number to a stored integer.
#ifndef PL_QUANTIZE_H
#define PL_QUANTIZE_H

#include "pl.h"

// round(value / scale) + zero_point within `range`; halves away from zero, NaN to the least value. The ends of `range`
// and their distance from the zero point are below 2^24.
int32_t pl_quantize(float value, float scale, int32_t zero_point, pl_activation range);

#endif
