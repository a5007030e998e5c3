// SPDX-License-Identifier: Apache-2.0
#include "pl_interpreter.h"

#include <string.h>

// What the interpreter puts behind the image's own arena is aligned for 8-byte pointers and numbers.
#define PL_ALIGN_8(bytes) (((bytes) + 7u) & ~7u)

static void *pl_address(const pl_interpreter *it, const pl_image_place *place) {
  const uint32_t area = place->where >> PL_AREA_SHIFT, offset = place->where & PL_OFFSET_MASK;
  if (area == PL_AREA_NONE) {
    return NULL;
  }
  return area == PL_AREA_ARENA ? it->arena + offset : (uint8_t *)(uintptr_t)it->image + offset;
}

pl_status pl_interpreter_init(pl_interpreter *it, const void *image, size_t image_bytes, const pl_resolver *resolver,
                              void *arena, size_t arena_bytes) {
  it->image = NULL;
  const pl_status status = pl_image_check(image, image_bytes);
  if (status != PL_OK) {
    return status;
  }
  const pl_image_header *header = image;
  const uint32_t kernels_at = PL_ALIGN_8(header->arena_bytes);
  const uint32_t args_at = PL_ALIGN_8(kernels_at + header->kernels * (uint32_t)sizeof(pl_kernel *));
  it->arena_bytes = args_at + header->args_bytes[sizeof(void *) / 8];
  if ((uintptr_t)arena % PL_IMAGE_ALIGNMENT) {
    return PL_ARENA_MISALIGNED;
  }
  if (arena_bytes < it->arena_bytes) {
    return PL_ARENA_TOO_SMALL;
  }
  it->arena = arena;
  it->kernels = (pl_kernel **)(void *)(it->arena + kernels_at);
  it->args = it->arena + args_at;
  const uint32_t *ids = pl_image_kernels(header);
  for (uint32_t i = 0; i < header->kernels; ++i) {
    it->kernels[i] = pl_resolver_find(resolver, ids[i]);
    if (!it->kernels[i]) {
      it->missing_kernel = ids[i];
      return PL_KERNEL_MISSING;
    }
  }
  it->end = pl_image_calls(header);
  for (uint32_t i = header->calls; i; --i) {
    it->end = pl_image_next(it->end);
  }
  it->image = header;
  return pl_interpreter_reset(it);
}

pl_status pl_interpreter_invoke(pl_interpreter *it) {
  if (!it->image) {
    return PL_NOT_READY;
  }
  const uint8_t *const first = (const uint8_t *)pl_image_calls(it->image);
  const pl_image_call *call = pl_image_calls(it->image);
  while (call != it->end) {
    const pl_image_place *place = pl_image_operands(call);
    if (call->kernel == PL_IMAGE_JUMP) {
      const uint8_t *unless = pl_address(it, place);
      const uint32_t target = *(const uint32_t *)(const void *)(call + 1);
      call = unless && *unless ? pl_image_next(call) : (const pl_image_call *)(const void *)(first + target);
      continue;
    }
    memcpy(it->args, call + 1, call->params_bytes);
    const void **pointer = (const void **)(void *)(it->args + pl_image_pointers(call));
    for (const pl_image_place *end = place + call->operands; place != end; ++place) {
      *pointer++ = pl_address(it, place);
    }
    it->kernels[call->kernel](it->args);
    call = (const pl_image_call *)(const void *)place;
  }
  return PL_OK;
}

pl_status pl_interpreter_reset(pl_interpreter *it) {
  if (!it->image) {
    return PL_NOT_READY;
  }
  if (it->image->variables) {
    memcpy(it->arena, (const uint8_t *)it->image + it->image->variables, it->image->variables_bytes);
  } else {
    memset(it->arena, 0, it->image->variables_bytes);
  }
  return PL_OK;
}

uint32_t pl_interpreter_inputs(const pl_interpreter *it) { return it->image ? it->image->inputs : 0; }

uint32_t pl_interpreter_outputs(const pl_interpreter *it) { return it->image ? it->image->outputs : 0; }

const pl_image_value *pl_interpreter_input_value(const pl_interpreter *it, uint32_t index) {
  return index < pl_interpreter_inputs(it) ? pl_image_values(it->image) + index : NULL;
}

const pl_image_value *pl_interpreter_output_value(const pl_interpreter *it, uint32_t index) {
  return index < pl_interpreter_outputs(it) ? pl_image_values(it->image) + it->image->inputs + index : NULL;
}

void *pl_interpreter_input(const pl_interpreter *it, uint32_t index) {
  const pl_image_value *value = pl_interpreter_input_value(it, index);
  return value ? pl_address(it, &value->place) : NULL;
}

const void *pl_interpreter_output(const pl_interpreter *it, uint32_t index) {
  const pl_image_value *value = pl_interpreter_output_value(it, index);
  return value ? pl_address(it, &value->place) : NULL;
}

uint32_t pl_interpreter_input_size(const pl_interpreter *it, uint32_t index) {
  const pl_image_value *value = pl_interpreter_input_value(it, index);
  return value ? value->place.size : 0;
}

uint32_t pl_interpreter_output_size(const pl_interpreter *it, uint32_t index) {
  const pl_image_value *value = pl_interpreter_output_value(it, index);
  return value ? value->place.size : 0;
}
