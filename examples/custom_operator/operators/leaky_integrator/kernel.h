// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LEAKY_INTEGRATOR_KERNEL_H
#define PL_LEAKY_INTEGRATOR_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
  float leak;    // what remains of a level until the next invoke
} pl_leaky_integrator_params;

typedef struct {
  pl_leaky_integrator_params params;
  const float *input;
  float *level;  // the state
  float *output;
} pl_leaky_integrator_args;

PL_KERNEL void pl_leaky_integrator_f32(const void *args);

#endif
