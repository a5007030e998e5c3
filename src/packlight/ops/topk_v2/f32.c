// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int32_t
#define KEY topk_v2_f32_key
#include "topk_v2/kernel.h"

// The bits of a float so that integers compare as the floats do.
static inline int32_t topk_v2_f32_key(int32_t bits, int32_t flip) {
  const int32_t magnitude = bits & INT32_MAX;
  return (bits < 0 ? -magnitude : magnitude) ^ flip;
}

#include "topk_v2/rows.h"

void pl_topk_v2_f32(const void *args) {
  topk_v2_rows(args);
}
