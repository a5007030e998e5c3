// SPDX-License-Identifier: Apache-2.0
// Keyword spotting: sound in, words out. All memory is fixed.
//
// A window of 30 ms, begun every 20 ms, becomes a frame of 40 features; every few frames the last ones are classified,
// and a recogniser watches the answers. There is one spotter in a program; it is not re-entrant.
#ifndef PL_KEYWORD_H
#define PL_KEYWORD_H

#include <stdint.h>

// Forgets all sound. Call it once before the first samples.
void pl_keyword_reset(void);

// Takes any number of samples: 16 kHz, one channel. The class of the word that they complete (the last, if there are
// several), or 0 for none. Work is done as frames are completed, so that pieces of up to 320 samples (20 ms) tell a word
// as early as it can be told.
int32_t pl_keyword_push(const int16_t *samples, uint32_t count);

// The frames that were completed since the reset.
uint32_t pl_keyword_frames(void);

#endif
