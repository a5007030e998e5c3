// SPDX-License-Identifier: Apache-2.0
#ifndef PL_RESIZE_KERNEL_H
#define PL_RESIZE_KERNEL_H

#include "pl.h"

// input [batches, input_h, input_w, channels], output [batches, output_h, output_w, channels].
typedef struct {
  int32_t batches, input_h, input_w, channels;
  int32_t output_h, output_w;
} pl_resize_geometry;

// Output element i of an axis lies at i * scale + offset of the input, in units of 2^-10 elements.
typedef struct {
  pl_resize_geometry geometry;
  pl_tile scale, offset;
} pl_resize_integer_params;

typedef struct {
  pl_resize_integer_params params;
  const int8_t *input;
  int8_t *output;
} pl_resize_bilinear_s8_args;

typedef struct {
  pl_resize_integer_params params;
  const int16_t *input;
  int16_t *output;
} pl_resize_bilinear_s16_args;

// Output element i of an axis lies at (i + center) * scale - center of the input.
typedef struct {
  pl_resize_geometry geometry;
  float scale_h, scale_w;
  float center;  // 0.5 or 0
} pl_resize_float_params;

typedef struct {
  pl_resize_float_params params;
  const uint8_t *input;
  uint8_t *output;
} pl_resize_bilinear_u8_args;

typedef struct {
  pl_resize_float_params params;
  const float *input;
  float *output;
} pl_resize_bilinear_f32_args;

// output[b, y, x] = input[b, rows[y], columns[x]], whatever the bytes of a pixel stand for.
typedef struct {
  int32_t batches, output_h, output_w;
  int32_t pixel, row, image;  // bytes of each in the input
} pl_resize_pixels_params;

typedef struct {
  pl_resize_pixels_params params;
  const uint8_t *input;
  const uint16_t *rows;     // [output_h]
  const uint16_t *columns;  // [output_w]
  uint8_t *output;
} pl_resize_pixels_args;

PL_KERNEL void pl_resize_bilinear_s8(const void *args);
PL_KERNEL void pl_resize_bilinear_s16(const void *args);
PL_KERNEL void pl_resize_bilinear_u8(const void *args);
PL_KERNEL void pl_resize_bilinear_f32(const void *args);
PL_KERNEL void pl_resize_pixels(const void *args);

#endif
