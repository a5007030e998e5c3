// SPDX-License-Identifier: Apache-2.0
// Looking up int16 numbers in a table of 513 samples, with straight lines between them; packlight/tables.py makes them.
#ifndef PL_TABLE_H
#define PL_TABLE_H

#include "pl.h"

static inline int16_t pl_table_s16(const int16_t *table, int32_t value) {
  const int16_t *const sample = table + 256 + (value >> 7);
  const int16_t slope = (int16_t)(sample[1] - sample[0]);
  return (int16_t)(sample[0] + ((slope * (value & 127) + 64) >> 7));
}

#endif
