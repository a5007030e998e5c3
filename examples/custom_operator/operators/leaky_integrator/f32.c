// SPDX-License-Identifier: Apache-2.0
#include "leaky_integrator/kernel.h"

void pl_leaky_integrator_f32(const void *args) {
  const pl_leaky_integrator_args *a = args;
  const pl_leaky_integrator_params *p = &a->params;
  for (int32_t i = 0; i < p->size; ++i) {
    a->level[i] = p->leak * a->level[i] + a->input[i];
    a->output[i] = a->level[i];
  }
}
