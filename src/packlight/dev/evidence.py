# SPDX-License-Identifier: Apache-2.0
"""What the documentation says of kernels beyond their sources: how large they are, and what they are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from packlight.dev import oracle
from packlight.dev.case import Case
from packlight.dev.harness import all_cases
from packlight.dev.write import write
from packlight.elf import Elf
from packlight.host import PACKAGE
from packlight.verbs.build import build
from packlight.verbs.measure.ledger import ledger
from packlight.verbs.pack import pack
from packlight.verbs.resolve import AllOpsResolver, resolve

#: Firmware of these targets, with every kernel in it, tells the sizes; it is built by zig, of one version for all.
TARGETS = ("cortex-m0plus", "cortex-m4")


@cache
def kernel_bytes(target: str) -> Mapping[str, int]:
    """Flash by kernel, without what kernels share, in a firmware that has all of them, optimised for size."""
    program = pack(PACKAGE / "models" / "sine.tflite")
    firmware = build(program, target, form="image", toolchain="zig", resolver=AllOpsResolver())
    found: Counter[str] = Counter()
    for item in ledger(Elf(firmware.elf), program, firmware.name):
        if item.kind == "kernel":
            found[item.detail] += item.bytes
    return found


@cache
def oracles() -> Mapping[tuple[str, str], str]:
    """By operator and key of types, what its cases are compared with: "TFLM", "LiteRT", or both."""
    found: dict[tuple[str, str], set[str]] = {}
    for case in all_cases():
        model = case.model()
        types = next(node.types for node in resolve(model) if node.operator.name == case.operator)
        known = found.setdefault((case.operator, types), set())
        if len(known) < 2:
            known.add("LiteRT" if case.oracle == "litert" or not _runs_in_tflm(write(model), case) else "TFLM")
    return {key: ", ".join(sorted(names, reverse=True)) for key, names in found.items()}


def _runs_in_tflm(model: bytes, case: Case) -> bool:
    try:
        oracle.tflm(model, case.draw_inputs(1))
    except oracle.OracleError:
        return False
    return True
