// SPDX-License-Identifier: Apache-2.0
#include "pl_dense_dsp.h"

pl_dense_dsp_job pl_dense_dsp_start(const pl_dense *dense, const int32_t *filter, int32_t stride, const int16_t *input,
                                    int8_t *output) {
  const pl_dense_dsp_job job = {
      .output = output,
      .pixel_1 = stride,
      .pixel_2 = 2 * stride,
      .pixel_3 = 3 * stride,
      .zero = dense->zero,
      .negative = dense->negative,
      .input = input,
      .filter_end = (const uint8_t *)filter + dense->filter_bytes,
      .quads = dense->quads,
  };
  return job;
}
