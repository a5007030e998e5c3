// SPDX-License-Identifier: Apache-2.0
#include "pl_keyword.h"

#include "keyword_model/model.h"
#include "keyword_preprocessor/model.h"
#include "pl_recogniser.h"

#define PL_KEYWORD_WINDOW KEYWORD_PREPROCESSOR_INPUT_0_ELEMENTS  // samples
#define PL_KEYWORD_HOP 320                                       // samples
#define PL_KEYWORD_CHANNELS KEYWORD_PREPROCESSOR_OUTPUT_0_ELEMENTS
#define PL_KEYWORD_RING KEYWORD_MODEL_INPUT_0_ELEMENTS  // features
#define PL_KEYWORD_SILENCE (-128)                       // every feature of digital silence

// Both models work here. It begins with what they keep: the window, the noise estimate, and the ring of features.
uint8_t pl_keyword_arena[PL_KEYWORD_ARENA_BYTES] PL_ALIGNED(8) PL_ARENA_ATTRIBUTE;

static struct {
  uint32_t held;    // samples in the window
  uint32_t frames;  // since the reset
  uint32_t since;   // frames since the last answer
  pl_recogniser recogniser;
} pl_keyword_state;

void pl_keyword_reset(void) {
  for (uint32_t i = 0; i < PL_KEYWORD_KEPT_BYTES; ++i) {
    pl_keyword_arena[i] = 0;
  }
  int8_t *ring = KEYWORD_MODEL_INPUT_0;
  for (uint32_t i = 0; i < PL_KEYWORD_RING; ++i) {
    ring[i] = PL_KEYWORD_SILENCE;
  }
  uint8_t *state = (uint8_t *)&pl_keyword_state;
  for (uint32_t i = 0; i < sizeof pl_keyword_state; ++i) {
    state[i] = 0;
  }
}

// The newest features join the ring at its end.
static void pl_keyword_join(void) {
  int8_t *ring = KEYWORD_MODEL_INPUT_0;
  const int8_t *features = KEYWORD_PREPROCESSOR_OUTPUT_0;
  for (uint32_t i = 0; i < PL_KEYWORD_RING - PL_KEYWORD_CHANNELS; ++i) {
    ring[i] = ring[i + PL_KEYWORD_CHANNELS];
  }
  for (uint32_t i = 0; i < PL_KEYWORD_CHANNELS; ++i) {
    ring[PL_KEYWORD_RING - PL_KEYWORD_CHANNELS + i] = features[i];
  }
}

// The window is full: it becomes a frame, and its end the beginning of the next.
static int32_t pl_keyword_frame(void) {
  int16_t *window = KEYWORD_PREPROCESSOR_INPUT_0;
  keyword_preprocessor_invoke();
  pl_keyword_join();
  for (uint32_t i = PL_KEYWORD_HOP; i < PL_KEYWORD_WINDOW; ++i) {
    window[i - PL_KEYWORD_HOP] = window[i];
  }
  pl_keyword_state.held = PL_KEYWORD_WINDOW - PL_KEYWORD_HOP;
  ++pl_keyword_state.frames;
  if (++pl_keyword_state.since < PL_KEYWORD_EVERY) {
    return 0;
  }
  pl_keyword_state.since = 0;
  keyword_model_invoke();
  return pl_recogniser_push(&pl_keyword_state.recogniser, KEYWORD_MODEL_OUTPUT_0);
}

int32_t pl_keyword_push(const int16_t *samples, uint32_t count) {
  int32_t word = 0;
  for (; count > 0; --count) {
    KEYWORD_PREPROCESSOR_INPUT_0[pl_keyword_state.held++] = *samples++;
    if (pl_keyword_state.held == PL_KEYWORD_WINDOW) {
      const int32_t found = pl_keyword_frame();
      word = found ? found : word;
    }
  }
  return word;
}

uint32_t pl_keyword_frames(void) { return pl_keyword_state.frames; }
