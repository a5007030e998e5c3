// SPDX-License-Identifier: Apache-2.0
// Runs an emitted image once, then loads thousands of damaged copies with repaired CRC. Compiled with sanitizers, which
// stop it at the first access outside of the exact image and arena. Writes the outputs, then how often which status came.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_image.h"
#include "pl_interpreter.h"
#include "pl_kernels.h"
#include "pl_register.h"

static uint32_t random_state = 1;

static uint32_t draw(uint32_t below) {
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % below;
}

static void repair_crc(uint8_t *image, uint32_t size) {
  uint32_t crc = 0xffffffffu;
  for (uint32_t i = 0; i < size - 4; ++i) {
    crc ^= image[i];
    for (int bit = 0; bit < 8; ++bit) {
      crc = crc & 1u ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
  }
  crc = ~crc;
  memcpy(image + size - 4, &crc, 4);
}

static void damage(uint8_t *image, uint32_t tables) {
  for (uint32_t count = 1 + draw(3); count; --count) {
    const uint32_t at = 12 + draw(tables - 12);  // magic, format and size have tests of their own
    image[at] = (uint8_t)(draw(3) ? image[at] ^ 1u << draw(8) : draw(256));
  }
}

// Every byte that the user may touch, touched.
static void touch(const pl_interpreter *model) {
  for (uint32_t i = 0; i < pl_interpreter_inputs(model); ++i) {
    memset(pl_interpreter_input(model, i), (int)i, pl_interpreter_input_size(model, i));
  }
  volatile uint8_t seen = 0;
  for (uint32_t i = 0; i < pl_interpreter_outputs(model); ++i) {
    const uint8_t *output = pl_interpreter_output(model, i);
    for (uint32_t j = 0; j < pl_interpreter_output_size(model, i); ++j) {
      seen = (uint8_t)(seen ^ output[j]);
    }
  }
}

static int run(const pl_resolver *resolver, void *arena) {
  pl_interpreter model;
  const pl_status status =
      pl_interpreter_init(&model, model_image, MODEL_IMAGE_BYTES, resolver, arena, MODEL_IMAGE_ARENA_BYTES);
  if (status != PL_OK) {
    puts(pl_status_name(status));
    return 1;
  }
  for (uint32_t i = 0; i < pl_interpreter_inputs(&model); ++i) {
    memset(pl_interpreter_input(&model, i), 3, pl_interpreter_input_size(&model, i));
  }
  pl_interpreter_invoke(&model);
  const uint8_t *output = pl_interpreter_output(&model, 0);
  for (uint32_t i = 0; i < pl_interpreter_output_size(&model, 0); ++i) {
    printf("%02x", output[i]);
  }
  puts("");
  return 0;
}

int main(int argc, char **argv) {
  PL_RESOLVER(resolver, PL_REGISTERED_KERNELS);
  void *arena = malloc(MODEL_IMAGE_ARENA_BYTES);
  if (argc < 3 || pl_register_operators(&resolver) != PL_OK || run(&resolver, arena)) {
    return 1;
  }
  uint32_t seen[PL_NOT_READY + 1] = {0};
  const uint32_t tables = (uint32_t)strtoul(argv[2], NULL, 10);
  uint8_t *image = malloc(MODEL_IMAGE_BYTES);
  for (unsigned long count = strtoul(argv[1], NULL, 10); count; --count) {
    memcpy(image, model_image, MODEL_IMAGE_BYTES);
    damage(image, tables);
    repair_crc(image, MODEL_IMAGE_BYTES);
    pl_interpreter model;
    const pl_status status =
        pl_interpreter_init(&model, image, MODEL_IMAGE_BYTES, &resolver, arena, MODEL_IMAGE_ARENA_BYTES);
    ++seen[status];
    if (status == PL_OK) {
      touch(&model);
    } else if (pl_interpreter_invoke(&model) != PL_NOT_READY) {
      return 1;
    }
  }
  for (int status = 0; status <= PL_NOT_READY; ++status) {
    if (seen[status]) {
      printf("%s %u\n", pl_status_name((pl_status)status), (unsigned)seen[status]);
    }
  }
  free(image);
  free(arena);
  return 0;
}
