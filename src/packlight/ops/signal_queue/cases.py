# SPDX-License-Identifier: Apache-2.0
"""Cases of SignalFramer, SignalDelay and SignalStacker.

All have a frame in the first invoke: without one TFLM leaves the output as it is, which is anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatbuffers import flexbuffers

from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def framer(name: str, rows: tuple[int, ...] = (), turns: int = 2, *, size: int, step: int, prefill: bool) -> Case:
    """`turns` frames of each row in each invoke."""
    options = flexbuffers.Dumps({"frame_size": size, "frame_step": step, "prefill": prefill})
    outputs = [tensor("INT16", *rows, turns, size), tensor("BOOL")]
    inputs = [tensor("INT16", *rows, turns * step)]
    return Case(f"framer_{name}", "SignalFramer", inputs, outputs, custom_options=bytes(options))


def delay(name: str, shape: tuple[int, ...], length: int) -> Case:
    """A delay of each row by `length` samples."""
    options = bytes(flexbuffers.Dumps({"delay_length": length}))
    operands = [tensor("INT16", *shape)], [tensor("INT16", *shape)]
    return Case(f"delay_{name}", "SignalDelay", *operands, custom_options=options)


def stacker(name: str, channels: int, left: int, step: int) -> Case:
    """Frames of `channels` values, `left` of them before the last one."""
    given = {
        "num_channels": channels, "stacker_left_context": left, "stacker_right_context": 0, "stacker_step": step
    }  # fmt: skip
    outputs = [tensor("INT16", channels * (left + 1)), tensor("BOOL")]
    options = bytes(flexbuffers.Dumps(given))
    return Case(f"stacker_{name}", "SignalStacker", [tensor("INT16", channels)], outputs, custom_options=options)


CASES = (
    framer("prefilled", size=7, step=5, prefill=True),
    framer("rows", (2, 2), 3, size=6, step=4, prefill=True),
    framer("without_overlap", (2,), 1, size=4, step=4, prefill=False),
    framer("with_gaps", (), 2, size=3, step=5, prefill=False),
    framer("long", (), 1, size=9, step=2, prefill=True),
    delay("short", (5,), 2),
    delay("long", (3, 4), 9),
    delay("none", (4,), 0),
    stacker("single", 2, 0, 1),
    stacker("pairs", 3, 1, 1),
    stacker("every_third", 2, 3, 3),
)


def strategy() -> SearchStrategy[Case]:
    """Any of them that has a frame in the first invoke."""
    from hypothesis import strategies as st

    drawn = st.just("drawn")
    rows = st.lists(st.integers(1, 3), max_size=2).map(tuple)

    def framers(size: int) -> SearchStrategy[Case]:
        steps, turns = st.integers(1, size), st.integers(1, 4)
        overlapping = st.builds(framer, drawn, rows, turns, size=st.just(size), step=steps, prefill=st.just(True))
        apart = st.integers(size, size + 3)
        return overlapping | st.builds(
            framer, drawn, rows, turns, size=st.just(size), step=apart, prefill=st.just(False)
        )

    def stackers(left: int) -> SearchStrategy[Case]:
        return st.builds(stacker, drawn, st.integers(1, 4), st.just(left), st.integers(1, left + 1))

    shapes = st.lists(st.integers(1, 6), min_size=1, max_size=3).map(tuple)
    delays = st.builds(delay, drawn, shapes, st.integers(0, 12))
    return st.integers(1, 9).flatmap(framers) | delays | st.integers(0, 4).flatmap(stackers)
