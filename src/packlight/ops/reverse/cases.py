# SPDX-License-Identifier: Apache-2.0
"""Cases of REVERSE_V2 and REVERSE_SEQUENCE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, constant, tensor
from packlight.dev.elementwise import operand, shapes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "FLOAT32", "UINT8", "INT16", "INT32", "INT64", "BOOL")
SCALES = {"INT8": (0.05, -7), "UINT8": (0.05, 7)}
Shape = tuple[int, ...]


def case(name: str, type_: str, shape: Shape, axes: Shape) -> Case:
    """An input of `shape` that is reversed along `axes`."""
    both = operand(type_, shape, SCALES.get(type_))
    inputs = [both, constant("INT32", len(axes), values=axes)]
    return Case(f"{type_.lower()}_{name}", "REVERSE_V2", inputs, [both], {}, "ReverseV2Options", 3)


def sequence(
    name: str,
    type_: str,
    shape: Shape,
    seq_dim: int,
    batch_dim: int,
    *,
    lengths: tuple[int, ...],
    index_type: str = "INT32",
) -> Case:
    """An input of `shape` that is reversed up to one of `lengths` in each batch."""
    both = operand(type_, shape, SCALES.get(type_))
    count = shape[batch_dim]
    values = [1 + length % shape[seq_dim] for length in (*lengths, *range(count))[:count]]
    inputs = [both, tensor(index_type, count, values=values)]
    options = {"seq_dim": seq_dim, "batch_dim": batch_dim}
    name = f"{type_.lower()}_{name}"
    return Case(name, "REVERSE_SEQUENCE", inputs, [both], options, "ReverseSequenceOptions")


#: What TFLite reverses up to a length.
SEQUENCES = ("FLOAT32", "UINT8", "INT16", "INT32", "INT64")

CASES = (
    *(sequence("rows", type_, (3, 4, 2), 1, 0, lengths=(2, 3, 0)) for type_ in SEQUENCES),
    sequence("batches_inside", "FLOAT32", (2, 4, 2, 3), 1, 3, lengths=(3, 1, 2)),
    sequence("int64", "FLOAT32", (4, 3), 0, 1, lengths=(3, 0, 1), index_type="INT64"),
    sequence("far", "FLOAT32", (2, 3, 2, 4), 3, 0, lengths=(1, 3)),
    *(case("rows", type_, (2, 3, 4), (1,)) for type_ in TYPES),
    case("vector", "INT8", (5,), (0,)),
    case("last", "INT8", (2, 3, 4), (-1,)),
    case("batches", "INT8", (3, 1, 2), (0,)),
    case("two", "INT8", (2, 3, 2, 4), (1, 2)),
    case("two_unordered", "INT8", (2, 3, 2, 4), (-2, 1)),
    case("all", "INT16", (2, 3, 4), (0, 1, 2)),
    case("single_elements", "FLOAT32", (1, 4, 1), (0,)),
)


def strategy() -> SearchStrategy[Case]:
    """One axis, or neighbouring ones, in any order: TFLM and TFLite take no others."""
    from hypothesis import strategies as st

    def of_shape(shape: Shape) -> SearchStrategy[Case]:
        rank = len(shape)
        ends = st.tuples(st.integers(0, rank - 1), st.integers(0, rank - 1))
        axes = ends.flatmap(lambda pair: st.permutations(range(min(pair), max(pair) + 1))).map(tuple)
        reverse = st.builds(case, st.just("drawn"), st.sampled_from(TYPES), st.just(shape), axes)
        if rank < 2:
            return reverse
        two = st.permutations(range(rank)).map(lambda dims: dims[:2])
        index, lengths = st.sampled_from(["INT32", "INT64"]), st.tuples(*[st.integers(0, 9)] * 4)
        return reverse | st.builds(
            lambda type_, dims, lengths, index: sequence(
                "drawn", type_, shape, dims[0], dims[1], lengths=lengths, index_type=index
            ),
            st.sampled_from(SEQUENCES),
            two,
            lengths,
            index,
        )

    return shapes().flatmap(of_shape)
