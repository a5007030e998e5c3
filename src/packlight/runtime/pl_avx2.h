// SPDX-License-Identifier: Apache-2.0
// What the kernels of x86-64 computers with AVX2 share: eight numbers at a time, the bits of pl_requantize.h.
//
// PL_AVX2 is defined where the compiler can make such code, whatever processor it compiles for; which one it runs on
// is found out at run time (host/cpu.c). The host library alone has these kernels: firmware never gets them. (Not GCC for
// Windows: it keeps 32-byte registers on a stack that it aligns to 16, GCC bug 54412.)
//
// Sixteen sums are kept in two registers in the order that pl_avx2_store packs without a shuffle: `low` holds elements
// 0-3 and 8-11, `high` elements 4-7 and 12-15.
#ifndef PL_AVX2_H
#define PL_AVX2_H

#include "pl.h"

#if defined(__x86_64__) && defined(__GNUC__) && (defined(__clang__) || !defined(__MINGW32__))
#define PL_AVX2 __attribute__((target("avx2")))
#define PL_AVX2_INLINE inline __attribute__((always_inline, target("avx2")))
#elif defined(_M_X64) && !defined(_M_ARM64EC) && !defined(__GNUC__) && !defined(__clang__)
#define PL_AVX2
#define PL_AVX2_INLINE __forceinline
#endif

#ifdef PL_AVX2
#include <immintrin.h>
#include <string.h>

typedef struct {
  __m256i low, high;
} pl_avx2_sums;

// How eight elements are scaled; the shift of pl_requantize split into its two directions.
typedef struct {
  __m256i multiplier, left, right;
} pl_avx2_scale;

static PL_AVX2_INLINE __m256i pl_avx2_load(const void *from) {
  return _mm256_loadu_si256((const __m256i *)from);
}

static PL_AVX2_INLINE pl_avx2_scale pl_avx2_scale_of(int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const pl_avx2_scale scale = {_mm256_set1_epi32(multiplier), _mm256_set1_epi32(left), _mm256_set1_epi32(left - shift)};
  return scale;
}

// pl_requantize of each element.
static PL_AVX2_INLINE __m256i pl_avx2_requantize(__m256i value, pl_avx2_scale scale) {
  const __m256i half = _mm256_set1_epi64x(1 << 30);
  const __m256i shifted = _mm256_sllv_epi32(value, scale.left);
  const __m256i even = _mm256_mul_epi32(shifted, scale.multiplier);
  const __m256i odd = _mm256_mul_epi32(_mm256_srli_epi64(shifted, 32), _mm256_srli_epi64(scale.multiplier, 32));
  const __m256i even_bits = _mm256_srli_epi64(_mm256_add_epi64(even, half), 31);
  const __m256i odd_bits = _mm256_slli_epi64(_mm256_add_epi64(odd, half), 1);
  const __m256i product = _mm256_blend_epi32(even_bits, odd_bits, 0xaa);
  const __m256i ones = _mm256_set1_epi32(-1);
  const __m256i mask = _mm256_andnot_si256(_mm256_sllv_epi32(ones, scale.right), ones);
  const __m256i threshold = _mm256_sub_epi32(_mm256_srli_epi32(mask, 1), _mm256_srai_epi32(product, 31));
  const __m256i up = _mm256_cmpgt_epi32(_mm256_and_si256(product, mask), threshold);
  return _mm256_sub_epi32(_mm256_srav_epi32(product, scale.right), up);
}

// Adds the output's zero point, clamps, and stores the first `count` of 16 elements.
static PL_AVX2_INLINE void pl_avx2_store(int8_t *to, pl_avx2_sums sums, int32_t zero, pl_activation range, int32_t count) {
  const __m256i offset = _mm256_set1_epi32(zero);
  __m256i words = _mm256_packs_epi32(_mm256_add_epi32(sums.low, offset), _mm256_add_epi32(sums.high, offset));
  words = _mm256_max_epi16(words, _mm256_set1_epi16((int16_t)range.min));
  words = _mm256_min_epi16(words, _mm256_set1_epi16((int16_t)range.max));
  const __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
  if (count >= 16) {
    _mm_storeu_si128((__m128i *)(void *)to, bytes);
  } else {
    int8_t all[16];
    _mm_storeu_si128((__m128i *)(void *)all, bytes);
    memcpy(to, all, (size_t)count);
  }
}

#endif
#endif
