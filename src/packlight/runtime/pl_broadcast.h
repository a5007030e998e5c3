// SPDX-License-Identifier: Apache-2.0
// How an operator with two inputs walks them when one or both are broadcast.
//
// Prepare joins neighbouring dimensions that are broadcast alike. The innermost that is left is a row; without
// broadcasting, or with a scalar, one row is all there is. Rows follow one another without a gap in the output.
#ifndef PL_BROADCAST_H
#define PL_BROADCAST_H

#include "pl.h"

// Steps and strides are in elements; they are 0 where the input is broadcast.
typedef struct {
  int32_t rows, length;  // elements in a row
  int32_t step1, step2;  // from one element of a row to the next: 1 or 0
} pl_broadcast;

// Where a row starts in each input, in elements.
typedef struct {
  int32_t input1, input2;
} pl_broadcast_start;

// The start of a row. `dims` has three numbers for each dimension outside of the rows, from the inner to the outer: its
// size and the strides of both inputs. It is not read for row 0.
pl_broadcast_start pl_broadcast_row(const int32_t *dims, int32_t row);

#endif
