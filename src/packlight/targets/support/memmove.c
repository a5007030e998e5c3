// SPDX-License-Identifier: Apache-2.0
// Small: by bytes, from the end that does not overwrite what is still to be read.

#include <stddef.h>
#include <stdint.h>

void *memmove(void *to, const void *from, size_t n);

void *memmove(void *to, const void *from, size_t n) {
  uint8_t *target = to;
  const uint8_t *source = from;
  if ((uintptr_t)target <= (uintptr_t)source) {
    for (size_t i = 0; i < n; ++i) {
      target[i] = source[i];
    }
  } else {
    while (n > 0) {
      --n;
      target[n] = source[n];
    }
  }
  return to;
}

#if defined(__arm__)
// The names that the run-time ABI for Arm has for it; their callers ignore the result.
void *__aeabi_memmove(void *to, const void *from, size_t n) __attribute__((alias("memmove")));
void *__aeabi_memmove4(void *to, const void *from, size_t n) __attribute__((alias("memmove")));
void *__aeabi_memmove8(void *to, const void *from, size_t n) __attribute__((alias("memmove")));
#endif
