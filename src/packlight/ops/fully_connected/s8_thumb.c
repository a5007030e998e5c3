// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/s8_scale.h"
#include "fully_connected/s8_thumb_run.h"

static void fully_connected_s8_thumb_finish(const pl_fully_connected_s8_thumb_args *a, int32_t unit, int32_t rows,
                                            const uint32_t *sums, int8_t *output) {
  const pl_fully_connected_s8_thumb_params *p = &a->params;
  const fully_connected_s8_scale_output ends = fully_connected_s8_scale_ends(p->least, p->output_zero_point);
  const int32_t *scale = a->scale + (p->per_channel ? 3 * unit : 0);
  fully_connected_s8_scale s = fully_connected_s8_scale_unfold(scale, ends.one);
  for (int32_t i = 0; i < rows; ++i) {
    if (p->per_channel && i > 0) {
      s = fully_connected_s8_scale_unfold(scale + 3 * i, ends.one);
    }
    output[i] = fully_connected_s8_scale_of(&s, (int32_t)sums[i], ends.zero);
  }
}

void pl_fully_connected_s8_thumb(const void *args) {
  pl_fully_connected_s8_thumb_run(args, fully_connected_s8_thumb_finish);
}
