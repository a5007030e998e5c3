// SPDX-License-Identifier: Apache-2.0
// The one call into C per invoke on the PC: the program's kernels, one after the other.
#include "pl.h"

typedef struct {
  pl_kernel *kernel;
  const void *args;
} pl_host_call;

void pl_host_run(const pl_host_call *calls, size_t count);

void pl_host_run(const pl_host_call *calls, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    calls[i].kernel(calls[i].args);
  }
}
