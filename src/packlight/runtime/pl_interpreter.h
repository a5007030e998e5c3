// SPDX-License-Identifier: Apache-2.0
// Runs an image in an arena that the caller provides: no heap, and not one byte is written outside of that arena.
//
//   static uint8_t arena[ARENA_BYTES] PL_ALIGNED(PL_IMAGE_ALIGNMENT);
//   PL_RESOLVER(resolver, PL_REGISTERED_KERNELS);
//   static pl_interpreter model;
//
//   pl_register_operators(&resolver);
//   pl_interpreter_init(&model, image, image_bytes, &resolver, arena, sizeof arena);
//   memcpy(pl_interpreter_input(&model, 0), samples, pl_interpreter_input_size(&model, 0));
//   pl_interpreter_invoke(&model);
//   use(pl_interpreter_output(&model, 0));
//
// The arena holds the image's own arena, the addresses of its kernels, and the args struct of the call that is running.
// Image and arena must stay where they are while the interpreter is in use, the image unchanged; the resolver is
// looked at by pl_interpreter_init only. An interpreter may be initialised again, with another image.
#ifndef PL_INTERPRETER_H
#define PL_INTERPRETER_H

#include "pl_image.h"
#include "pl_resolver.h"

typedef struct {
  const pl_image_header *image;  // NULL: not ready
  const pl_image_call *end;      // behind the last call
  uint8_t *arena;
  pl_kernel **kernels;  // in the arena: the address of each of the image's kernels
  uint8_t *args;        // in the arena: the args struct of the call that is running
  uint32_t arena_bytes;     // what the image needs, once it was found sound
  uint32_t missing_kernel;  // of PL_KERNEL_MISSING: the id
} pl_interpreter;

// Checks everything, then gives the variables their initial values. Any other answer than PL_OK leaves the interpreter
// not ready: PL_IMAGE_..., PL_ARENA_..., PL_KERNEL_MISSING.
pl_status pl_interpreter_init(pl_interpreter *interpreter, const void *image, size_t image_bytes,
                              const pl_resolver *resolver, void *arena, size_t arena_bytes);

// One inference. It may overwrite the inputs: fill them before each. PL_NOT_READY before a successful init.
pl_status pl_interpreter_invoke(pl_interpreter *interpreter);

// Gives the variables their initial values again. PL_NOT_READY before a successful init.
pl_status pl_interpreter_reset(pl_interpreter *interpreter);

// How many inputs and outputs there are; 0 when not ready.
uint32_t pl_interpreter_inputs(const pl_interpreter *interpreter);
uint32_t pl_interpreter_outputs(const pl_interpreter *interpreter);

// Type, quantisation and size of an input or output; NULL if there is none of that index, or when not ready.
const pl_image_value *pl_interpreter_input_value(const pl_interpreter *interpreter, uint32_t index);
const pl_image_value *pl_interpreter_output_value(const pl_interpreter *interpreter, uint32_t index);

// Where an input's bytes are to be put and an output's are after an invoke; NULL as above.
void *pl_interpreter_input(const pl_interpreter *interpreter, uint32_t index);
const void *pl_interpreter_output(const pl_interpreter *interpreter, uint32_t index);

// Bytes of an input or output; 0 where there is none.
uint32_t pl_interpreter_input_size(const pl_interpreter *interpreter, uint32_t index);
uint32_t pl_interpreter_output_size(const pl_interpreter *interpreter, uint32_t index);

#endif
