// SPDX-License-Identifier: Apache-2.0
#include "pl_recogniser.h"

int32_t pl_recogniser_push(pl_recogniser *recogniser, const int8_t *answer) {
  uint8_t *oldest = recogniser->answers[recogniser->oldest];
  uint16_t *sums = recogniser->sums;
  int32_t best = 0;
  for (int32_t i = 0; i < PL_KEYWORD_CLASSES; ++i) {
    const uint8_t probability = (uint8_t)(answer[i] + 128);
    sums[i] = (uint16_t)(sums[i] + probability - oldest[i]);
    oldest[i] = probability;
    if (sums[i] > sums[best]) {
      best = i;
    }
  }
  recogniser->oldest = (uint16_t)(recogniser->oldest + 1 < PL_KEYWORD_SMOOTHING ? recogniser->oldest + 1 : 0);
  recogniser->wait = (uint16_t)(recogniser->wait > PL_KEYWORD_EVERY ? recogniser->wait - PL_KEYWORD_EVERY : 0);
  if (best < PL_KEYWORD_FIRST_WORD || sums[best] < PL_KEYWORD_THRESHOLD * PL_KEYWORD_SMOOTHING || recogniser->wait) {
    return 0;
  }
  recogniser->wait = PL_KEYWORD_SUPPRESSION;
  return best;
}
