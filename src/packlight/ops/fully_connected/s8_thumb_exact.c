// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/s8_thumb_run.h"
#include "pl_requantize.h"

static void fully_connected_s8_thumb_exact_finish(const pl_fully_connected_s8_thumb_args *a, int32_t unit, int32_t rows,
                                                  const uint32_t *sums, int8_t *output) {
  const pl_fully_connected_s8_thumb_params *p = &a->params;
  for (int32_t i = 0; i < rows; ++i) {
    const pl_quad_thumb_scale *s = (const pl_quad_thumb_scale *)(const void *)a->scale;
    s += p->per_channel ? unit + i : 0;
    const int32_t rest = (int32_t)s->rest;
    const pl_activation activation = {p->least, rest >> 8};
    const int32_t scaled = pl_requantize((int32_t)sums[i], (int32_t)s->factor, (int8_t)(rest & 255));
    output[i] = (int8_t)pl_clamp(scaled + p->output_zero_point, activation);
  }
}

void pl_fully_connected_s8_thumb_exact(const void *args) {
  pl_fully_connected_s8_thumb_run(args, fully_connected_s8_thumb_exact_finish);
}
