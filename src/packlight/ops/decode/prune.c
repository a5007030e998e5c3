// SPDX-License-Identifier: Apache-2.0
#include "decode/bits.h"

void pl_decode_prune(const void *args) {
  const pl_decode_prune_args *a = args;
  const pl_decode_shape *shape = &a->params.shape;
  const int32_t element = shape->element;
  const uint8_t *value = a->values;
  uint8_t *output = a->output;
  uint32_t at = 0;
  for (int32_t outer = shape->outer; outer > 0; --outer) {
    const uint8_t *zero = a->zeros;
    for (int32_t channel = shape->channels; channel > 0; --channel, zero += element) {
      for (int32_t inner = shape->inner; inner > 0; --inner, ++at) {
        const uint32_t is_kept = decode_bits(a->encoded, at, 1);
        output = decode_put(output, is_kept ? value : zero, element);
        value += is_kept ? element : 0;
      }
    }
  }
}
