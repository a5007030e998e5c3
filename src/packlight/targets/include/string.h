// SPDX-License-Identifier: Apache-2.0
// For compilers that come without a C library: what ../support defines.
#ifndef PL_TARGETS_STRING_H
#define PL_TARGETS_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int value, size_t n);
int memcmp(const void *a, const void *b, size_t n);

#endif  // PL_TARGETS_STRING_H
