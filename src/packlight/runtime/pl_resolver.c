// SPDX-License-Identifier: Apache-2.0
#include "pl_resolver.h"

pl_status pl_resolver_add(pl_resolver *resolver, uint32_t id, pl_kernel *kernel) {
  pl_kernel *const known = pl_resolver_find(resolver, id);
  if (known) {
    return known == kernel ? PL_OK : PL_RESOLVER_CONFLICT;
  }
  if (resolver->count >= resolver->capacity) {
    return PL_RESOLVER_FULL;
  }
  pl_resolver_entry *const entry = &resolver->entries[resolver->count++];
  entry->id = id;
  entry->kernel = kernel;
  return PL_OK;
}

pl_kernel *pl_resolver_find(const pl_resolver *resolver, uint32_t id) {
  for (uint32_t i = 0; i < resolver->count; ++i) {
    if (resolver->entries[i].id == id) {
      return resolver->entries[i].kernel;
    }
  }
  return NULL;
}
