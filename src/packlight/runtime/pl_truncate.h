// SPDX-License-Identifier: Apache-2.0
// From a float to an integer where C leaves what an integer does not hold undefined.
#ifndef PL_TRUNCATE_H
#define PL_TRUNCATE_H

#include "pl.h"

// The float without its fraction; the nearest int64 where it exceeds them, 0 for NaN.
int64_t pl_truncate(float value);

#endif
