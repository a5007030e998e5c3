// SPDX-License-Identifier: Apache-2.0
#include "pl_image.h"

#define PL_CRC_BYTES ((uint32_t)sizeof(uint32_t))

// CRC-32 as in IEEE 802.3, zlib and PNG, bit by bit: a table would cost more flash than all the rest of the loader.
static uint32_t pl_crc32(const uint32_t *words, uint32_t count) {
  uint32_t crc = 0xffffffffu;
  for (; count; --count) {
    crc ^= *words++;
    for (int bit = 0; bit < 32; ++bit) {
      crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
  }
  return ~crc;
}

// Whether a place lies within its area, which `areas` tells (a bit for each) that it may be in.
static int pl_is_inside(const pl_image_header *image, const pl_image_place *place, uint32_t areas) {
  const uint32_t area = place->where >> PL_AREA_SHIFT, offset = place->where & PL_OFFSET_MASK;
  const uint32_t end = area == PL_AREA_ARENA ? image->arena_bytes : area == PL_AREA_IMAGE ? image->size : 0;
  return (areas >> area & 1u) && offset <= end && place->size <= end - offset;
}

static pl_status pl_check_values(const pl_image_header *image) {
  const pl_image_value *value = pl_image_values(image);
  for (uint32_t i = 0; i < (uint32_t)image->inputs + image->outputs; ++i, ++value) {
    const uint32_t areas = 1u << PL_AREA_ARENA | (i < image->inputs ? 0u : 1u << PL_AREA_IMAGE);
    if (!pl_is_inside(image, &value->place, areas)) {
      return PL_IMAGE_REFERENCE;
    }
  }
  const pl_image_place initial = {PL_AREA_IMAGE << PL_AREA_SHIFT | (image->variables & PL_OFFSET_MASK),
                                  image->variables ? image->variables_bytes : 0};
  const int sound = image->variables <= PL_OFFSET_MASK && image->variables_bytes <= image->arena_bytes;
  return sound && pl_is_inside(image, &initial, 1u << PL_AREA_IMAGE) ? PL_OK : PL_IMAGE_REFERENCE;
}

// Whether a call starts `offset` bytes behind the first, or the last ends there.
static int pl_is_start(const pl_image_header *image, uint32_t offset) {
  const uint8_t *first = (const uint8_t *)pl_image_calls(image);
  const uint8_t *at = first;
  for (uint32_t i = image->calls; i && (uint32_t)(at - first) < offset; --i) {
    at = (const uint8_t *)pl_image_next((const pl_image_call *)(const void *)at);
  }
  return (uint32_t)(at - first) == offset;
}

// That every jump leads to a call, once the calls are found sound.
static pl_status pl_check_jumps(const pl_image_header *image) {
  const pl_image_call *call = pl_image_calls(image);
  for (uint32_t i = image->calls; i; --i, call = pl_image_next(call)) {
    if (call->kernel == PL_IMAGE_JUMP) {
      const int formed = call->params_bytes == sizeof(uint32_t) && call->operands == 1;
      if (!formed || !pl_is_start(image, *(const uint32_t *)(const void *)(call + 1))) {
        return PL_IMAGE_TABLES;
      }
      const pl_image_place *unless = pl_image_operands(call);
      if (unless->where >> PL_AREA_SHIFT != PL_AREA_NONE && !unless->size) {
        return PL_IMAGE_REFERENCE;
      }
    }
  }
  return PL_OK;
}

// `bytes`: of the image, from the first call to the CRC.
static pl_status pl_check_calls(const pl_image_header *image, uint32_t bytes) {
  const pl_image_call *call = pl_image_calls(image);
  for (uint32_t i = 0; i < image->calls; ++i) {
    if (bytes < sizeof *call) {
      return PL_IMAGE_TABLES;
    }
    bytes -= (uint32_t)sizeof *call;
    const uint32_t length = call->params_bytes + call->operands * (uint32_t)sizeof(pl_image_place);
    const uint32_t args = pl_image_pointers(call) + call->operands * (uint32_t)sizeof(void *);
    const int known = call->kernel < image->kernels && args <= image->args_bytes[sizeof(void *) / 8];
    if (length > bytes || call->params_bytes % 4 || !(known || call->kernel == PL_IMAGE_JUMP)) {
      return PL_IMAGE_TABLES;
    }
    bytes -= length;
    const pl_image_place *place = pl_image_operands(call);
    for (const pl_image_place *end = place + call->operands; place != end; ++place) {
      if (!pl_is_inside(image, place, 1u << PL_AREA_ARENA | 1u << PL_AREA_IMAGE | 1u << PL_AREA_NONE)) {
        return PL_IMAGE_REFERENCE;
      }
    }
    call = (const pl_image_call *)(const void *)place;
  }
  return pl_check_jumps(image);
}

pl_status pl_image_check(const void *start, size_t bytes) {
  const pl_image_header *image = start;
  if ((uintptr_t)start % PL_IMAGE_ALIGNMENT) {
    return PL_IMAGE_MISALIGNED;
  }
  if (bytes < sizeof *image + PL_CRC_BYTES) {
    return PL_IMAGE_TOO_SHORT;
  }
  if (image->magic != PL_IMAGE_MAGIC) {
    return PL_IMAGE_NO_MAGIC;
  }
  if (image->format != PL_IMAGE_FORMAT) {
    return PL_IMAGE_VERSION;
  }
  const uint32_t size = image->size;
  if (size > bytes || size < sizeof *image + PL_CRC_BYTES || size > PL_OFFSET_MASK || size % 4) {
    return PL_IMAGE_SIZE;
  }
  const uint32_t words = size / 4 - 1;
  if (pl_crc32(start, words) != ((const uint32_t *)start)[words]) {
    return PL_IMAGE_CRC;
  }
  const uint32_t tables = (uint32_t)sizeof *image + image->kernels * (uint32_t)sizeof(uint32_t) +
                          ((uint32_t)image->inputs + image->outputs) * (uint32_t)sizeof(pl_image_value);
  if (tables > size - PL_CRC_BYTES || image->arena_bytes > PL_OFFSET_MASK) {
    return PL_IMAGE_TABLES;
  }
  const pl_status status = pl_check_values(image);
  return status == PL_OK ? pl_check_calls(image, size - PL_CRC_BYTES - tables) : status;
}
