# SPDX-License-Identifier: Apache-2.0
"""Cases of TOPK_V2."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from packlight.dev.case import Case, constant, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = ("INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32")


def case(
    name: str,
    *,
    type_: str = "INT8",
    shape: tuple[int, ...] = (2, 3, 7),
    k: int = 3,
    k_type: str = "INT32",
    index: str = "INT32",
    high: int | None = None,
) -> Case:
    """The `k` largest of each row; with `high`, integers from 0 to it, so that some are equal."""
    more: dict[str, Any] = {"scale": 0.05, "zero_point": 3} if type_ in ("INT8", "UINT8", "INT16") else {}
    limits: dict[str, Any] = {"low": 0, "high": high} if high is not None and type_ != "FLOAT32" else {}
    taken = (*shape[:-1], k)
    return Case(
        f"{type_.lower()}_{name}",
        "TOPK_V2",
        [tensor(type_, *shape, **more, **limits), constant(k_type, values=k)],
        [tensor(type_, *taken, **more), tensor(index, *taken)],
        {},
        "TopKV2Options",
        3,
    )


CASES = (
    *(
        made
        for type_ in TYPES
        for made in (case("rows", type_=type_), case("equal", type_=type_, shape=(2, 12), k=9, high=4))
    ),
    case("all", shape=(5,), k=5),
    case("one", shape=(4, 1), k=1),
    case("int16_indices", k_type="INT16", index="INT16"),
)


def strategy() -> SearchStrategy[Case]:
    """Random types and shapes; a few values, so that some are equal."""
    from hypothesis import strategies as st

    def drawn(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        return st.builds(
            partial(case, "drawn", shape=shape),
            type_=st.sampled_from(TYPES),
            k=st.integers(1, shape[-1]),
            index=st.sampled_from(["INT16", "INT32"]),
            high=st.integers(1, 100),
        )

    return st.lists(st.integers(1, 8), min_size=1, max_size=4).map(tuple).flatmap(drawn)
