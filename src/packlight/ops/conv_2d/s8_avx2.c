// SPDX-License-Identifier: Apache-2.0
// Four windows at a time are widened to int16, zero point subtracted, one after the other; then sixteen output channels
// of each are summed at once: a pair of inputs, the same in all lanes, times a pair of weights in each.
#include "conv_2d/kernel.h"
#include "pl_avx2.h"

#ifdef PL_AVX2

#define WINDOWS 4
#define CHANNELS 16  // of a block
#define ROOM 16384   // int16 of all windows: on the stack, since the arena is the device's

static PL_AVX2_INLINE void conv_2d_s8_avx2_widen_8(int16_t *to, const int8_t *from, __m256i offset) {
  const __m128i wide = _mm_cvtepi8_epi16(_mm_loadl_epi64((const __m128i *)(const void *)from));
  _mm_storeu_si128((__m128i *)(void *)to, _mm_add_epi16(wide, _mm256_castsi256_si128(offset)));
}

static PL_AVX2_INLINE void conv_2d_s8_avx2_widen_16(int16_t *to, const int8_t *from, __m256i offset) {
  const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)from));
  _mm256_storeu_si256((__m256i *)(void *)to, _mm256_add_epi16(wide, offset));
}

// Widens `count` inputs, the last ones twice if need be; returns where the next ones go.
static PL_AVX2_INLINE int16_t *conv_2d_s8_avx2_widen(int16_t *to, const int8_t *from, int32_t count, int32_t offset) {
  const __m256i offsets = _mm256_set1_epi16((int16_t)offset);
  if (count >= 16) {
    for (int32_t i = 0; i < count - 16; i += 16) {
      conv_2d_s8_avx2_widen_16(to + i, from + i, offsets);
    }
    conv_2d_s8_avx2_widen_16(to + count - 16, from + count - 16, offsets);
  } else if (count >= 8) {
    conv_2d_s8_avx2_widen_8(to, from, offsets);
    conv_2d_s8_avx2_widen_8(to + count - 8, from + count - 8, offsets);
  } else {
    for (int32_t i = 0; i < count; ++i) {
      to[i] = (int16_t)(from[i] + offset);
    }
  }
  return to + count;
}

static PL_AVX2_INLINE int16_t *conv_2d_s8_avx2_zeros(int16_t *to, int32_t count) {
  memset(to, 0, (size_t)count * sizeof *to);
  return to + count;
}

// Widens one row of a window: inputs from column x0 on, zeros outside of the input.
static PL_AVX2_INLINE int16_t *conv_2d_s8_avx2_row(int16_t *to, const pl_conv_2d_s8_params *p, const int8_t *line, int32_t x0) {
  const pl_conv_2d_geometry *g = &p->geometry;
  if (g->dilation.w == 1) {
    const int32_t left = x0 < 0 ? (-x0 < g->filter_w ? -x0 : g->filter_w) : 0;
    const int32_t inside = g->input_w - x0 < g->filter_w ? g->input_w - x0 : g->filter_w;
    const int32_t right = inside > left ? inside : left;
    to = left ? conv_2d_s8_avx2_zeros(to, left * g->input_c) : to;
    if (right > left) {
      to = conv_2d_s8_avx2_widen(to, line + (x0 + left) * g->input_c, (right - left) * g->input_c, p->input_offset);
    }
    return right < g->filter_w ? conv_2d_s8_avx2_zeros(to, (g->filter_w - right) * g->input_c) : to;
  }
  for (int32_t kx = 0; kx < g->filter_w; ++kx, x0 += g->dilation.w) {
    const int32_t inside = x0 >= 0 && x0 < g->input_w;
    to = inside ? conv_2d_s8_avx2_widen(to, line + x0 * g->input_c, g->input_c, p->input_offset)
                : conv_2d_s8_avx2_zeros(to, g->input_c);
  }
  return to;
}

// Widens the window of output element (y, x), and makes its length even.
static PL_AVX2_INLINE void conv_2d_s8_avx2_window(int16_t *to, const pl_conv_2d_s8_params *p, const int8_t *input, pl_tile at) {
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t x0 = at.w * g->stride.w - g->padding.w;
  int32_t y = at.h * g->stride.h - g->padding.h;
  for (int32_t ky = 0; ky < g->filter_h; ++ky, y += g->dilation.h) {
    to = y >= 0 && y < g->input_h ? conv_2d_s8_avx2_row(to, p, input + y * g->input_w * g->input_c, x0)
                                  : conv_2d_s8_avx2_zeros(to, g->filter_w * g->input_c);
  }
  *to = 0;
}

// All output channels of `count` windows, a constant, of `pairs` pairs each.
static PL_AVX2_INLINE void conv_2d_s8_avx2_sums(const pl_conv_2d_s8_avx2_args *a, const int16_t *windows, int32_t pairs,
                                                int32_t count, int8_t *output) {
  const pl_conv_2d_s8_params *p = &a->params;
  const int32_t channels = p->geometry.output_c;
  const int8_t *filter = a->filter;
  const int32_t *numbers = a->channels;
  for (int32_t c = 0; c < channels; c += CHANNELS, numbers += 4 * CHANNELS) {
    pl_avx2_sums sums[WINDOWS];
    for (int32_t i = 0; i < count; ++i) {
      sums[i].low = pl_avx2_load(numbers);
      sums[i].high = pl_avx2_load(numbers + 8);
    }
    for (int32_t k = 0; k < pairs; ++k, filter += 2 * CHANNELS) {
      const __m256i low = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)filter));
      const __m256i high = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(filter + CHANNELS)));
      for (int32_t i = 0; i < count; ++i) {
        int32_t pair;
        memcpy(&pair, windows + 2 * (i * pairs + k), sizeof pair);
        const __m256i inputs = _mm256_set1_epi32(pair);
        sums[i].low = _mm256_add_epi32(sums[i].low, _mm256_madd_epi16(inputs, low));
        sums[i].high = _mm256_add_epi32(sums[i].high, _mm256_madd_epi16(inputs, high));
      }
    }
    const pl_avx2_scale low = {pl_avx2_load(numbers + 16), pl_avx2_load(numbers + 32), pl_avx2_load(numbers + 48)};
    const pl_avx2_scale high = {pl_avx2_load(numbers + 24), pl_avx2_load(numbers + 40), pl_avx2_load(numbers + 56)};
    for (int32_t i = 0; i < count; ++i) {
      sums[i].low = pl_avx2_requantize(sums[i].low, low);
      sums[i].high = pl_avx2_requantize(sums[i].high, high);
      pl_avx2_store(output + i * channels + c, sums[i], p->output_offset, p->activation, channels - c);
    }
  }
}

PL_AVX2 void pl_conv_2d_s8_avx2(const void *args) {
  const pl_conv_2d_s8_avx2_args *a = args;
  const pl_conv_2d_s8_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t pairs = (g->filter_h * g->filter_w * g->input_c + 1) / 2;
  const int32_t together = WINDOWS * 2 * pairs <= ROOM ? WINDOWS : 1;
  int16_t windows[ROOM + 1];
  const int8_t *input = a->input;
  int8_t *output = a->output;
  pl_tile at = {0, 0};
  for (int32_t left = g->batches * g->output_h * g->output_w; left > 0;) {
    const int32_t count = left < together ? left : together;
    for (int32_t i = 0; i < count; ++i) {
      conv_2d_s8_avx2_window(windows + i * 2 * pairs, p, input, at);
      if (++at.w == g->output_w) {
        at.w = 0;
        if (++at.h == g->output_h) {
          at.h = 0;
          input += g->input_h * g->input_w * g->input_c;
        }
      }
    }
    if (count == WINDOWS) {
      conv_2d_s8_avx2_sums(a, windows, pairs, WINDOWS, output);
    } else {
      for (int32_t i = 0; i < count; ++i) {
        conv_2d_s8_avx2_sums(a, windows + i * 2 * pairs, pairs, 1, output + i * g->output_c);
      }
    }
    output += count * g->output_c;
    left -= count;
  }
}

#endif
