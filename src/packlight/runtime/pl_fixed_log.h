// SPDX-License-Identifier: Apache-2.0
// The logarithm in fixed point, bit for bit as TFLM's integer LOG_SOFTMAX has it.
#ifndef PL_FIXED_LOG_H
#define PL_FIXED_LOG_H

#include "pl.h"

// ln a in Q5.26, for a >= 1 in Q12.19.
int32_t pl_fixed_log(int32_t a);

#endif
