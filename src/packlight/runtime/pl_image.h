// SPDX-License-Identifier: Apache-2.0
// The image: a model as a position-independent binary, the same bytes for 32-bit and 64-bit little-endian cores.
//
// In this order: the header, the ids of the kernels, the inputs, the outputs, the calls, the constants, and the CRC-32 of
// all bytes before it. docs/image_format.md describes every field.
//
// pl_image_check and pl_interpreter_init are safe on any bytes, damaged or hostile: they find that every table lies
// within the image, and every operand, input, output and variable within its area. What only the CRC protects, from
// accidents alone: the params of the kernels (and with them how far behind an operand's first byte a kernel reads or
// writes), which operands are left out, how they are aligned, and that none that is written lies in the image itself.
// So invoke images only from whom you would take firmware.
#ifndef PL_IMAGE_H
#define PL_IMAGE_H

#include "pl.h"
#include "pl_status.h"

#define PL_IMAGE_MAGIC 0x4d494c50u  // the bytes "PLIM"
#define PL_IMAGE_FORMAT 2u
#define PL_IMAGE_ALIGNMENT 16u  // of the image and of the arena, in bytes

// A place: an area in the upper two bits, an offset in bytes from the area's start in the lower thirty.
#define PL_AREA_ARENA 0u
#define PL_AREA_IMAGE 1u
#define PL_AREA_NONE 2u  // an operand that is left out: NULL
#define PL_AREA_SHIFT 30
#define PL_OFFSET_MASK 0x3fffffffu

typedef struct {
  uint32_t magic;
  uint32_t format;
  uint32_t size;             // bytes of the whole image, a multiple of 4
  uint32_t arena_bytes;      // activations, variables and scratch; the interpreter adds what it needs itself
  uint32_t variables_bytes;  // the first bytes of the arena, which keep their values between invokes
  uint32_t variables;        // offset in the image of their initial values; 0: all zeros
  uint16_t args_bytes[2];    // of the largest args struct, with pointers of 4 and of 8 bytes
  uint16_t kernels, calls;   // how many of each
  uint16_t inputs, outputs;
} pl_image_header;

typedef struct {
  uint32_t where;  // area and offset
  uint32_t size;   // bytes from there on that belong to it
} pl_image_place;

// An input or output: real value = scale * (stored - zero_point).
typedef struct {
  pl_image_place place;
  uint32_t type;       // TensorFlow Lite's TensorType: 0 FLOAT32, 2 INT32, 3 UINT8, 7 INT16, 9 INT8
  float scale;         // 0: not quantised
  int32_t zero_point;
} pl_image_value;

#define PL_IMAGE_JUMP 0xffffu  // in the place of a kernel

// Followed by the params, then a pl_image_place for each operand.
//
// A jump has one word of params, the offset in bytes of the call it leads to from the first call (behind the last one:
// the end), and one operand, a byte: the jump is not made where that is there and not 0.
typedef struct {
  uint16_t kernel;        // index into the kernel ids, or PL_IMAGE_JUMP
  uint16_t node;          // index of the operator in the model
  uint16_t params_bytes;  // rounded up to a multiple of 4
  uint16_t operands;
} pl_image_call;

// Whether `image`, of which up to `bytes` bytes are there, is whole and sound: PL_OK or one of PL_IMAGE_...
// Whether kernels and arena suffice is for pl_interpreter_init to say. Useful by itself after a download.
pl_status pl_image_check(const void *image, size_t bytes);

static inline const uint32_t *pl_image_kernels(const pl_image_header *image) {
  return (const uint32_t *)(const void *)(image + 1);
}

// The inputs, then the outputs.
static inline const pl_image_value *pl_image_values(const pl_image_header *image) {
  return (const pl_image_value *)(const void *)(pl_image_kernels(image) + image->kernels);
}

static inline const pl_image_call *pl_image_calls(const pl_image_header *image) {
  return (const pl_image_call *)(const void *)(pl_image_values(image) + image->inputs + image->outputs);
}

// The operands' places of a call; the next call starts behind the last.
static inline const pl_image_place *pl_image_operands(const pl_image_call *call) {
  return (const pl_image_place *)(const void *)((const uint8_t *)(call + 1) + call->params_bytes);
}

static inline const pl_image_call *pl_image_next(const pl_image_call *call) {
  return (const pl_image_call *)(const void *)(pl_image_operands(call) + call->operands);
}

// Where in an args struct the first pointer lies: behind the params, aligned as pointers are.
static inline uint32_t pl_image_pointers(const pl_image_call *call) {
  return (call->params_bytes + (uint32_t)sizeof(void *) - 1u) & ~((uint32_t)sizeof(void *) - 1u);
}

#endif
