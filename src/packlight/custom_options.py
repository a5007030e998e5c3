# SPDX-License-Identifier: Apache-2.0
"""The options of custom operators: entries of a flexbuffer map, which may lack any of them or mistake its type."""

from __future__ import annotations

from packlight.nouns.operator import Node

INT32 = (-(1 << 31), (1 << 31) - 1)


def integer(node: Node, name: str, low: int, high: int) -> int:
    """The option called `name`, a whole number from `low` to `high`."""
    value = getattr(node.options, name, None)
    given = isinstance(value, (int, bool)) and low <= value <= high
    node.check(given, f"the custom option {name} is a whole number from {low:,} to {high:,}")
    return int(value or 0)
