// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "pl_avx2.h"

#ifdef PL_AVX2

typedef struct {
  int32_t offset;
  int32_t halved;  // 1: scaling is a half, exactly; so it is for the input with the larger scale
  pl_avx2_scale scale;
} add_s8_avx2_input;

static PL_AVX2_INLINE add_s8_avx2_input add_s8_avx2_input_of(const pl_add_scale *scale) {
  const int32_t halved = scale->multiplier == 1 << 30 && scale->shift == 0;
  const add_s8_avx2_input input = {scale->offset, halved, pl_avx2_scale_of(scale->multiplier, scale->shift)};
  return input;
}

// Eight elements of an input on the scale that both inputs share, with 20 more bits.
static PL_AVX2_INLINE __m256i add_s8_avx2_scaled(__m128i wide, const add_s8_avx2_input *input) {
  const __m256i value = _mm256_add_epi32(_mm256_cvtepi16_epi32(wide), _mm256_set1_epi32(input->offset));
  return input->halved ? _mm256_slli_epi32(value, 19) : pl_avx2_requantize(_mm256_slli_epi32(value, 20), input->scale);
}

// Sixteen of them, in the order that pl_avx2_store wants.
static PL_AVX2_INLINE pl_avx2_sums add_s8_avx2_sixteen(const int8_t *from, const add_s8_avx2_input *input) {
  const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)from));
  const __m256i ordered = _mm256_permute4x64_epi64(wide, 0xd8);
  const pl_avx2_sums sums = {add_s8_avx2_scaled(_mm256_castsi256_si128(ordered), input),
                             add_s8_avx2_scaled(_mm256_extracti128_si256(ordered, 1), input)};
  return sums;
}

PL_AVX2 void pl_add_s8_avx2(const void *args) {
  const pl_add_s8_avx2_args *a = args;
  const pl_add_s8_params p = a->params;
  const add_s8_avx2_input first = add_s8_avx2_input_of(&p.input1), second = add_s8_avx2_input_of(&p.input2);
  const pl_avx2_scale scale = pl_avx2_scale_of(p.output.multiplier, p.output.shift);
  for (int32_t i = 0; i < p.rows.length; i += 16) {
    const int32_t left = p.rows.length - i;
    const int8_t *input1 = a->input1 + i;
    const int8_t *input2 = a->input2 + i;
    int8_t tail[32];
    if (left < 16) {
      memset(tail, 0, sizeof tail);
      input1 = memcpy(tail, input1, (size_t)left);
      input2 = memcpy(tail + 16, input2, (size_t)left);
    }
    const pl_avx2_sums one = add_s8_avx2_sixteen(input1, &first);
    const pl_avx2_sums other = add_s8_avx2_sixteen(input2, &second);
    const pl_avx2_sums sums = {pl_avx2_requantize(_mm256_add_epi32(one.low, other.low), scale),
                               pl_avx2_requantize(_mm256_add_epi32(one.high, other.high), scale)};
    pl_avx2_store(a->output + i, sums, p.output.offset, p.activation, left);
  }
}

#endif
