// SPDX-License-Identifier: Apache-2.0
// What every kernel knows: fixed-width types and the small structs that params are made of.
//
// A kernel is a function `void pl_NAME(const void *args)`. Its args struct holds the params first, then one pointer for
// each operand. Params hold fixed-width numbers only, so that the same bytes serve every target.
#ifndef PL_H
#define PL_H

#include <stddef.h>
#include <stdint.h>

// What the elements of an output are clamped to, as stored integers.
typedef struct {
  int32_t min, max;
} pl_activation;

// What the elements of an output are clamped to, as floats.
typedef struct {
  float min, max;
} pl_activation_f32;

// A height and a width: of a stride, a padding, a dilation.
typedef struct {
  int32_t h, w;
} pl_tile;

// Alignment of arrays, in bytes, and a place for them: define PL_ARENA_ATTRIBUTE to put arenas into a section of yours.
#if defined(__GNUC__)
#define PL_ALIGNED(bytes) __attribute__((aligned(bytes)))
#else
#define PL_ALIGNED(bytes)
#endif
#ifndef PL_ARENA_ATTRIBUTE
#define PL_ARENA_ATTRIBUTE
#endif

typedef void pl_kernel(const void *args);

// A kernel's prototype begins with it. Kernels are never inlined: each is one function, in the flash and in its ledger.
#if defined(__GNUC__)
#define PL_KERNEL __attribute__((noinline))
#else
#define PL_KERNEL
#endif

static inline int32_t pl_clamp(int32_t value, pl_activation range) {
  if (value < range.min) {
    value = range.min;
  }
  return value > range.max ? range.max : value;
}

static inline float pl_clamp_f32(float value, pl_activation_f32 range) {
  if (value < range.min) {
    value = range.min;
  }
  return value > range.max ? range.max : value;
}

#endif
