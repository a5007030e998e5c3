# SPDX-License-Identifier: Apache-2.0
"""TFLite_Detection_PostProcess: from encodings of boxes and the scores of their classes to the detections.

A box is encoded by its center and size, relative to an anchor: y = code_y / y_scale * anchor_h + anchor_y, x alike;
h = exp(code_h / h_scale) * anchor_h, w alike. Boxes are selected by their scores, the highest first, the first of equal
ones; what overlaps a selected box by more than `nms_iou_threshold` (intersection over union) is left out, and so is
what has less than `nms_score_threshold`. With `use_regular_nms` that is done for each class, which gives up to
`detections_per_class`, and the best `max_detections` of all classes remain. Otherwise it is done once, by the score of
each box's best class, and each box is told with its `max_classes_per_detection` best classes, as LiteRT does (TFLM
scatters several). What is left of the outputs is 0.
"""

from __future__ import annotations

from packlight import custom_options
from packlight.nouns.call import Call
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator

#: Unless the options say otherwise.
PER_CLASS = 100

#: Bytes of scratch for each box: its corners, a score, and whether it is a candidate.
SCRATCH = 16 + 4 + 1


def prepare(node: Node) -> Call:
    encodings, predictions, anchors = node.box_encodings, node.class_predictions, node.anchors
    for tensor, rank in ((encodings, 3), (predictions, 3), (anchors, 2)):
        node.check(len(tensor.shape) == rank, "encodings and predictions have three dimensions, anchors two", tensor)
    node.check(encodings.shape[0] == predictions.shape[0] == 1, "there is one image", encodings)
    boxes, coordinates = encodings.shape[1:]
    node.check(coordinates >= 4, "a box is encoded by four numbers or more", encodings)
    node.check(predictions.shape[1] == boxes, "each box has predictions", predictions)
    node.check(anchors.shape[0] >= boxes and anchors.shape[1] == 4, "each box has an anchor of four numbers", anchors)
    node.check(anchors.type == encodings.type, "anchors have the type of encodings", anchors)
    classes, columns = custom_options.integer(node, "num_classes", 1, 1 << 24), predictions.shape[2]
    node.check(0 <= columns - classes <= 1, "predictions have num_classes classes, and one for the background or none")
    counts, rows = _counts(node, classes)
    overlap = custom_options.number(node, "nms_iou_threshold")
    node.check(0 < overlap <= 1, "nms_iou_threshold is more than 0 and at most 1")
    params = {
        "boxes_type": _type(node, encodings),
        "scores_type": _type(node, predictions),
        "anchors_type": _type(node, anchors),
        "scales": tuple(_scale(node, name) for name in ("y_scale", "x_scale", "h_scale", "w_scale")),
        "score_threshold": custom_options.number(node, "nms_score_threshold"),
        "iou_threshold": overlap,
        "boxes": boxes,
        "coordinates": coordinates,
        "columns": columns,
        "first": columns - classes,
        "classes": classes,
        **counts,
        "rows": rows,
    }
    return node.call(params, scratch=SCRATCH * boxes)


def _counts(node: Node, classes: int) -> tuple[dict[str, int], int]:
    """How many boxes are selected, and the rows of the outputs."""
    limit = 1 << 16
    rows = node.detection_scores.elements
    most = custom_options.integer(node, "max_detections", 0, limit)
    per_class, per_box, step = 0, 0, 1
    if custom_options.integer(node, "use_regular_nms", 0, 1, 0):
        per_class = custom_options.integer(node, "detections_per_class", 1, limit, PER_CLASS)
    else:
        step = custom_options.integer(node, "max_classes_per_detection", 1, limit)
        per_box = min(classes, step)
    node.check(most * step <= rows, "the outputs have room for all detections", node.detection_scores)
    outputs = (node.detection_boxes, node.detection_classes, node.detection_scores, node.num_detections)
    for output, elements in zip(outputs, (4 * rows, rows, rows, 1), strict=True):
        node.check(output.type == "FLOAT32" and output.elements == elements, "outputs are floats for each row", output)
    return {"per_class": per_class, "per_box": per_box, "step": step, "max_detections": most}, rows


def _shapes(node: Node) -> dict[str, tuple[int, ...]]:
    """Of the outputs: converters leave them open."""
    most, step = (
        custom_options.integer(node, name, 0, 1 << 16) for name in ("max_detections", "max_classes_per_detection")
    )
    rows = most * step
    return {
        **{"detection_boxes": (1, rows, 4), "detection_classes": (1, rows), "detection_scores": (1, rows)},
        "num_detections": (1,),
    }


def _type(node: Node, tensor: Tensor) -> dict[str, float]:
    """C's pl_detection_postprocess_type."""
    if tensor.type == "FLOAT32":
        return {"scale": 0.0, "zero_point": 0}
    node.check(tensor.scale > 0, "uint8 has a scale", tensor)
    return {"scale": tensor.scale, "zero_point": tensor.zero_point}


def _scale(node: Node, name: str) -> float:
    given = custom_options.number(node, name)
    node.check(given != 0, "no scale is 0")
    return given


DETECTION_POSTPROCESS = Operator(
    "TFLite_Detection_PostProcess",
    inputs=("box_encodings", "class_predictions", "anchors"),
    outputs=("detection_boxes", "detection_classes", "detection_scores", "num_detections"),
    kernels=dict.fromkeys(("FLOAT32", "UINT8", "UINT8_FLOAT32", "FLOAT32_UINT8"), "detect"),
    typed_by=("box_encodings", "class_predictions"),
    prepare=prepare,
    shapes=_shapes,
    custom=True,
)
