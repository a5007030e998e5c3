// SPDX-License-Identifier: Apache-2.0
// In a file of its own: the names cost nothing unless they are asked for.
#include "pl_status.h"

#include <stddef.h>

#define PL_NAME(status) [status] = #status

const char *pl_status_name(pl_status status) {
  static const char *const names[] = {
      PL_NAME(PL_OK),
      PL_NAME(PL_IMAGE_MISALIGNED),
      PL_NAME(PL_IMAGE_TOO_SHORT),
      PL_NAME(PL_IMAGE_NO_MAGIC),
      PL_NAME(PL_IMAGE_VERSION),
      PL_NAME(PL_IMAGE_SIZE),
      PL_NAME(PL_IMAGE_CRC),
      PL_NAME(PL_IMAGE_TABLES),
      PL_NAME(PL_IMAGE_REFERENCE),
      PL_NAME(PL_KERNEL_MISSING),
      PL_NAME(PL_ARENA_MISALIGNED),
      PL_NAME(PL_ARENA_TOO_SMALL),
      PL_NAME(PL_RESOLVER_FULL),
      PL_NAME(PL_RESOLVER_CONFLICT),
      PL_NAME(PL_NOT_READY),
  };
  return (size_t)status < sizeof names / sizeof *names ? names[status] : "PL_?";
}
