# SPDX-License-Identifier: Apache-2.0
"""An ADD for the kernels of this computer alone."""

from __future__ import annotations

from dataclasses import replace

from packlight.nouns.call import Call


def pack(call: Call) -> Call | str:
    """The call for `s8_avx2.c`, or why it cannot be had."""
    rows, node = call.params["rows"], call.node
    if (rows["rank"], rows["step1"], rows["step2"]) != (0, 1, 1):
        return "an input is broadcast"
    operands = {name: call.operands[name] for name in ("input1", "input2", "output")}
    return replace(call, kernel=node.find_kernel(node.operator.kernel_file("s8_avx2")), operands=operands)
