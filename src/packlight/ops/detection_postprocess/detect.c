// SPDX-License-Identifier: Apache-2.0
#include "detection_postprocess/kernel.h"
#include "pl_expf.h"
#include "pl_float.h"

typedef struct {
  float ymin, xmin, ymax, xmax;
} pl_detection_postprocess_box;

typedef struct {
  const pl_detection_postprocess_args *a;
  pl_detection_postprocess_box *boxes;
  float *scores;       // by which boxes are selected
  uint8_t *candidate;  // whether a box may still be selected
  int32_t detections;
} pl_detection_postprocess_work;

static float detection_postprocess_detect_value(const void *data, int32_t at, pl_detection_postprocess_type type) {
  if (type.scale == 0.0f) {
    return ((const float *)data)[at];
  }
  // The stored number in the last bits of 1.5 * 2^23, which is taken off again: a cast, where it depends on a condition,
  // becomes a VCVTNE.F32.S32 on Cortex-M55, which GNU as 2.40 does not take.
  const uint32_t stored = 0x4b400000u + ((const uint8_t *)data)[at] - (uint32_t)type.zero_point;
  return (pl_float_of(stored) - 12582912.0f) * type.scale;
}

static float detection_postprocess_detect_score(const pl_detection_postprocess_args *a, int32_t box, int32_t class_) {
  const pl_detection_postprocess_params *p = &a->params;
  const int32_t at = box * p->columns + p->first + class_;
  return detection_postprocess_detect_value(a->class_predictions, at, p->scores_type);
}

// From center and size, relative to an anchor's, to corners.
static void detection_postprocess_detect_decode(const pl_detection_postprocess_args *a, int32_t index,
                                                pl_detection_postprocess_box *box) {
  const pl_detection_postprocess_params *p = &a->params;
  float anchor[4], code[4];
  for (int32_t i = 0; i < 4; ++i) {
    const int32_t at = index * p->coordinates + i;
    anchor[i] = detection_postprocess_detect_value(a->anchors, 4 * index + i, p->anchors_type);
    code[i] = detection_postprocess_detect_value(a->box_encodings, at, p->boxes_type) / p->scales[i];
  }
  const float y = code[0] * anchor[2] + anchor[0], half_height = 0.5f * pl_expf(code[2]) * anchor[2];
  const float x = code[1] * anchor[3] + anchor[1], half_width = 0.5f * pl_expf(code[3]) * anchor[3];
  box->ymin = y - half_height;
  box->xmin = x - half_width;
  box->ymax = y + half_height;
  box->xmax = x + half_width;
}

static float detection_postprocess_detect_area(const pl_detection_postprocess_box *box) {
  const float height = box->ymax - box->ymin, width = box->xmax - box->xmin;
  return height > 0.0f && width > 0.0f ? height * width : 0.0f;
}

// The area of the intersection over that of the union; 0 where a box has none.
static float detection_postprocess_detect_overlap(const pl_detection_postprocess_box *one,
                                                  const pl_detection_postprocess_box *other) {
  const pl_detection_postprocess_box common = {
      one->ymin > other->ymin ? one->ymin : other->ymin,
      one->xmin > other->xmin ? one->xmin : other->xmin,
      one->ymax < other->ymax ? one->ymax : other->ymax,
      one->xmax < other->xmax ? one->xmax : other->xmax,
  };
  const float area = detection_postprocess_detect_area(one), area_other = detection_postprocess_detect_area(other);
  const float intersection = detection_postprocess_detect_area(&common);
  return area > 0.0f && area_other > 0.0f ? intersection / (area + area_other - intersection) : 0.0f;
}

// Boxes whose score reaches the threshold may be selected.
static void detection_postprocess_detect_begin(pl_detection_postprocess_work *w) {
  const pl_detection_postprocess_params *p = &w->a->params;
  for (int32_t i = 0; i < p->boxes; ++i) {
    w->candidate[i] = w->scores[i] >= p->score_threshold;
  }
}

// The candidate with the highest score, the first of equal ones, or -1. Neither it nor what overlaps it too much is one
// any more.
static int32_t detection_postprocess_detect_next(pl_detection_postprocess_work *w) {
  const pl_detection_postprocess_params *p = &w->a->params;
  int32_t best = -1;
  for (int32_t i = 0; i < p->boxes; ++i) {
    if (w->candidate[i] && (best < 0 || w->scores[i] > w->scores[best])) {
      best = i;
    }
  }
  if (best >= 0) {
    w->candidate[best] = 0;
    for (int32_t i = 0; i < p->boxes; ++i) {
      if (w->candidate[i] && detection_postprocess_detect_overlap(&w->boxes[best], &w->boxes[i]) > p->iou_threshold) {
        w->candidate[i] = 0;
      }
    }
  }
  return best;
}

static void detection_postprocess_detect_put(const pl_detection_postprocess_work *w, int32_t row, int32_t box,
                                             int32_t class_, float score) {
  const pl_detection_postprocess_args *a = w->a;
  ((pl_detection_postprocess_box *)a->detection_boxes)[row] = w->boxes[box];
  a->detection_classes[row] = (float)class_;
  a->detection_scores[row] = score;
}

// The box joins those detected before, which are in the order of their scores and at most `max_detections`.
static void detection_postprocess_detect_insert(pl_detection_postprocess_work *w, int32_t box, int32_t class_) {
  const pl_detection_postprocess_args *a = w->a;
  const float score = w->scores[box];
  int32_t row = w->detections;
  if (row < a->params.max_detections) {
    ++w->detections;
  } else if (!(score > a->detection_scores[--row])) {
    return;
  }
  pl_detection_postprocess_box *boxes = (pl_detection_postprocess_box *)a->detection_boxes;
  for (; row > 0 && score > a->detection_scores[row - 1]; --row) {
    boxes[row] = boxes[row - 1];
    a->detection_classes[row] = a->detection_classes[row - 1];
    a->detection_scores[row] = a->detection_scores[row - 1];
  }
  detection_postprocess_detect_put(w, row, box, class_, score);
}

static void detection_postprocess_detect_by_class(pl_detection_postprocess_work *w) {
  const pl_detection_postprocess_params *p = &w->a->params;
  for (int32_t class_ = 0; class_ < p->classes; ++class_) {
    for (int32_t i = 0; i < p->boxes; ++i) {
      w->scores[i] = detection_postprocess_detect_score(w->a, i, class_);
    }
    detection_postprocess_detect_begin(w);
    int32_t box = 0;
    for (int32_t left = p->per_class; left > 0 && (box = detection_postprocess_detect_next(w)) >= 0; --left) {
      detection_postprocess_detect_insert(w, box, class_);
    }
  }
}

// The class of a box with the highest score, the first of equal ones, among those that come after `last` in that order;
// -1 begins.
static int32_t detection_postprocess_detect_class(const pl_detection_postprocess_args *a, int32_t box, int32_t last) {
  const float bound = last < 0 ? 0.0f : detection_postprocess_detect_score(a, box, last);
  float best_score = 0.0f;
  int32_t best = -1;
  for (int32_t i = 0; i < a->params.classes; ++i) {
    const float score = detection_postprocess_detect_score(a, box, i);
    const int32_t is_left = last < 0 || score < bound || (score == bound && i > last);
    if (is_left && (best < 0 || score > best_score)) {
      best = i;
      best_score = score;
    }
  }
  return best;
}

static void detection_postprocess_detect_by_box(pl_detection_postprocess_work *w) {
  const pl_detection_postprocess_args *a = w->a;
  const pl_detection_postprocess_params *p = &a->params;
  for (int32_t i = 0; i < p->boxes; ++i) {
    w->scores[i] = detection_postprocess_detect_score(a, i, detection_postprocess_detect_class(a, i, -1));
  }
  detection_postprocess_detect_begin(w);
  int32_t box = 0;
  while (w->detections < p->max_detections && (box = detection_postprocess_detect_next(w)) >= 0) {
    const int32_t row = w->detections * p->step;
    int32_t class_ = -1;
    for (int32_t i = 0; i < p->per_box; ++i) {
      class_ = detection_postprocess_detect_class(a, box, class_);
      if (class_ < 0) {  // a score is not a number
        break;
      }
      detection_postprocess_detect_put(w, row + i, box, class_, detection_postprocess_detect_score(a, box, class_));
    }
    ++w->detections;
  }
}

void pl_detection_postprocess_detect(const void *args) {
  const pl_detection_postprocess_args *a = args;
  const pl_detection_postprocess_params *p = &a->params;
  pl_detection_postprocess_box *boxes = (pl_detection_postprocess_box *)a->scratch;
  float *scores = a->scratch + 4 * p->boxes;
  pl_detection_postprocess_work w = {a, boxes, scores, (uint8_t *)(scores + p->boxes), 0};
  for (int32_t i = 0; i < p->boxes; ++i) {
    detection_postprocess_detect_decode(a, i, &boxes[i]);
  }
  const pl_detection_postprocess_box none = {0.0f, 0.0f, 0.0f, 0.0f};
  for (int32_t row = 0; row < p->rows; ++row) {
    ((pl_detection_postprocess_box *)a->detection_boxes)[row] = none;
    a->detection_classes[row] = 0.0f;
    a->detection_scores[row] = 0.0f;
  }
  if (p->per_class) {
    detection_postprocess_detect_by_class(&w);
  } else {
    detection_postprocess_detect_by_box(&w);
  }
  *a->num_detections = (float)w.detections;
}
