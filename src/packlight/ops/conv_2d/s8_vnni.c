// SPDX-License-Identifier: Apache-2.0
// Eight windows at a time are copied, one after the other; then sixteen output channels of each are summed at once: four
// inputs, the same in all lanes, times four weights in each.
#include "conv_2d/kernel.h"
#include "pl_vnni.h"

#ifdef PL_VNNI

#define WINDOWS 8
#define CHAINS 4     // sums of one window that do not wait for each other
#define CHANNELS 16  // of a block
#define ROOM 32768   // bytes of all windows, but for what follows the last: on the stack, since the arena is the device's

// Copies `count` inputs, plus 128, and anything up to 64 bytes; returns where the next ones go.
static PL_VNNI_INLINE uint8_t *conv_2d_s8_vnni_copy(uint8_t *to, const int8_t *from, int32_t count) {
  const __m512i sign = _mm512_set1_epi8(-128);
  if (count <= 16) {
    const __m128i few = _mm_maskz_loadu_epi8(pl_vnni_mask(count), from);
    _mm_storeu_si128((__m128i *)(void *)to, _mm_xor_si128(few, _mm512_castsi512_si128(sign)));
    return to + count;
  }
  for (int32_t i = 0; i < count; i += 64) {
    const __mmask64 mask = ~(__mmask64)0 >> (count - i < 64 ? 64 - (count - i) : 0);
    _mm512_storeu_si512(to + i, _mm512_xor_si512(_mm512_maskz_loadu_epi8(mask, from + i), sign));
  }
  return to + count;
}

static PL_VNNI_INLINE uint8_t *conv_2d_s8_vnni_fill(uint8_t *to, int32_t offset, int32_t count) {
  memset(to, 128 - offset, (size_t)count);
  return to + count;
}

// Copies one row of a window: inputs from column x0 on, zero points outside of the input.
static PL_VNNI_INLINE uint8_t *conv_2d_s8_vnni_row(uint8_t *to, const pl_conv_2d_s8_params *p, const int8_t *line, int32_t x0) {
  const pl_conv_2d_geometry *g = &p->geometry;
  if (g->dilation.w == 1) {
    const int32_t left = x0 < 0 ? (-x0 < g->filter_w ? -x0 : g->filter_w) : 0;
    const int32_t inside = g->input_w - x0 < g->filter_w ? g->input_w - x0 : g->filter_w;
    const int32_t right = inside > left ? inside : left;
    to = left ? conv_2d_s8_vnni_fill(to, p->input_offset, left * g->input_c) : to;
    to = right > left ? conv_2d_s8_vnni_copy(to, line + (x0 + left) * g->input_c, (right - left) * g->input_c) : to;
    return right < g->filter_w ? conv_2d_s8_vnni_fill(to, p->input_offset, (g->filter_w - right) * g->input_c) : to;
  }
  for (int32_t kx = 0; kx < g->filter_w; ++kx, x0 += g->dilation.w) {
    to = x0 >= 0 && x0 < g->input_w ? conv_2d_s8_vnni_copy(to, line + x0 * g->input_c, g->input_c)
                                    : conv_2d_s8_vnni_fill(to, p->input_offset, g->input_c);
  }
  return to;
}

// Copies the window of output element `at`, and fills it up to whole quads.
static PL_VNNI_INLINE void conv_2d_s8_vnni_window(uint8_t *to, const pl_conv_2d_s8_params *p, const int8_t *input, pl_tile at) {
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t x0 = at.w * g->stride.w - g->padding.w;
  int32_t y = at.h * g->stride.h - g->padding.h;
  for (int32_t ky = 0; ky < g->filter_h; ++ky, y += g->dilation.h) {
    to = y >= 0 && y < g->input_h ? conv_2d_s8_vnni_row(to, p, input + y * g->input_w * g->input_c, x0)
                                  : conv_2d_s8_vnni_fill(to, p->input_offset, g->filter_w * g->input_c);
  }
  memset(to, 0, 3);
}

static PL_VNNI_INLINE __m512i conv_2d_s8_vnni_dot(__m512i sum, const uint8_t *inputs, __m512i weights) {
  int32_t quad;
  memcpy(&quad, inputs, sizeof quad);
  return _mm512_dpbusd_epi32(sum, _mm512_set1_epi32(quad), weights);
}

// All output channels of eight windows.
static PL_VNNI_INLINE void conv_2d_s8_vnni_eight(const pl_conv_2d_s8_vnni_args *a, const uint8_t *windows, int32_t quads,
                                                 int8_t *output) {
  const pl_activation range = a->params.activation;
  const int32_t channels = a->params.geometry.output_c, zero = a->params.output_offset;
  const int8_t *filter = a->filter;
  const int32_t *numbers = a->channels;
  for (int32_t c = 0; c < channels; c += CHANNELS, numbers += 4 * CHANNELS) {
    __m512i sums[WINDOWS];
    for (int32_t i = 0; i < WINDOWS; ++i) {
      sums[i] = _mm512_loadu_si512(numbers);
    }
    for (int32_t k = 0; k < quads; ++k, filter += 4 * CHANNELS) {
      const __m512i weights = _mm512_loadu_si512(filter);
      for (int32_t i = 0; i < WINDOWS; ++i) {
        sums[i] = conv_2d_s8_vnni_dot(sums[i], windows + 4 * (i * quads + k), weights);
      }
    }
    const pl_vnni_scale scale = pl_vnni_scale_at(numbers);
    const __mmask16 mask = pl_vnni_mask(channels - c);
    for (int32_t i = 0; i < WINDOWS; ++i) {
      const __m512i scaled = pl_vnni_requantize(sums[i], scale);
      pl_vnni_store(output + i * channels + c, scaled, zero, range, mask);
    }
  }
}

// All output channels of one window.
static PL_VNNI_INLINE void conv_2d_s8_vnni_one(const pl_conv_2d_s8_vnni_args *a, const uint8_t *window, int32_t quads,
                                               int8_t *output) {
  const pl_conv_2d_s8_params *p = &a->params;
  const int32_t channels = p->geometry.output_c;
  const int8_t *filter = a->filter;
  const int32_t *numbers = a->channels;
  for (int32_t c = 0; c < channels; c += CHANNELS, numbers += 4 * CHANNELS) {
    __m512i sums[CHAINS] = {_mm512_loadu_si512(numbers)};
    int32_t k = 0;
    for (; k + CHAINS <= quads; k += CHAINS, filter += CHAINS * 4 * CHANNELS) {
      for (int32_t i = 0; i < CHAINS; ++i) {
        sums[i] = conv_2d_s8_vnni_dot(sums[i], window + 4 * (k + i), _mm512_loadu_si512(filter + i * 4 * CHANNELS));
      }
    }
    for (; k < quads; ++k, filter += 4 * CHANNELS) {
      sums[0] = conv_2d_s8_vnni_dot(sums[0], window + 4 * k, _mm512_loadu_si512(filter));
    }
    for (int32_t i = 1; i < CHAINS; ++i) {
      sums[0] = _mm512_add_epi32(sums[0], sums[i]);
    }
    const __m512i scaled = pl_vnni_requantize(sums[0], pl_vnni_scale_at(numbers));
    pl_vnni_store(output + c, scaled, p->output_offset, p->activation, pl_vnni_mask(channels - c));
  }
}

PL_VNNI void pl_conv_2d_s8_vnni(const void *args) {
  const pl_conv_2d_s8_vnni_args *a = args;
  const pl_conv_2d_s8_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t quads = (g->filter_h * g->filter_w * g->input_c + 3) / 4;
  const int32_t together = WINDOWS * 4 * quads <= ROOM ? WINDOWS : 1;
  uint8_t windows[ROOM + 64];
  const int8_t *input = a->input;
  int8_t *output = a->output;
  pl_tile at = {0, 0};
  for (int32_t left = g->batches * g->output_h * g->output_w; left > 0;) {
    const int32_t count = left < together ? left : together;
    for (int32_t i = 0; i < count; ++i) {
      conv_2d_s8_vnni_window(windows + i * 4 * quads, p, input, at);
      if (++at.w == g->output_w) {
        at.w = 0;
        if (++at.h == g->output_h) {
          at.h = 0;
          input += g->input_h * g->input_w * g->input_c;
        }
      }
    }
    if (count == WINDOWS) {
      conv_2d_s8_vnni_eight(a, windows, quads, output);
    } else {
      for (int32_t i = 0; i < count; ++i) {
        conv_2d_s8_vnni_one(a, windows + i * 4 * quads, quads, output + i * g->output_c);
      }
    }
    output += count * g->output_c;
    left -= count;
  }
}

#endif
