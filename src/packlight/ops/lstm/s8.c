// SPDX-License-Identifier: Apache-2.0
#define VALUE int8_t
#define LOWEST INT8_MIN
#define HIGHEST INT8_MAX
#define SUM uint32_t
#define RESCALE(sum, scale) pl_requantize((int32_t)(sum), (scale).multiplier, (scale).shift)
#include "lstm/integer.h"

void pl_lstm_s8(const void *args) {
  lstm_integer(args);
}
