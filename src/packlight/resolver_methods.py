# SPDX-License-Identifier: Apache-2.0
"""The `add_*` methods of `MicroMutableOpResolver`, one for every operator folder.

They are found at run time. The stub beside this file, written by `packlight-dev stubs`, lists them for editors.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from functools import partial
from typing import Any


class AddMethods:
    """Answers `add_OPERATOR(*types)` for each operator of the package."""

    def add(self, operator: Any, *types: str) -> Any:
        raise AttributeError("add")

    def __getattr__(self, name: str) -> Callable[..., Any]:
        from packlight import ops

        methods = {operator.method: operator for operator in ops.operators().values()}
        if name in methods:
            return partial(self.add, methods[name])
        close = difflib.get_close_matches(name, methods, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise AttributeError(f"{type(self).__name__} has no attribute {name}{hint}")
