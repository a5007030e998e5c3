// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SIGNAL_QUEUE_KERNEL_H
#define PL_SIGNAL_QUEUE_KERNEL_H

#include "pl.h"

// Each row of the input has a queue of its own. In each turn some samples of the row join the queue; once it holds a
// frame, the frame is written and the oldest samples leave the queue.
typedef struct {
  int32_t rows;
  int32_t turns;  // in an invoke, for each row
  int32_t count;  // samples that join in a turn
  int32_t frame;  // samples in a frame
  int32_t step;   // samples that leave after a frame
  int32_t room;   // samples that a queue may hold between turns
} pl_signal_queue_params;

typedef struct {
  pl_signal_queue_params params;
  const void *input;
  int32_t *lengths;       // [rows + 1]: samples in the queue, or -1 - n before its first turn, which is made 1 + n times;
                          // then whether the output has been whole before: if not, it is zero where a frame lacks
  void *queue;            // [rows, room], the oldest sample first
  void *output;           // [rows, turns, frame]
  uint8_t *output_valid;  // whether there was a frame in every turn; NULL if nobody asks
} pl_signal_queue_args;

PL_KERNEL void pl_signal_queue_16(const void *args);

#endif
