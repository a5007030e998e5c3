# SPDX-License-Identifier: Apache-2.0
"""A new operator's folder: a small operator that works, to be changed into the one that is wanted."""

from __future__ import annotations

from pathlib import Path

from packlight.errors import UsageError
from packlight.schema import enum
from packlight.verbs.emit.folder import write_folder

_OP = '''# SPDX-License-Identifier: Apache-2.0
"""{name}: every output element is the input element of the same place. Say here what the operator computes."""

from __future__ import annotations

from packlight.nouns.call import Call
from packlight.nouns.operator import Node, Operator


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    node.check(node.output.shape == node.input.shape, "output has the shape of input", node.output)
    return node.call({{"size": node.input.elements}})


{name} = Operator(
    "{name}",
    inputs=("input",),
    outputs=("output",),
    kernels={{"INT8": "s8"}},
    prepare=prepare,{custom}
)
'''

_HEADER = """// SPDX-License-Identifier: Apache-2.0
#ifndef PL_{upper}_KERNEL_H
#define PL_{upper}_KERNEL_H

#include "pl.h"

typedef struct {{
  int32_t size;  // elements
}} pl_{folder}_params;

typedef struct {{
  pl_{folder}_params params;
  const int8_t *input;
  int8_t *output;
}} pl_{folder}_args;

PL_KERNEL void pl_{folder}_s8(const void *args);

#endif
"""

_KERNEL = """// SPDX-License-Identifier: Apache-2.0
#include "{folder}/kernel.h"

void pl_{folder}_s8(const void *args) {{
  const pl_{folder}_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {{
    a->output[i] = a->input[i];
  }}
}}
"""

_CASES = '''# SPDX-License-Identifier: Apache-2.0
"""Cases of {name}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packlight.dev.case import Case, tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def case(name: str, shape: tuple[int, ...]) -> Case:
    operand = tensor("INT8", *shape, scale=0.1, zero_point=3)
    return Case(f"int8_{{name}}", "{name}", [operand], [operand])


CASES = (case("matrix", (3, 5)), case("one_element", (1,)))


def strategy() -> SearchStrategy[Case]:
    """Random shapes."""
    from hypothesis import strategies as st

    return st.builds(case, st.just("drawn"), st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple))
'''


def new_operator(name: str, folder: Path) -> list[Path]:
    """Writes the folder of an operator into `folder` and returns its files.

    `name` is the schema's (`CUMSUM`) or, of a custom operator, its author's. Raises `UsageError` E010 where the folder
    exists already.
    """
    lower = name.lower()
    if not lower.isidentifier():
        raise UsageError("E012", f"{name} cannot be a C name", fix="use letters, digits and underscores")
    place = folder / lower
    if place.exists():
        raise UsageError("E010", f"{place} exists already", fix="name another operator, or delete the folder")
    custom = "" if name in enum("BuiltinOperator").codes else "\n    custom=True,"
    words = {"name": name, "folder": lower, "upper": lower.upper(), "custom": custom}
    files = {"op.py": _OP, "kernel.h": _HEADER, "s8.c": _KERNEL, "cases.py": _CASES}
    written = write_folder(place, {file: text.format(**words) for file, text in files.items()})
    (place / ".packlight").unlink()
    return written
