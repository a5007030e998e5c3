// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "fully_connected/s8_thumb_dots.h"
#include "pl_quad_thumb.h"

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
  const fully_connected_s8_thumb_scale made = {base, most, shift, high, s->factor - (high << shift), start, (1U << 24) >> halving};
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

void pl_fully_connected_s8_thumb(const void *args) {
  const pl_fully_connected_s8_thumb_args *a = args;
  const pl_fully_connected_s8_thumb_params *p = &a->params;
  const pl_quad_thumb_scale *scale = (const pl_quad_thumb_scale *)(const void *)a->scale;
  const uint32_t one = (uint32_t)(p->least + 1) << 24;
  const int32_t zero = (int32_t)(((uint32_t)(p->output_zero_point + 1) << 24) - 1);
  fully_connected_s8_thumb_scale s = fully_connected_s8_thumb_unfold(scale, one);
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    uint32_t total = 0;
    for (int32_t i = 0; i < p->depth; ++i) {
      const uint8_t value = (uint8_t)(*input++ ^ -128);
      total += value;
      a->scratch[i] = value;
    }
    const uint8_t *filter = a->filter;
    for (int32_t unit = 0; unit < p->units;) {
      const int32_t left = p->units - unit, rows = left >= 8 ? 8 : left >= 4 ? 4 : 1;
      uint32_t sums[8];
      for (int32_t i = 0; i < rows; ++i) {
        sums[i] = (uint32_t)a->bias[unit + i] - 128U * total;
      }
      (rows == 8   ? fully_connected_s8_thumb_dots_8
       : rows == 4 ? fully_connected_s8_thumb_dots_4
                   : fully_connected_s8_thumb_dots_1)(filter, a->scratch, p->depth, sums);
      filter += rows * p->depth;
      for (int32_t i = 0; i < rows; ++i, ++unit) {
        if (p->per_channel) {
          s = fully_connected_s8_thumb_unfold(scale + unit, one);
        }
        *output++ = fully_connected_s8_thumb_output(&s, (int32_t)sums[i], zero);
      }
    }
  }
}
