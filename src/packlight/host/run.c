// SPDX-License-Identifier: Apache-2.0
// The one call into C per invoke on the PC: the program's steps, kernels one after the other, and jumps between them.
#include "pl.h"

// Without a kernel it is a jump, and `args` a pl_host_jump.
typedef struct {
  pl_kernel *kernel;
  const void *args;
} pl_host_step;

typedef struct {
  const uint8_t *unless;  // NULL: always
  uint64_t target;        // index of a step
} pl_host_jump;

void pl_host_run(const pl_host_step *steps, size_t count);

void pl_host_run(const pl_host_step *steps, size_t count) {
  for (size_t i = 0; i < count;) {
    const pl_host_step *step = &steps[i++];
    if (step->kernel) {
      step->kernel(step->args);
    } else {
      const pl_host_jump *jump = step->args;
      if (!jump->unless || !*jump->unless) {
        i = (size_t)jump->target;
      }
    }
  }
}
