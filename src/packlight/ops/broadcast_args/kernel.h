// SPDX-License-Identifier: Apache-2.0
#ifndef PL_BROADCAST_ARGS_KERNEL_H
#define PL_BROADCAST_ARGS_KERNEL_H

#include "pl.h"

// Little-endian integers of any width: those of input2 where input1 has a 1, else those of input1.
typedef struct {
  int32_t count;
  int32_t bytes;  // of an integer
} pl_broadcast_args_params;

typedef struct {
  pl_broadcast_args_params params;
  const void *input1;
  const void *input2;
  void *output;
} pl_broadcast_args_args;

PL_KERNEL void pl_broadcast_args_bytes(const void *args);

#endif
