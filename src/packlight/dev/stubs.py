# SPDX-License-Identifier: Apache-2.0
"""The stub of `resolver_methods`: what editors and type checkers know of the `add_*` methods found at run time."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

from packlight import ops, resolver_methods
from packlight.nouns.operator import Operator

#: Where the stub stands: beside the module it describes.
STUB = Path(resolver_methods.__file__).with_suffix(".pyi")

_WIDTH = 120  # columns
_HEAD = '''\
# SPDX-License-Identifier: Apache-2.0
"""Written by `packlight-dev stubs` from the operator folders: do not edit."""

from typing import Literal

from packlight.nouns.operator import Operator
from packlight.verbs.resolve import Status

class AddMethods:
    """One method for every operator folder. Without types, an operator is registered for all it has kernels for."""

    def add(self, operator: Operator, *types: str) -> Status: ...
'''


def stub_source() -> str:
    """The stub's text: one method for every operator of the package, with the types it has kernels for."""
    return _HEAD + "".join(_method(operator) for operator in ops.operators().values())


def _method(operator: Operator) -> str:
    types = ", ".join(f'"{type_}"' for type_ in operator.kernels)
    head = f"    def {operator.method}(self, *types: Literal[{types}]) -> Status:\n"
    if len(head) > _WIDTH:
        types = textwrap.fill(types, _WIDTH - 12).replace("\n", "\n" + " " * 12)
        types = f"        self,\n        *types: Literal[\n            {types}\n        ],\n"
        head = f"    def {operator.method}(\n{types}    ) -> Status:\n"
    summary = textwrap.fill(f'"""{_summary(operator)}"""', _WIDTH - 8)
    return head + textwrap.indent(summary, " " * 8) + "\n"


def _summary(operator: Operator) -> str:
    """The first line of the docstring of the operator's folder."""
    source = (operator.folder / "op.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or operator.name
    return docstring.splitlines()[0]
