// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DENSE_MVE_THREE_H
#define PL_DENSE_MVE_THREE_H

#include "pl_dense_mve.h"

// Windows of three columns, `blocks` times four, each one column after the last. Each sixteen inputs of the columns lie
// together, `stride` bytes after the last ones: at least twice. The depth is ordered likewise: sixteen inputs of the
// first column, of the second and of the third.
void pl_dense_mve_three(const pl_dense_mve_layer *layer, const int8_t *columns, int32_t stride, int32_t blocks,
                        int8_t *output);

#endif
