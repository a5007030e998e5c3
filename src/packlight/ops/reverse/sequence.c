// SPDX-License-Identifier: Apache-2.0
#include "pl_walk.h"
#include "reverse/kernel.h"

static int32_t reverse_sequence_length(const pl_reverse_sequence_args *a, int32_t batch) {
  const int64_t length = a->params.length_bytes == 8 ? ((const int64_t *)a->seq_lengths)[batch]
                                                     : ((const int32_t *)a->seq_lengths)[batch];
  return length < 0 ? 0 : length < a->params.size ? (int32_t)length : a->params.size;
}

void pl_reverse_sequence(const void *args) {
  const pl_reverse_sequence_args *a = args;
  const int32_t dims = a->params.dims;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  int32_t position = 0;
  int32_t batch = 0;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  for (;;) {
    const int32_t length = reverse_sequence_length(a, batch);
    // From this position to the one that changes places with it.
    const int32_t across = position < length ? length - 1 - 2 * position : 0;
    for (int32_t i = 0; i < a->params.bytes; ++i) {
      output[i] = input[across * a->params.stride + i];
    }
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim == dims) {
      return;
    }
    input += a->walk[dims + dim];
    output += a->walk[dims + dim];
    position += a->walk[2 * dims + dim];
    batch += a->walk[3 * dims + dim];
  }
}
