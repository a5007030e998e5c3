// SPDX-License-Identifier: Apache-2.0
#include "floor_div/kernel.h"
#include "pl_divide.h"
#include "pl_element.h"

void pl_floor_div_integer(const void *args) {
  const pl_floor_div_args *a = args;
  const pl_floor_div_params *p = &a->params;
  int32_t at_output = 0;
  PL_EACH_PAIR(a, i, j) {
    const int32_t x = pl_load(a->input1, i, p->type), y = pl_load(a->input2, j, p->type);
    int32_t quotient = pl_quotient(x, y);
    int32_t rest = y == 0 ? 0 : (int32_t)((uint32_t)x - (uint32_t)quotient * (uint32_t)y);
    if (rest != 0 && (rest ^ y) < 0) {
      quotient -= 1;
      rest += y;
    }
    pl_store(a->output, at_output++, p->type, p->modulo ? rest : quotient);
  }
}
