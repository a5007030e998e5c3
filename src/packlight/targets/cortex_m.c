// SPDX-License-Identifier: Apache-2.0
// Start-up of a Cortex-M: vector table, memory, floating point, main.

#include "memory.h"

extern uint32_t pl_stack_top[];
extern void pl_main(void) __asm__("main") __attribute__((noreturn));
void Reset_Handler(void);
void pl_fault(void);

typedef void (*pl_handler)(void);

// As long as it must be: no interrupt is enabled, and every fault that is not enabled either becomes a HardFault.
struct pl_vectors {
  uint32_t *stack_top;
  pl_handler reset, nmi, hard_fault;
};

__attribute__((section(".pl_vectors"), used)) static const struct pl_vectors pl_vector_table = {
    pl_stack_top, Reset_Handler, pl_fault, pl_fault};

// Stays here, so that a debugger or an emulator finds where the core went off its rails.
__attribute__((used, noinline)) void pl_fault(void) {
  for (;;) {
  }
}

#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
static inline void pl_enable_coprocessors(void) {
  volatile uint32_t *const cpacr = (volatile uint32_t *)0xE000ED88u;
  *cpacr = 0xFu << 20;  // CP10 and CP11: floating point and MVE
#if defined(__ARM_FEATURE_MVE)
  volatile uint32_t *const ccr = (volatile uint32_t *)0xE000ED14u;
  *ccr |= 1u << 19;  // LOB: low-overhead loops branch back without fetching
#endif
  __asm__ volatile("dsb\n\tisb" ::: "memory");
}
#else
static inline void pl_enable_coprocessors(void) {}
#endif

__attribute__((used)) void Reset_Handler(void) {
  pl_enable_coprocessors();
  pl_prepare_memory();
  pl_main();
}
