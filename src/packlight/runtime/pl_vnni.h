// SPDX-License-Identifier: Apache-2.0
// What the kernels of x86-64 computers with AVX-512 and its dot products of bytes (VNNI) share: sixteen sums at a time,
// the bits of pl_requantize.h. As in pl_avx2.h, PL_VNNI is defined where the compiler can make such code.
//
// The dot products take inputs without sign: each input + 128. What that adds to a sum is part of the bias.
#ifndef PL_VNNI_H
#define PL_VNNI_H

#include "pl_avx2.h"

#ifdef PL_AVX2
#ifdef __GNUC__
#define PL_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512vbmi")))
#define PL_VNNI_INLINE inline __attribute__((always_inline, target("avx512f,avx512bw,avx512vl,avx512vnni,avx512vbmi")))
#else
#define PL_VNNI
#define PL_VNNI_INLINE __forceinline
#endif

// The first `count` of 16 bits; all for 16 and more.
static PL_VNNI_INLINE __mmask16 pl_vnni_mask(int32_t count) {
  return (__mmask16)(count >= 16 ? 0xffff : (1 << count) - 1);
}

// How sixteen sums are scaled: pl_requantize with all that does not depend on the sum worked out.
typedef struct {
  __m512i multiplier, odd, left, right;  // `odd`: the multipliers of odd elements in the lower halves of 64 bits
  __m512i rest, threshold;               // the bits that the right shift drops, and half of them
} pl_vnni_scale;

static PL_VNNI_INLINE pl_vnni_scale pl_vnni_scale_of(__m512i multiplier, __m512i left, __m512i right) {
  const __m512i ones = _mm512_set1_epi32(-1);
  const __m512i rest = _mm512_andnot_si512(_mm512_sllv_epi32(ones, right), ones);
  const __m512i odd = _mm512_srli_epi64(multiplier, 32);
  const pl_vnni_scale scale = {multiplier, odd, left, right, rest, _mm512_srli_epi32(rest, 1)};
  return scale;
}

// Of sixteen channels' numbers: biases, multipliers, left shifts, right shifts.
static PL_VNNI_INLINE pl_vnni_scale pl_vnni_scale_at(const int32_t *numbers) {
  return pl_vnni_scale_of(_mm512_loadu_si512(numbers + 16), _mm512_loadu_si512(numbers + 32),
                          _mm512_loadu_si512(numbers + 48));
}

static PL_VNNI_INLINE __m512i pl_vnni_requantize(__m512i sums, pl_vnni_scale scale) {
  const __m512i half = _mm512_set1_epi64(1 << 30), ones = _mm512_set1_epi32(-1);
  const __m512i shifted = _mm512_sllv_epi32(sums, scale.left);
  const __m512i even = _mm512_mul_epi32(shifted, scale.multiplier);
  const __m512i odd = _mm512_mul_epi32(_mm512_srli_epi64(shifted, 32), scale.odd);
  const __m512i even_bits = _mm512_srli_epi64(_mm512_add_epi64(even, half), 31);
  const __m512i odd_bits = _mm512_slli_epi64(_mm512_add_epi64(odd, half), 1);
  const __m512i product = _mm512_mask_blend_epi32(0xaaaa, even_bits, odd_bits);
  const __m512i threshold = _mm512_sub_epi32(scale.threshold, _mm512_srai_epi32(product, 31));
  const __mmask16 up = _mm512_cmpgt_epi32_mask(_mm512_and_si512(product, scale.rest), threshold);
  const __m512i down = _mm512_srav_epi32(product, scale.right);
  return _mm512_mask_sub_epi32(down, up, down, ones);
}

// Adds the output's zero point, clamps, and stores the elements of `mask`.
static PL_VNNI_INLINE void pl_vnni_store(int8_t *to, __m512i scaled, int32_t zero, pl_activation range, __mmask16 mask) {
  scaled = _mm512_add_epi32(scaled, _mm512_set1_epi32(zero));
  scaled = _mm512_max_epi32(scaled, _mm512_set1_epi32(range.min));
  scaled = _mm512_min_epi32(scaled, _mm512_set1_epi32(range.max));
  const __m128i bytes = _mm512_cvtepi32_epi8(scaled);
  if (mask == 0xffff) {
    _mm_storeu_si128((__m128i *)(void *)to, bytes);
  } else {
    _mm_mask_storeu_epi8(to, mask, bytes);
  }
}

#endif
#endif
