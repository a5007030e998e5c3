// SPDX-License-Identifier: Apache-2.0
#include "pl_element.h"

int32_t pl_load(const void *array, int32_t index, int32_t type) {
  switch (type) {
    case PL_INT8:
      return ((const int8_t *)array)[index];
    case PL_UINT8:
      return ((const uint8_t *)array)[index];
    case PL_INT16:
      return ((const int16_t *)array)[index];
    default:
      return ((const int32_t *)array)[index];
  }
}

void pl_store(void *array, int32_t index, int32_t type, int32_t value) {
  switch (type) {
    case PL_INT8:
    case PL_UINT8:
      ((uint8_t *)array)[index] = (uint8_t)value;
      break;
    case PL_INT16:
      ((int16_t *)array)[index] = (int16_t)value;
      break;
    default:
      ((int32_t *)array)[index] = value;
  }
}
