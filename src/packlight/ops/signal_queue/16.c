// SPDX-License-Identifier: Apache-2.0
#include "signal_queue/kernel.h"

// Sample `i` of the queue, when new ones have joined behind the `length` that it held.
static int16_t signal_queue_16_at(const int16_t *queue, int32_t length, const int16_t *joined, int32_t i) {
  return i < length ? queue[i] : joined[i - length];
}

// One turn; answers how many samples the queue holds now. Without a frame nothing leaves.
static int32_t signal_queue_16_turn(const pl_signal_queue_params *p, const int16_t *joined, int16_t *queue,
                                    int32_t length, int16_t *output) {
  const int32_t total = length + p->count;
  int32_t step = 0;
  if (total >= p->frame) {
    step = p->step;
    for (int32_t i = 0; i < p->frame; ++i) {
      output[i] = signal_queue_16_at(queue, length, joined, i);
    }
  }
  for (int32_t i = step; i < total; ++i) {
    queue[i - step] = signal_queue_16_at(queue, length, joined, i);
  }
  return total - step;
}

void pl_signal_queue_16(const void *args) {
  const pl_signal_queue_args *a = args;
  const pl_signal_queue_params *p = &a->params;
  const int16_t *input = a->input;
  int16_t *queue = a->queue;
  int16_t *output = a->output;
  int32_t *had_frame = &a->lengths[p->rows];
  uint8_t valid = 1;
  for (int32_t i = *had_frame ? 0 : p->rows * p->turns * p->frame; i > 0; --i) {
    output[i - 1] = 0;
  }
  for (int32_t row = 0; row < p->rows; ++row) {
    int32_t length = a->lengths[row];
    int32_t again = 0;
    if (length < 0) {
      again = -1 - length;
      length = 0;
    }
    for (int32_t turn = p->turns; turn > 0; --turn) {
      for (; again > 0; --again) {
        length = signal_queue_16_turn(p, input, queue, length, output);
      }
      valid &= length + p->count >= p->frame;
      length = signal_queue_16_turn(p, input, queue, length, output);
      input += p->count;
      output += p->frame;
    }
    a->lengths[row] = length;
    queue += p->room;
  }
  *had_frame |= valid;
  if (a->output_valid) {
    *a->output_valid = valid;
  }
}
