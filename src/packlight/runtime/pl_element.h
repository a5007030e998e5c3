// SPDX-License-Identifier: Apache-2.0
// Elements of a type that is known only when the kernel runs: one kernel for integers of several widths, where the work
// for each element outweighs the look at its type.
#ifndef PL_ELEMENT_H
#define PL_ELEMENT_H

#include "pl.h"

// packlight/elementwise.py knows them too.
enum { PL_INT8, PL_UINT8, PL_INT16, PL_INT32 };

// The element `index` of an array of such a type.
int32_t pl_load(const void *array, int32_t index, int32_t type);

// Makes it `value`, which fits into the type.
void pl_store(void *array, int32_t index, int32_t type, int32_t value);

#endif
