# SPDX-License-Identifier: Apache-2.0
"""The oracles: TensorFlow Lite Micro's reference kernels, and for what they lack those of LiteRT.

Both run in a process of their own, since neither validates a model: a wrong one may well crash them.
"""

from __future__ import annotations

import atexit
import importlib.util
from collections.abc import Sequence
from functools import cache

import numpy as np

from packlight.agreement import ABSOLUTE, RELATIVE
from packlight.dev.case import Array, Case
from packlight.dev.child import Child, ChildError
from packlight.oracles import tensors
from packlight.verbs.read import read

#: The packages, as the module that is imported.
TFLM, LITERT = "tflite_micro", "ai_edge_litert"


class OracleError(Exception):
    """The oracle does not run this model; the text is what it said."""


def is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def tflm(model: bytes, inputs: Sequence[Sequence[Array]]) -> list[list[Array]]:
    """The outputs of successive invokes of one interpreter of TFLM, one set of inputs each. Raises `OracleError`."""
    return _ask(TFLM, model, inputs)


def litert_reference(model: bytes, inputs: Sequence[Sequence[Array]]) -> list[list[Array]]:
    """The same with LiteRT's reference kernels (no XNNPACK). Raises `OracleError`."""
    return _ask(LITERT, model, inputs)


def golden(model: bytes, inputs: Sequence[Sequence[Array]], case: Case | None = None) -> list[list[Array]]:
    """What is right: TFLM's outputs, or LiteRT's where TFLM does not run the model. Raises `OracleError`.

    A `case` may name LiteRT as its oracle.
    """
    if case and case.oracle == "litert":
        return litert_reference(model, inputs)
    try:
        return tflm(model, inputs)
    except OracleError as refusal:
        if not is_installed(LITERT):
            raise
        try:
            return litert_reference(model, inputs)
        except OracleError as second:
            raise OracleError(f"TFLM: {refusal}\nLiteRT: {second}") from second


def agrees(actual: Sequence[Array], expected: Sequence[Array], case: Case | None = None) -> str | None:
    """None where the outputs of one invoke are right, or else a sentence about the first that is not.

    Integers must be equal; floats within the case's tolerance (see `RELATIVE`), NaN and infinities where they belong.
    """
    if len(actual) != len(expected):
        return f"{len(actual)} outputs instead of {len(expected)}"
    relative, absolute = (case.relative, case.absolute) if case else (RELATIVE, ABSOLUTE)
    found = (
        _difference(index, *pair, relative, absolute) for index, pair in enumerate(zip(actual, expected, strict=True))
    )
    return next(filter(None, found), None)


def _difference(index: int, actual: Array, expected: Array, relative: float, absolute: float) -> str | None:
    if (actual.dtype, actual.shape) != (expected.dtype, expected.shape):
        was, wanted = (f"{array.dtype} {list(array.shape)}" for array in (actual, expected))
        return f"output {index} is {was} instead of {wanted}"
    if actual.dtype.kind == "f":
        finite = np.abs(expected[np.isfinite(expected)])
        room = relative * np.abs(expected) + absolute * max(1.0, float(finite.max(initial=0.0)))
        with np.errstate(invalid="ignore"):
            good = (actual == expected) | (np.isnan(actual) & np.isnan(expected)) | (np.abs(actual - expected) <= room)
            good &= np.isfinite(actual) | ~np.isfinite(expected)
    else:
        good = actual == expected
    if good.all():
        return None
    at = tuple(int(i) for i in np.argwhere(~np.atleast_1d(good))[0])[: actual.ndim]
    extent = f"{good.size - np.count_nonzero(good)} of {good.size} elements differ"
    return f"output {index}{list(at)} is {actual[at]} instead of {expected[at]} ({extent})"


@cache
def _child() -> Child:
    child = Child("packlight.dev.oracle")
    atexit.register(child.close)
    return child


def _ask(package: str, model: bytes, inputs: Sequence[Sequence[Array]]) -> list[list[Array]]:
    if not is_installed(package):
        raise OracleError(f"{package} is not installed")
    try:
        outputs: list[list[Array]] = _child().ask((package, model, inputs))
    except ChildError as error:
        raise OracleError(str(error)) from error
    return outputs


def answer(question: tuple[str, bytes, Sequence[Sequence[Array]]]) -> list[list[Array]]:
    """In the child: the outputs of a model in one of the packages."""
    package, model, inputs = question
    wanted = read(model).subgraphs[0].outputs
    return tensors("tflm" if package == TFLM else "litert", model, inputs, wanted)
