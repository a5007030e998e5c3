# SPDX-License-Identifier: Apache-2.0
"""Cases of TFLite_Detection_PostProcess. Where it does not select by class, there are as many boxes that do not touch
each other as there is room for: oracles leave what is left of the outputs as it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from flatbuffers import flexbuffers

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(
    name: str,
    *,
    boxes: int = 12,
    classes: int = 3,
    background: int = 1,
    places: int = 4,
    most: int = 4,
    classes_told: int = 1,
    types: tuple[str, str] = ("FLOAT32", "FLOAT32"),
    score_threshold: float = -9.0,
    iou_threshold: float = 0.4,
    coordinates: int = 4,
    shaped: bool = True,
    **options: Any,
) -> Case:
    """Anchors at `places` places that lie apart, in turn. `shaped`: the model stores the outputs' shapes."""
    given = {
        "max_detections": most,
        "max_classes_per_detection": classes_told,
        "num_classes": classes,
        "nms_score_threshold": score_threshold,
        "nms_iou_threshold": iou_threshold,
        **{"y_scale": 10.0, "x_scale": 10.0, "h_scale": 5.0, "w_scale": 5.0},
        **options,
    }
    encoded, scored = ({"FLOAT32": 0.0, "UINT8": 0.05}[type_] for type_ in types)
    # uint8: 0.0625 each
    at = np.arange(boxes) % places
    anchors = np.stack([at * 3, at * 3, np.full(boxes, 0.5), 0.5 + np.arange(boxes) % 3 * 0.125], axis=1)
    quantized: dict[str, Any] = {"scale": 0.0625, "zero_point": 0}
    if types[0] == "UINT8":
        anchors = np.minimum(anchors / 0.0625, 255)
    rows = most * (1 if options.get("use_regular_nms") else classes_told)
    return Case(
        name,
        "TFLite_Detection_PostProcess",
        [
            tensor(types[0], 1, boxes, coordinates, **({"scale": encoded, "zero_point": 120} if encoded else {})),
            tensor(types[1], 1, boxes, classes + background, **({"scale": scored, "zero_point": 9} if scored else {})),
            constant(types[0], boxes, 4, values=anchors, **(quantized if encoded else {})),
        ],
        [tensor("FLOAT32", *(shape if shaped else ())) for shape in ((1, rows, 4), (1, rows), (1, rows), (1,))],
        custom_options=bytes(flexbuffers.Dumps(given)),
        oracle="tflm" if shaped and classes_told == 1 and types == ("FLOAT32", "FLOAT32") else "litert",
    )


CASES = (
    case("fast"),
    case("fast_no_background", background=0, boxes=9, coordinates=5),
    case("fast_classes", classes_told=2),
    case("fast_open_shapes", shaped=False),
    case("fast_uint8", types=("UINT8", "UINT8")),
    case("regular", use_regular_nms=True, boxes=17, most=6, detections_per_class=2),
    case("regular_some", use_regular_nms=True, score_threshold=0.5, most=9),
    case("regular_uint8", use_regular_nms=True, types=("UINT8", "FLOAT32"), score_threshold=0.1),
)


def strategy() -> SearchStrategy[Case]:
    """Any number of boxes and classes, and any thresholds. No uint8 scores: LiteRT picks any of equal ones."""
    from hypothesis import strategies as st

    def drawn(most: int, told: int, regular: bool) -> SearchStrategy[Case]:
        return st.builds(
            partial(case, "drawn", most=most, places=most, classes_told=told, use_regular_nms=regular),
            boxes=st.integers(most, 40),
            classes=st.integers(told, 6),
            background=st.integers(0, 1),
            types=st.sampled_from([("FLOAT32", "FLOAT32"), ("UINT8", "FLOAT32")]),
            score_threshold=st.sampled_from([-9.0, 0.0, 0.5]) if regular else st.just(-99.0),
            iou_threshold=st.sampled_from([0.1, 0.5, 0.75, 1.0]),
            detections_per_class=st.integers(1, 9),
        )

    regular = st.tuples(st.integers(1, 5), st.just(1), st.just(True))
    fast = st.tuples(st.integers(1, 5), st.integers(1, 3), st.just(False))
    return st.one_of(regular, fast).flatmap(lambda given: drawn(*given))
