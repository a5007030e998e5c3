// SPDX-License-Identifier: Apache-2.0
// How an operator with two inputs walks them when one or both are broadcast.
//
// Prepare joins neighbouring dimensions that are broadcast alike. The innermost that is left is a row; without
// broadcasting, or with a scalar, one row is all there is. Rows follow one another without a gap in the output.
#ifndef PL_BROADCAST_H
#define PL_BROADCAST_H

#include "pl.h"

typedef struct {
  int32_t rank;          // dimensions outside of the rows, at most 7
  int32_t length;        // elements in a row
  int32_t step1, step2;  // from one element of a row to the next in each input: 1, or 0 where it is broadcast
} pl_broadcast;

// Where a walk is: the start of a row in each input, in elements, and what is left of each dimension.
typedef struct {
  int32_t input1, input2;
  int32_t left[7];
} pl_broadcast_walk;

// `dims` has three numbers for each dimension outside of the rows, from the inner to the outer: its size, and how far
// each input moves when it advances and all inner ones begin again, in elements.
void pl_broadcast_start(pl_broadcast_walk *walk, const pl_broadcast *rows, const int32_t *dims);

// To the next row; 0 if there is none.
int32_t pl_broadcast_next(pl_broadcast_walk *walk, const pl_broadcast *rows, const int32_t *dims);

// The loop of a kernel whose args `a` have params.rows, dims and two inputs: for each element of the output, in order,
// `i` and `j` are the indices of its elements in the inputs.
#define PL_EACH_PAIR(a, i, j)                                                                                    \
  for (pl_broadcast_walk at, *row = (pl_broadcast_start(&at, &(a)->params.rows, (a)->dims), &at); row != NULL; \
       row = pl_broadcast_next(&at, &(a)->params.rows, (a)->dims) ? &at : NULL)                                \
    for (int32_t i = at.input1, j = at.input2, left = (a)->params.rows.length; left > 0;                       \
         --left, i += (a)->params.rows.step1, j += (a)->params.rows.step2)

#endif
