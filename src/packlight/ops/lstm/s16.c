// SPDX-License-Identifier: Apache-2.0
#define VALUE int16_t
#define LOWEST INT16_MIN
#define HIGHEST INT16_MAX
#define SUM int64_t
#define RESCALE(sum, scale) pl_requantize_wide(sum, (scale).multiplier, (scale).shift)
#include "lstm/integer.h"

void pl_lstm_s16(const void *args) {
  lstm_integer(args);
}
