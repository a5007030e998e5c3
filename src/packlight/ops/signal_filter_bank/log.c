// SPDX-License-Identifier: Apache-2.0
#include "signal_filter_bank/kernel.h"

#define SIGNAL_FILTER_BANK_LOG_2 45426u  // the natural logarithm of 2, with 16 fractional bits

// `scale` times the natural logarithm of x, which is at least 1. The binary one is the position of the highest bit, what
// follows that bit as a fraction, and a correction that the table has for 128 fractions. Between these TFLM interpolates
// with a weight that is 128 times too small, and so do we.
static uint32_t signal_filter_bank_log_of(uint32_t x, const uint16_t *table, uint32_t scale) {
  uint32_t whole = 31;
  for (; x >> 31 == 0; x <<= 1) {
    --whole;
  }
  const int32_t fraction = (int32_t)((x << 1) >> 16);
  const uint16_t *near = &table[fraction >> 9];
  const int32_t between = ((near[1] - near[0]) * (fraction & 511)) >> 16;
  const uint32_t log2 = (whole << 16) + (uint32_t)(fraction + near[0] + between);
  const uint32_t loge = (log2 >> 16) * SIGNAL_FILTER_BANK_LOG_2 +
                        (((log2 & UINT16_MAX) * SIGNAL_FILTER_BANK_LOG_2 + (1u << 15)) >> 16);
  return (scale * loge + (1u << 15)) >> 16;
}

void pl_signal_filter_bank_log(const void *args) {
  const pl_signal_filter_bank_log_args *a = args;
  const pl_signal_filter_bank_log_params *p = &a->params;
  for (int32_t i = 0; i < p->channels; ++i) {
    const uint32_t x = a->input[i] << p->correction_bits;
    const uint32_t log = x > 1 ? signal_filter_bank_log_of(x, a->table, p->scale) : 0;
    a->output[i] = (int16_t)(log < INT16_MAX ? log : INT16_MAX);
  }
}
