# SPDX-License-Identifier: Apache-2.0
"""Cases of DENSIFY."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from packlight.dev.case import Case, constant, tensor
from packlight.nouns.model import Sparsity
from packlight.sparsity import of_rows

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, shape: tuple[int, ...], sparsity: Sparsity, type_: str = "FLOAT32") -> Case:
    """A constant of `shape` of which only some elements are stored. LiteRT alone has the operator."""
    inputs = [constant(type_, *shape, sparsity=sparsity)]
    name = f"{type_.lower()}_{name}"
    return Case(name, "DENSIFY", inputs, [tensor(type_, *shape)], {}, "DensifyOptions", oracle="litert")


def rows(name: str, shape: tuple[int, int], block: int, share: float, type_: str, seed: int = 0) -> Case:
    """A matrix of which a `share` of the elements is stored, with their blocks; others in row 0, which is empty."""
    mask = np.random.default_rng(seed).random(shape) < share
    mask[0] = False
    return case(name, shape, of_rows(mask.tolist(), block), type_)


#: 4x4 in blocks of 2x2, the second dimension first; two blocks.
_BLOCKS = Sparsity(
    (1, 0, 2, 3),
    (0, 1),
    (Sparsity.Level(2), Sparsity.Level(0, (0, 1, 2), (1, 0)), Sparsity.Level(2), Sparsity.Level(2)),
)

CASES = (
    rows("rows", (5, 6), 1, 0.4, "FLOAT32"),
    rows("blocks", (3, 16), 4, 0.2, "INT8"),
    case("square_blocks", (4, 4), _BLOCKS),
    case("all_dense", (2, 3), Sparsity((1, 0), (), (Sparsity.Level(3), Sparsity.Level(2))), "INT8"),
)


def strategy() -> SearchStrategy[Case]:
    """Random matrices, by rows or by blocks of their rows."""
    from hypothesis import strategies as st

    def of_block(block: int) -> SearchStrategy[Case]:
        shapes = st.tuples(st.integers(1, 9), st.integers(1, 7).map(lambda count: count * block))
        shares, types = st.sampled_from([0.0, 0.1, 0.5, 1.0]), st.sampled_from(["FLOAT32", "INT8"])
        return st.builds(rows, st.just("drawn"), shapes, st.just(block), shares, types, st.integers(0, 99))

    return st.sampled_from([1, 2, 4, 16]).flatmap(of_block)
