# SPDX-License-Identifier: Apache-2.0
"""`choose`: which kernel serves a call on a target: the portable one, or a faster variant that gives its bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from packlight.nouns.call import Call
from packlight.nouns.operator import Variant
from packlight.nouns.target import Target


def choose(call: Call, target: Target, optimize: str) -> Call:
    """The call to make on `target`: with `optimize` "size" as it is, else with the first variant that it can have.

    The answer's `passed_over` says of every faster kernel why it was not taken.
    """
    passed_over: list[str] = []
    for variant in _variants(call):
        packed = "the build is optimised for size" if optimize == "size" else _packed(call, variant, target)
        if isinstance(packed, Call):
            return replace(packed, passed_over=tuple(passed_over))
        passed_over.append(f"{variant.kernel}: {_missing(variant, target) or packed}")
    return replace(call, passed_over=tuple(passed_over))


def alternatives(call: Call, target: Target, costly: bool = False) -> tuple[Call, ...]:
    """Every call that could be made on `target`, the portable one first, the one with the fastest kernel last.

    `passed_over` of each says why this model cannot have the other kernels. With `costly`, kernels that need much RAM
    are among them.
    """
    refused: list[str] = []
    found: list[Call] = []
    for variant in _variants(call):
        packed = _packed(call, variant, target, costly)
        if isinstance(packed, Call):
            found.append(packed)
        else:
            refused.append(f"{variant.kernel}: {packed}")
    return tuple(replace(each, passed_over=tuple(refused)) for each in (call, *reversed(found)))


def _variants(call: Call) -> Iterator[Variant]:
    """The faster kernels that stand in for the call's, the fastest first."""
    operator = call.node.operator
    return (variant for variant in operator.variants if operator.kernel_file(variant.of) == call.kernel.source)


def _missing(variant: Variant, target: Target) -> str:
    lacking = [feature for feature in variant.features if feature not in target.features]
    return f"{target.name} has no {lacking[0]}" if lacking else ""


def _packed(call: Call, variant: Variant, target: Target, costly: bool = False) -> Call | str:
    """The call with the variant's kernel, or why there is none."""
    packed = _missing(variant, target) or variant.serve(call)
    if isinstance(packed, Call) and variant.costly and not costly:
        return f"it needs {packed.scratch:,} B of working memory, which only a build with a RAM budget considers"
    return packed
