// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <stdint.h>

int memcmp(const void *a, const void *b, size_t n);

int memcmp(const void *a, const void *b, size_t n) {
  const uint8_t *left = a;
  const uint8_t *right = b;
  for (size_t i = 0; i < n; ++i) {
    if (left[i] != right[i]) {
      return (int)left[i] - (int)right[i];
    }
  }
  return 0;
}
