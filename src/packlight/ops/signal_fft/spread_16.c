// SPDX-License-Identifier: Apache-2.0
#include "pl_walk.h"
#include "signal_fft/kernel.h"

void pl_signal_fft_spread_16(const void *args) {
  const pl_signal_fft_spread_args *a = args;
  const int32_t dims = a->params.dims;
  const int32_t length = a->params.length;
  const uint16_t *input = a->input;
  uint16_t *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  for (int32_t i = 0;; i += 2) {
    output[0] = i < length ? input[i] : 0;
    output[1] = i + 1 < length ? input[i + 1] : 0;
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim == dims) {
      return;
    }
    output += 2 * a->walk[dims + dim];
  }
}
