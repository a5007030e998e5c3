// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int8_t
#define KEY(element, flip) ((ELEMENT)((element) ^ (flip)))
#include "topk_v2/rows.h"

void pl_topk_v2_8(const void *args) {
  topk_v2_rows(args);
}
