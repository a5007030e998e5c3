// SPDX-License-Identifier: Apache-2.0
// Small: by words where both ends and the length allow it, else by bytes.

#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);

void *memcpy(void *restrict to, const void *restrict from, size_t n) {
  uint8_t *target = to;
  const uint8_t *source = from;
  size_t i = 0;
  if ((((uintptr_t)target | (uintptr_t)source) & 3u) == 0) {
    for (; i + 4 <= n; i += 4) {
      *(uint32_t *)(void *)(target + i) = *(const uint32_t *)(const void *)(source + i);
    }
  }
  for (; i < n; ++i) {
    target[i] = source[i];
  }
  return to;
}

#if defined(__arm__)
// The names that the run-time ABI for Arm has for it; their callers ignore the result.
void *__aeabi_memcpy(void *restrict to, const void *restrict from, size_t n) __attribute__((alias("memcpy")));
void *__aeabi_memcpy4(void *restrict to, const void *restrict from, size_t n) __attribute__((alias("memcpy")));
void *__aeabi_memcpy8(void *restrict to, const void *restrict from, size_t n) __attribute__((alias("memcpy")));
#endif
