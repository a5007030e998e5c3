// SPDX-License-Identifier: Apache-2.0
// Firmware for an emulator, which writes samples to memory, lets pl_firmware_invoke run, and reads the word. On a board,
// a converter or microphone would fill the samples.
#include "pl.h"
#include "pl_keyword.h"

#define PL_FIRMWARE_SAMPLES 320  // 20 ms

void pl_firmware_invoke(void);

int16_t pl_firmware_samples[PL_FIRMWARE_SAMPLES] PL_ARENA_ATTRIBUTE;
volatile uint32_t pl_firmware_count;  // samples to take
volatile int32_t pl_firmware_word;    // that was recognised, or 0

__attribute__((noinline)) void pl_firmware_invoke(void) {
  pl_firmware_word = pl_keyword_push(pl_firmware_samples, pl_firmware_count);
}

int main(void) {
  pl_keyword_reset();
  for (;;) {
    pl_firmware_invoke();
  }
}
