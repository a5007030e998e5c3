// SPDX-License-Identifier: Apache-2.0
// Start-up of an RV32 core in machine mode: registers, memory, main.

#include "memory.h"

extern void pl_main(void) __asm__("main") __attribute__((noreturn));
void Reset_Handler(void);
void pl_fault(void);
void pl_start(void);

// Stays here, so that a debugger or an emulator finds where the core went off its rails. mtvec wants a multiple of 4.
__attribute__((used, noinline, aligned(4))) void pl_fault(void) {
  for (;;) {
  }
}

__attribute__((used, noinline)) void pl_start(void) {
  pl_prepare_memory();
  pl_main();
}

__attribute__((naked, used, section(".pl_start"))) void Reset_Handler(void) {
  __asm__ volatile(
      ".option push\n\t"
      ".option norelax\n\t"
      ".option arch, +zicsr\n\t"
      "la gp, __global_pointer$\n\t"
      "la t0, pl_fault\n\t"
      "csrw mtvec, t0\n\t"
      ".option pop\n\t"
      "la sp, pl_stack_top\n\t"
      "j pl_start");
}
