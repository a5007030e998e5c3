// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/s8_thumb_run.h"

// A pl_quad_thumb_scale, unfolded.
typedef struct {
  int32_t base, most;
  uint32_t shift, high, low, start, below;
} fully_connected_s8_thumb_scale;

static fully_connected_s8_thumb_scale fully_connected_s8_thumb_unfold(const pl_quad_thumb_scale *s, uint32_t one) {
  const uint32_t shift = s->rest & 255U, halving = (uint32_t)s->base & 31U;
  const uint32_t high = s->factor >> shift;
  const int32_t base = (s->base - (int32_t)halving) / 32, most = (int32_t)((s->rest >> 8 & 2047U) << halving >> 1);
  const uint32_t start = one - ((s->rest >> 19) * (high >> 4) >> 9);
  const uint32_t low = s->factor - (high << shift), below = (1U << 24) >> halving;
  const fully_connected_s8_thumb_scale made = {base, most, shift, high, low, start, below};
  return made;
}

static int8_t fully_connected_s8_thumb_output(const fully_connected_s8_thumb_scale *s, int32_t sum, int32_t zero) {
  int32_t at = sum + s->base;
  at = at < 0 ? 0 : at > s->most ? s->most : at;
  uint32_t u = (uint32_t)at * s->high + ((uint32_t)at * s->low >> s->shift) + s->start;
  if ((int32_t)u <= zero) {
    u -= s->below;
  }
  return (int8_t)(u >> 24);
}

static void fully_connected_s8_thumb_finish(const pl_fully_connected_s8_thumb_args *a, int32_t unit, int32_t rows,
                                            const uint32_t *sums, int8_t *output) {
  const pl_fully_connected_s8_thumb_params *p = &a->params;
  const pl_quad_thumb_scale *scale = (const pl_quad_thumb_scale *)(const void *)a->scale;
  const uint32_t one = (uint32_t)(p->least + 1) << 24;
  const int32_t zero = (int32_t)(((uint32_t)(p->output_zero_point + 1) << 24) - 1);
  scale += p->per_channel ? unit : 0;
  fully_connected_s8_thumb_scale s = fully_connected_s8_thumb_unfold(scale, one);
  for (int32_t i = 0; i < rows; ++i) {
    if (p->per_channel && i > 0) {
      s = fully_connected_s8_thumb_unfold(scale + i, one);
    }
    output[i] = fully_connected_s8_thumb_output(&s, (int32_t)sums[i], zero);
  }
}

void pl_fully_connected_s8_thumb(const void *args) {
  pl_fully_connected_s8_thumb_run(args, fully_connected_s8_thumb_finish);
}
