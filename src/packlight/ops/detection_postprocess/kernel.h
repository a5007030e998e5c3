// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DETECTION_POSTPROCESS_KERNEL_H
#define PL_DETECTION_POSTPROCESS_KERNEL_H

#include "pl.h"

// What an input holds: uint8 where there is a scale, or else floats.
typedef struct {
  float scale;
  int32_t zero_point;
} pl_detection_postprocess_type;

typedef struct {
  pl_detection_postprocess_type boxes_type, scores_type, anchors_type;
  float scales[4];  // of y, x, h, w
  float score_threshold, iou_threshold;
  int32_t boxes;           // how many there are
  int32_t coordinates;     // values of each in the encodings, of which the first four count
  int32_t columns;         // classes in the predictions
  int32_t first;           // the first that is no background
  int32_t classes;         // those that are no background
  int32_t per_class;       // the most boxes of one class; 0: boxes are selected by their best class
  int32_t per_box, step;   // where boxes are selected by their best class: classes that are told of each, rows for each
  int32_t max_detections;  // the most boxes of all
  int32_t rows;            // of the outputs
} pl_detection_postprocess_params;

typedef struct {
  pl_detection_postprocess_params params;
  const void *box_encodings;      // [boxes, coordinates]: y, x, h, w
  const void *class_predictions;  // [boxes, columns]
  const void *anchors;            // [boxes, 4]: y, x, h, w
  float *detection_boxes;         // [rows, 4]: ymin, xmin, ymax, xmax
  float *detection_classes;       // [rows]
  float *detection_scores;        // [rows]
  float *num_detections;
  float *scratch;  // [boxes, 4]: the decoded boxes; [boxes]: scores; then [boxes] bytes: which are candidates
} pl_detection_postprocess_args;

PL_KERNEL void pl_detection_postprocess_detect(const void *args);

#endif
