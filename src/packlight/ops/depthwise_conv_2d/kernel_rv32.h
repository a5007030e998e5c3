// SPDX-License-Identifier: Apache-2.0
// What DEPTHWISE_CONV_2D's kernels for RV32IM are given.
#ifndef PL_DEPTHWISE_CONV_2D_KERNEL_RV32_H
#define PL_DEPTHWISE_CONV_2D_KERNEL_RV32_H

#include "pl.h"

// The axis that is cut into three groups, of equal distance, is called rows; the other, columns.
typedef struct {
  int32_t batches, input_c, ch_mult;
  int32_t input_batch, output_batch;  // bytes of one
  int32_t in_row, in_column;          // bytes from element to element of the input along each axis
  int32_t in_rows, in_columns;        // elements along each axis
  int32_t out_row, out_column;        // bytes from element to element of the output
  int32_t filter_rows, filter_columns;
  int32_t stride_rows, stride_columns;
  int32_t pad_rows, pad_columns;  // before the input
  int32_t dilation_rows;
  int32_t distance;     // rows of output from group to group
  int32_t rows, band;   // rows of output of a group; how many of them at a time
  int32_t columns;      // of output
  int32_t plane_columns, plane_rows;  // trios
  int32_t row_taps;     // weights of a window that meet consecutive trios
  int32_t zero_point;   // the input's
  int32_t least, most, zero;  // of pl_quad_rv32_outputs
  int32_t scale_step;         // bytes from an output channel's scale to the next
  int32_t together;           // output channels of an input channel that the core makes at once
} pl_depthwise_conv_2d_s8_rv32_params;

typedef struct {
  pl_depthwise_conv_2d_s8_rv32_params params;
  const int8_t *input;
  const int8_t *filter;  // [output_c, filter_rows * filter_columns]
  const int32_t *scale;  // [output_c] as pl_quad_rv32.h says
  uint32_t *scratch;     // a plane
  int8_t *output;
} pl_depthwise_conv_2d_s8_rv32_args;

#endif
