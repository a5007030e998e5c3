// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int32_t
#include "arg/integer.h"

void pl_arg_32(const void *args) {
  arg_integer(args);
}
