# SPDX-License-Identifier: Apache-2.0
"""The generated stub of the resolver's methods."""

from __future__ import annotations

import ast

from packlight import ops
from packlight.dev.stubs import STUB, stub_source
from packlight.verbs.resolve import MicroMutableOpResolver


def test_the_stub_is_fresh() -> None:
    assert STUB.read_text(encoding="utf-8") == stub_source(), "run: packlight-dev stubs"


def test_the_stub_lists_every_method_that_the_resolver_answers() -> None:
    (class_,) = [each for each in ast.parse(stub_source()).body if isinstance(each, ast.ClassDef)]
    methods = {each.name: each for each in class_.body if isinstance(each, ast.FunctionDef)}
    assert methods.keys() == {"add", *(operator.method for operator in ops.operators().values())}
    for operator in ops.operators().values():
        method = methods[operator.method]
        types = [each.value for each in ast.walk(method.args) if isinstance(each, ast.Constant)]
        assert types == list(operator.kernels)
        assert ast.get_docstring(method)
        assert callable(getattr(MicroMutableOpResolver(1), operator.method))


def test_the_stub_fits_the_page() -> None:
    assert max(map(len, stub_source().splitlines())) <= 120
