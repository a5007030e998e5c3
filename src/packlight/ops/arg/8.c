// SPDX-License-Identifier: Apache-2.0
#define ELEMENT int8_t
#include "arg/integer.h"

void pl_arg_8(const void *args) {
  arg_integer(args);
}
