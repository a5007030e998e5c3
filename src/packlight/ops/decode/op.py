# SPDX-License-Identifier: Apache-2.0
"""TFLM_DECODE: unpacks compressed tensors, of which each output has a pair: the codes, and what they stand for.

Both are constants. The second begins with 16 bytes: how it is compressed, version 1 of that, then for the kind:

* 0, a look-up table: a code of 1 to 7 bits is a position in the channel's table. Byte 4 is 1, byte 5 has the width of a
  code, byte 6 the elements from one channel's table to the next one's.
* 1, Huffman: codes of any length, and tables that are walked by a few bits at a time. Byte 4 is 1, bit 0 of byte 5 says
  that entries have 32 bits, its upper half the bits for the first table, less 1.
* 2, pruning: a bit says whether an element is the next of those kept, or the channel's zero point. Byte 4 is 1.

Channels are those of the output's quantisation, along its first or its last dimension. A result is never folded into a
constant: being small in flash is the point. (TFLM's decode_state_lut, _huffman, _prune.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from packlight.nouns.call import Call
from packlight.nouns.model import ELEMENT_BYTES, NUMPY_NAMES, Tensor
from packlight.nouns.operator import Node, Operator
from packlight.ops.decode.layout import padded, quantization, shape, walks

if TYPE_CHECKING:
    import numpy as np

HEADER = 16


def prepare(node: Node) -> tuple[Call, ...]:
    pairs, outputs = node.many("pairs"), node.many("outputs")
    node.check(len(pairs) == 2 * len(outputs), "there are two inputs for each output")
    for tensor in pairs:
        node.check(tensor.is_constant, "everything that is decoded is constant", tensor)
    calls = (_decode(node, *each) for each in zip(pairs[::2], pairs[1::2], outputs, strict=True))
    return tuple(call for call in calls if call)


def _decode(node: Node, codes: Tensor, ancillary: Tensor, output: Tensor) -> Call | None:
    import numpy as np

    encoded, data = (np.frombuffer(bytes(each.data or b""), np.uint8) for each in (codes, ancillary))
    node.check(output.type in TFLM_DECODE.kernels, "outputs have a type that is decoded", output)
    node.check(len(data) >= HEADER and data[1] == 1 and data[4] == 1, "the second of a pair has version 1", ancillary)
    node.check(data[0] in KINDS, "the kind of compression is a look-up table, Huffman or pruning", ancillary)
    return KINDS[int(data[0])](node, encoded, data, output) if output.elements else None


def _lut(node: Node, encoded: np.ndarray[Any, Any], data: np.ndarray[Any, Any], output: Tensor) -> Call:
    import numpy as np

    width, stride, size = int(data[5] & 7), int(data[6]), output.elements
    node.check(width > 0, "a code has 1 to 7 bits", output)
    node.check(8 * len(encoded) >= width * size, "there is a code for each element", output)
    extents = shape(node, output)
    bits = np.unpackbits(encoded)[: width * size].reshape(
        extents["outer"], extents["channels"], extents["inner"], width
    )
    at = bits @ (1 << np.arange(width)[::-1]) + stride * np.arange(extents["channels"])[:, np.newaxis]
    room = (len(data) - HEADER) // extents["element"]
    node.check(int(at.max()) < room, "the table has an element for each code", output)
    params = {"shape": extents, "width": width, "stride": stride * extents["element"]}
    return node.call(params, kernel="lut", encoded=padded(encoded), table=data[HEADER:], output=output)


def _prune(node: Node, encoded: np.ndarray[Any, Any], data: np.ndarray[Any, Any], output: Tensor) -> Call:
    import numpy as np

    node.check(8 * len(encoded) >= output.elements, "there is a bit for each element", output)
    extents = shape(node, output)
    kept = int(np.unpackbits(encoded)[: output.elements].sum())
    node.check(
        kept * extents["element"] <= len(data) - HEADER, "there is a value for each element that is kept", output
    )
    given = quantization(output)
    zeros = np.zeros(extents["channels"], NUMPY_NAMES[output.type])
    if given:
        wanted = np.array(given.zero_point)
        node.check(output.type == "INT8" or not wanted.any(), "only int8 has zero points other than 0", output)
        zeros[:] = wanted
    params = {"shape": extents}
    return node.call(params, kernel="prune", encoded=padded(encoded), values=data[HEADER:], zeros=zeros, output=output)


def _huffman(node: Node, encoded: np.ndarray[Any, Any], data: np.ndarray[Any, Any], output: Tensor) -> Call:
    wide, width = bool(data[5] & 1), int(data[5] >> 4) + 1
    node.check(output.type == "INT8" or (wide and output.type == "INT16"), "Huffman gives int8, or int16", output)
    entry, rest = (4 if wide else 2), data[HEADER:]
    tables = rest[: len(rest) // entry * entry].view(f"<u{entry}")
    found = walks(bytes(padded(encoded)), 8 * len(encoded), tables.tolist(), output.elements, width, 8 * entry)
    node.check(found, "there is a Huffman code for each element, and a symbol for each code", output)
    size = {"size": output.elements, "element": int(ELEMENT_BYTES[output.type])}
    params = {**size, "width": width, "entry_bytes": entry}
    return node.call(params, kernel="huffman", encoded=padded(encoded), tables=tables, output=output)


#: By the first byte of the second of a pair.
KINDS: dict[int, Callable[..., Call]] = {0: _lut, 1: _huffman, 2: _prune}

TFLM_DECODE = Operator(
    "TFLM_DECODE",
    inputs=("pairs*",),
    outputs=("outputs*",),
    kernels=dict.fromkeys(("INT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"), ("lut", "prune", "huffman")),
    typed_by=("outputs",),
    prepare=prepare,
    custom=True,
    folds=False,
)
