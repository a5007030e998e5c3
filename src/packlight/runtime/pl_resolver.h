// SPDX-License-Identifier: Apache-2.0
// The op resolver of the device: which kernels a firmware has, by the ids that images call them by.
#ifndef PL_RESOLVER_H
#define PL_RESOLVER_H

#include "pl.h"
#include "pl_status.h"

typedef struct {
  uint32_t id;  // of the kernel's name and args: PL_ID_... in the generated pl_kernels.h
  pl_kernel *kernel;
} pl_resolver_entry;

typedef struct {
  pl_resolver_entry *entries;
  uint32_t count;
  uint32_t capacity;
} pl_resolver;

// Defines a static resolver with room for `size` kernels, a constant.
#define PL_RESOLVER(name, size)                                 \
  static pl_resolver_entry name##_entries[(size) ? (size) : 1]; \
  static pl_resolver name = {name##_entries, 0, (size)}

// Registers a kernel. The same one again is fine and takes no room. Errors: PL_RESOLVER_FULL, PL_RESOLVER_CONFLICT.
pl_status pl_resolver_add(pl_resolver *resolver, uint32_t id, pl_kernel *kernel);

// The kernel of an id; NULL if none is registered.
pl_kernel *pl_resolver_find(const pl_resolver *resolver, uint32_t id);

#endif
