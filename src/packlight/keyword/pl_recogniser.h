// SPDX-License-Identifier: Apache-2.0
// From a classifier's answers over time to words: the mean of the last answers, a threshold, and silence after a word.
#ifndef PL_RECOGNISER_H
#define PL_RECOGNISER_H

#include <stdint.h>

// PL_KEYWORD_CLASSES, PL_KEYWORD_FIRST_WORD, _EVERY (frames), _SMOOTHING (answers), _THRESHOLD (256ths), and
// _SUPPRESSION (frames).
#include "pl_keyword_settings.h"

// All zero at the beginning.
typedef struct {
  uint8_t answers[PL_KEYWORD_SMOOTHING][PL_KEYWORD_CLASSES];  // the last ones, in 256ths
  uint16_t sums[PL_KEYWORD_CLASSES];                          // of them
  uint16_t oldest;                                            // answer
  uint16_t wait;                                              // frames until the next word may be recognised
} pl_recogniser;

// Takes the probability of each class, in 256ths less 128. The class of the word that is recognised, or 0 for none.
int32_t pl_recogniser_push(pl_recogniser *recogniser, const int8_t *answer);

#endif
