// SPDX-License-Identifier: Apache-2.0
// One output pixel after the other: where the inputs of its window lie, then blocks of channels, the products of two
// inputs of each at once. What lies outside of the input is read from a pixel of zero points.
#include "depthwise_conv_2d/kernel.h"
#include "pl_avx2.h"

#ifdef PL_AVX2

#define TAPS 256  // inputs of a window

// Where the inputs of a window that starts at row y and column x0 lie.
static PL_AVX2_INLINE void depthwise_conv_2d_s8_avx2_taps(const int8_t **taps, const pl_depthwise_conv_2d_s8_avx2_args *a,
                                                          const int8_t *input, int32_t y, int32_t x0) {
  const pl_depthwise_conv_2d_geometry *g = &a->params.geometry;
  const int32_t within = x0 >= 0 && x0 + (g->filter_w - 1) * g->dilation.w < g->input_w;
  for (int32_t ky = 0; ky < g->filter_h; ++ky, y += g->dilation.h) {
    const int32_t inside = y >= 0 && y < g->input_h;
    const int8_t *line = inside ? input + y * g->input_w * g->input_c : a->outside;
    if (within) {
      const int8_t *tap = inside ? line + x0 * g->input_c : line;
      const int32_t step = inside ? g->dilation.w * g->input_c : 0;
      for (int32_t kx = 0; kx < g->filter_w; ++kx, tap += step) {
        *taps++ = tap;
      }
      continue;
    }
    for (int32_t kx = 0, x = x0; kx < g->filter_w; ++kx, x += g->dilation.w) {
      *taps++ = inside && x >= 0 && x < g->input_w ? line + x * g->input_c : a->outside;
    }
  }
  *taps = a->outside;
}

// Sixteen inputs of one tap, or eight.
static PL_AVX2_INLINE __m256i depthwise_conv_2d_s8_avx2_load(const int8_t *from, int32_t width) {
  const __m128i *at = (const __m128i *)(const void *)from;
  return _mm256_cvtepi8_epi16(width == 16 ? _mm_loadu_si128(at) : _mm_loadl_epi64(at));
}

// All channels of one output pixel; `width` of them at once, a constant.
static PL_AVX2_INLINE void depthwise_conv_2d_s8_avx2_pixel(const pl_depthwise_conv_2d_s8_avx2_args *a,
                                                           const int8_t *const *taps, int32_t width, int8_t *output) {
  const pl_depthwise_conv_2d_s8_params *p = &a->params;
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  const int32_t count = g->filter_h * g->filter_w;
  const int16_t *filter = a->filter;
  const int32_t *numbers = a->channels;
  for (int32_t left = g->output_c; left > 0; left -= width, numbers += 64) {
    const int32_t c = left < width ? g->output_c - width : g->output_c - left;
    pl_avx2_sums sums = {pl_avx2_load(numbers), pl_avx2_load(numbers + 8)};
    for (int32_t tap = 0; tap < count; tap += 2, filter += 32) {
      const __m256i first = depthwise_conv_2d_s8_avx2_load(taps[tap] + c, width);
      const __m256i second = depthwise_conv_2d_s8_avx2_load(taps[tap + 1] + c, width);
      const __m256i low = _mm256_unpacklo_epi16(first, second);
      const __m256i high = _mm256_unpackhi_epi16(first, second);
      sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(low, pl_avx2_load(filter)));
      sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(high, pl_avx2_load(filter + 16)));
    }
    const pl_avx2_scale low = {pl_avx2_load(numbers + 16), pl_avx2_load(numbers + 32), pl_avx2_load(numbers + 48)};
    const pl_avx2_scale high = {pl_avx2_load(numbers + 24), pl_avx2_load(numbers + 40), pl_avx2_load(numbers + 56)};
    sums.low = pl_avx2_requantize(sums.low, low);
    sums.high = pl_avx2_requantize(sums.high, high);
    pl_avx2_store(output + c, sums, p->output_offset, p->activation, width);
  }
}

PL_AVX2 void pl_depthwise_conv_2d_s8_avx2(const void *args) {
  const pl_depthwise_conv_2d_s8_avx2_args *a = args;
  const pl_depthwise_conv_2d_geometry *g = &a->params.geometry;
  const int8_t *taps[TAPS + 1];
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x, output += g->output_c) {
        depthwise_conv_2d_s8_avx2_taps(taps, a, input, y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w);
        if (g->output_c >= 16) {
          depthwise_conv_2d_s8_avx2_pixel(a, taps, 16, output);
        } else {
          depthwise_conv_2d_s8_avx2_pixel(a, taps, 8, output);
        }
      }
    }
  }
}

#endif
