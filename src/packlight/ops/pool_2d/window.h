// SPDX-License-Identifier: Apache-2.0
#ifndef PL_POOL_2D_WINDOW_H
#define PL_POOL_2D_WINDOW_H

#include "pool_2d/kernel.h"

// The rows [top, bottom) and columns [left, right) of the input that a window covers; at least one of each.
typedef struct {
  int32_t top, bottom, left, right;
} pl_pool_2d_window;

static inline pl_pool_2d_window pl_pool_2d_window_of(const pl_pool_2d_geometry *g, int32_t y, int32_t x) {
  const int32_t y0 = y * g->stride.h - g->padding.h;
  const int32_t x0 = x * g->stride.w - g->padding.w;
  const int32_t y1 = y0 + g->filter_h;
  const int32_t x1 = x0 + g->filter_w;
  const pl_pool_2d_window inside = {
      y0 > 0 ? y0 : 0,
      y1 < g->input_h ? y1 : g->input_h,
      x0 > 0 ? x0 : 0,
      x1 < g->input_w ? x1 : g->input_w,
  };
  return inside;
}

#endif
