# SPDX-License-Identifier: Apache-2.0
"""`choose`: which kernel serves a call on a target: the portable one, or a faster variant that provably gives its bits."""

from __future__ import annotations

from dataclasses import replace

from packlight.nouns.call import Call
from packlight.nouns.target import Target


def choose(call: Call, target: Target, optimize: str) -> Call:
    """The call to make on `target`: with `optimize` "size" as it is, else with the first variant that it can have.

    The answer's `passed_over` says of every faster kernel why it was not taken.
    """
    operator = call.node.operator
    passed_over: list[str] = []
    for variant in operator.variants:
        if operator.kernel_file(variant.of) != call.kernel.source:
            continue
        missing = [feature for feature in variant.features if feature not in target.features]
        if missing:
            passed_over.append(f"{variant.kernel}: {target.name} has no {missing[0]}")
        elif optimize == "size":
            passed_over.append(f"{variant.kernel}: the build is optimised for size")
        else:
            packed = variant.pack(call)
            if isinstance(packed, Call):
                return replace(packed, passed_over=tuple(passed_over))
            passed_over.append(f"{variant.kernel}: {packed}")
    return replace(call, passed_over=tuple(passed_over))
