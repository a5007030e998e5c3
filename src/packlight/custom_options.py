# SPDX-License-Identifier: Apache-2.0
"""The options of custom operators: entries of a flexbuffer map, which may lack any of them or mistake its type."""

from __future__ import annotations

from packlight.nouns.operator import Node

INT32 = (-(1 << 31), (1 << 31) - 1)


def integer(node: Node, name: str, low: int, high: int, default: int | None = None) -> int:
    """The option called `name`, a whole number from `low` to `high`; `default`, if there is one, where it is absent."""
    value = getattr(node.options, name, default)
    given = isinstance(value, (int, bool)) and low <= value <= high
    node.check(given, f"the custom option {name} is a whole number from {low:,} to {high:,}")
    return int(value or 0)


def number(node: Node, name: str) -> float:
    """The option called `name`, a finite number that a float holds."""
    value = getattr(node.options, name, None)
    given = isinstance(value, (int, float)) and abs(value) < 3.4e38  # not a number compares false
    node.check(given, f"the custom option {name} is a finite number")
    return float(value or 0)
