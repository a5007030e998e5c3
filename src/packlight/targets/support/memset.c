// SPDX-License-Identifier: Apache-2.0
// Small: by words where the address allows it, else by bytes.

#include <stddef.h>
#include <stdint.h>

void *memset(void *to, int value, size_t n);

void *memset(void *to, int value, size_t n) {
  uint8_t *target = to;
  size_t i = 0;
  if (((uintptr_t)target & 3u) == 0) {
    const uint32_t word = (uint32_t)(value & 0xFF) * 0x01010101u;
    for (; i + 4 <= n; i += 4) {
      *(uint32_t *)(void *)(target + i) = word;
    }
  }
  for (; i < n; ++i) {
    target[i] = (uint8_t)value;
  }
  return to;
}

#if defined(__arm__)
// The run-time ABI for Arm swaps the last two arguments.
void __aeabi_memset(void *to, size_t n, int value);
void __aeabi_memset4(void *to, size_t n, int value) __attribute__((alias("__aeabi_memset")));
void __aeabi_memset8(void *to, size_t n, int value) __attribute__((alias("__aeabi_memset")));
void __aeabi_memclr(void *to, size_t n);
void __aeabi_memclr4(void *to, size_t n) __attribute__((alias("__aeabi_memclr")));
void __aeabi_memclr8(void *to, size_t n) __attribute__((alias("__aeabi_memclr")));

void __aeabi_memset(void *to, size_t n, int value) { memset(to, value, n); }

void __aeabi_memclr(void *to, size_t n) { memset(to, 0, n); }
#endif
