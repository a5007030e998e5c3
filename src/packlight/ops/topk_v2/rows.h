// SPDX-License-Identifier: Apache-2.0
// The kernels: the including file defines ELEMENT, a signed type of the elements' size, and KEY(element, flip), by what
// elements are compared.
#include "topk_v2/kernel.h"

// The index of the largest key of a row, the first of equal ones, among those that come after `last` in that order; -1
// begins.
static inline int32_t topk_v2_next(const ELEMENT *row, int32_t length, ELEMENT flip, int32_t last) {
  const ELEMENT bound = last < 0 ? 0 : KEY(row[last], flip);
  ELEMENT best_key = 0;
  int32_t best = -1;
  for (int32_t i = 0; i < length; ++i) {
    const ELEMENT key = KEY(row[i], flip);
    const int32_t is_left = last < 0 || key < bound || (key == bound && i > last);
    if (is_left && (best < 0 || key > best_key)) {
      best = i;
      best_key = key;
    }
  }
  return best;
}

static inline void topk_v2_rows(const void *args) {
  const pl_topk_v2_args *a = args;
  const pl_topk_v2_params *p = &a->params;
  const ELEMENT *row = a->input;
  ELEMENT *value = a->values;
  int32_t stored = 0;
  for (int32_t left = p->rows; left > 0; --left, row += p->length) {
    int32_t index = -1;
    for (int32_t i = 0; i < p->k; ++i, ++stored) {
      index = topk_v2_next(row, p->length, (ELEMENT)p->flip, index);
      *value++ = row[index];
      if (p->index_bytes == 4) {
        ((int32_t *)a->indices)[stored] = index;
      } else {
        ((int16_t *)a->indices)[stored] = (int16_t)index;
      }
    }
  }
}
