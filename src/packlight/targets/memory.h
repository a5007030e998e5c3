// SPDX-License-Identifier: Apache-2.0
// What every start-up does to RAM before main. The addresses come from the linker script.
// PL_COPY_DATA and PL_CLEAR_BSS are 0 where the linked firmware has no such section: then the loop costs no flash.
#ifndef PL_TARGETS_MEMORY_H
#define PL_TARGETS_MEMORY_H

#include <stdint.h>

extern uint32_t pl_data_start[], pl_data_end[], pl_bss_start[], pl_bss_end[];
extern const uint32_t pl_data_load[];

__attribute__((always_inline)) static inline void pl_prepare_memory(void) {
#if PL_COPY_DATA
  const uint32_t *from = pl_data_load;
  for (uint32_t *to = pl_data_start; to != pl_data_end; ++to, ++from) {
    *to = *from;
  }
#endif
#if PL_CLEAR_BSS
  for (uint32_t *to = pl_bss_start; to != pl_bss_end; ++to) {
    *to = 0;
  }
#endif
}

#endif  // PL_TARGETS_MEMORY_H
