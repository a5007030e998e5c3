// SPDX-License-Identifier: Apache-2.0
// What the functions of the image form answer.
#ifndef PL_STATUS_H
#define PL_STATUS_H

typedef enum {
  PL_OK = 0,
  PL_IMAGE_MISALIGNED,  // the image does not start at a multiple of PL_IMAGE_ALIGNMENT
  PL_IMAGE_TOO_SHORT,   // fewer bytes than the smallest image
  PL_IMAGE_NO_MAGIC,    // not an image at all
  PL_IMAGE_VERSION,     // of a format that this loader does not know
  PL_IMAGE_SIZE,        // cut off, or its size is impossible
  PL_IMAGE_CRC,         // damaged
  PL_IMAGE_TABLES,      // a table or a call does not fit into the image, or contradicts the header
  PL_IMAGE_REFERENCE,   // an operand, input, output or variable lies outside of its area
  PL_KERNEL_MISSING,    // the resolver lacks a kernel that the image calls
  PL_ARENA_MISALIGNED,  // the arena does not start at a multiple of PL_IMAGE_ALIGNMENT
  PL_ARENA_TOO_SMALL,   // see pl_interpreter.arena_bytes
  PL_RESOLVER_FULL,     // no room for another kernel
  PL_RESOLVER_CONFLICT, // the id is registered with another function
  PL_NOT_READY          // the interpreter has not been initialised, or that failed
} pl_status;

// The status as its constant is called, "PL_OK"; "PL_?" for any other number.
const char *pl_status_name(pl_status status);

#endif
