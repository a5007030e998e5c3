// SPDX-License-Identifier: Apache-2.0
#include "broadcast_args/kernel.h"

static int32_t broadcast_args_bytes_is_one(const uint8_t *number, int32_t bytes) {
  uint32_t others = number[0] ^ 1u;
  for (int32_t i = 1; i < bytes; ++i) {
    others |= number[i];
  }
  return others == 0;
}

void pl_broadcast_args_bytes(const void *args) {
  const pl_broadcast_args_args *a = args;
  const int32_t bytes = a->params.bytes;
  const uint8_t *input1 = a->input1;
  const uint8_t *input2 = a->input2;
  uint8_t *output = a->output;
  for (int32_t at = 0; at < a->params.count * bytes; at += bytes) {
    const uint8_t *taken = broadcast_args_bytes_is_one(input1 + at, bytes) ? input2 : input1;
    for (int32_t i = at; i < at + bytes; ++i) {
      output[i] = taken[i];
    }
  }
}
