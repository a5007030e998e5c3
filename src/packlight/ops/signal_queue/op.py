# SPDX-License-Identifier: Apache-2.0
"""SignalFramer, SignalDelay and SignalStacker: samples join a queue and leave it in frames, across invokes.

SignalFramer cuts each row of the input into frames of `frame_size` samples, each `frame_step` after the one before;
`prefill` puts zeros before the first sample, so that the first step already completes a frame. SignalDelay gives each
row `delay_length` samples later, zeros first. SignalStacker joins each frame of `num_channels` values with those
before (`stacker_left_context`) and after it (`stacker_right_context`), for every `stacker_step`-th frame; before the
first frame come copies of it. Where samples lack for a frame, `output_valid` is false, and the output stays what it was
in the arena; before the first frame it is zero.
"""

from __future__ import annotations

import numpy as np

from packlight import custom_options
from packlight.nouns.call import Call, State
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator

#: More samples than this no queue holds, nor joins it at once.
LIMIT = 1 << 24


def _framer(node: Node) -> Call:
    _check_valid(node)
    size = custom_options.integer(node, "frame_size", 1, LIMIT)
    step = custom_options.integer(node, "frame_step", 1, LIMIT)
    prefill = custom_options.integer(node, "prefill", 0, 1)
    node.check(not prefill or step <= size, "frame_step is at most frame_size where frames are prefilled")
    rows, row = _rows(node, node.input)
    node.check(row % step == 0, "the last dimension of input is a multiple of frame_step", node.input)
    return _call(node, rows, row // step, step, size, step, first=(size - step) * prefill)


def _delay(node: Node) -> Call:
    delay = custom_options.integer(node, "delay_length", 0, LIMIT)
    rows, row = _rows(node, node.input)
    return _call(node, rows, 1, row, row, row, first=delay)


def _stacker(node: Node) -> Call:
    _check_valid(node)
    channels = custom_options.integer(node, "num_channels", 1, LIMIT)
    left = custom_options.integer(node, "stacker_left_context", 0, LIMIT)
    right = custom_options.integer(node, "stacker_right_context", 0, LIMIT)
    step = custom_options.integer(node, "stacker_step", 1, LIMIT)
    frames = left + right + 1
    node.check(step <= frames, "stacker_step is at most the number of frames that are joined")
    node.check(node.input.elements >= channels, "input has num_channels values", node.input)
    return _call(node, 1, 1, channels, channels * frames, channels * step, first=-1 - left)


def _rows(node: Node, input_: Tensor) -> tuple[int, int]:
    """(rows, samples in a row) of the input."""
    node.check(input_.elements > 0 and len(input_.shape) > 0, "input has a dimension and is not empty", input_)
    return input_.elements // input_.shape[-1], input_.shape[-1]


def _check_valid(node: Node) -> None:
    valid = node.output_valid
    node.check(valid.type == "BOOL" and valid.elements == 1, "output_valid is one boolean", valid)


def _call(node: Node, rows: int, turns: int, count: int, frame: int, step: int, *, first: int) -> Call:
    """The kernel's call; `first` is what `lengths` holds at the beginning."""
    node.check(node.output.type == "INT16", "output is int16", node.output)
    node.check(node.output.elements == rows * turns * frame, "output has room for all frames, and no more", node.output)
    room = _room(max(first, 0), count, frame)
    node.check(frame + room <= LIMIT, "a queue holds at most 16,777,216 samples")
    params = {"rows": rows, "turns": turns, "count": count, "frame": frame, "step": step, "room": room}
    lengths = State("lengths", np.array([first] * rows + [0], "<i4").tobytes())
    valid = node.output_valid if "output_valid" in node.operands else None
    queue = State("queue", bytes(2 * rows * max(room, 1)))
    return node.call(params, lengths=lengths, queue=queue, output_valid=valid)


def _room(first: int, count: int, frame: int) -> int:
    """The most samples that the queue holds between turns: as it begins, or the last time before there is a frame."""
    return first + max(0, frame - 1 - first) // count * count


SIGNAL_FRAMER = Operator(
    "SignalFramer",
    inputs=("input",),
    outputs=("output", "output_valid"),
    kernels={"INT16": "16"},
    prepare=_framer,
    custom=True,
)

SIGNAL_DELAY = Operator(
    "SignalDelay", inputs=("input",), outputs=("output",), kernels={"INT16": "16"}, prepare=_delay, custom=True
)

SIGNAL_STACKER = Operator(
    "SignalStacker",
    inputs=("input",),
    outputs=("output", "output_valid"),
    kernels={"INT16": "16"},
    prepare=_stacker,
    custom=True,
)
