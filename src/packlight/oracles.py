# SPDX-License-Identifier: Apache-2.0
"""Other interpreters of .tflite files, to compare with: TensorFlow Lite Micro (TFLM) and LiteRT.

They run in a process of their own: a fault of theirs, even a crash, is a sentence here, and what they print is kept
apart.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from packlight.errors import ToolError
from packlight.nouns.model import NUMPY_NAMES, Model

Array = npt.NDArray[Any]

_TIME_LIMIT = 600  # seconds


@dataclass(frozen=True)
class Oracle:
    """An interpreter that shows every tensor that an operator writes."""

    name: str
    title: str
    module: str
    package: str  # on PyPI

    @property
    def installed(self) -> bool:
        return importlib.util.find_spec(self.module) is not None


ORACLES: Mapping[str, Oracle] = {
    "tflm": Oracle("tflm", "TFLM", "tflite_micro", "tflite-micro"),
    "litert": Oracle("litert", "LiteRT", "ai_edge_litert", "ai-edge-litert"),
}


def run_oracle(oracle: Oracle, data: bytes, model: Model, inputs: Sequence[Sequence[Array]]) -> list[dict[int, Array]]:
    """For each set of inputs, one inference: the tensors that operators of the first subgraph write, by index.

    State of variables goes on from set to set. Raises ToolError E406 if the package is not installed, E407 if it fails.
    """
    if not oracle.installed:
        raise ToolError("E406", f"{oracle.title} is not installed", fix=f"pip install {oracle.package}")
    written = [index for operator in model.subgraphs[0].operators for index in operator.outputs]
    wanted = [index for index in dict.fromkeys(written) if model.subgraphs[0].tensors[index].type in NUMPY_NAMES]
    with tempfile.TemporaryDirectory(prefix="packlight-") as folder:
        given, made = Path(folder) / "given.npz", Path(folder) / "made.npz"
        arrays: dict[str, Any] = {
            f"in{run}_{at}": array for run, arrays in enumerate(inputs) for at, array in enumerate(arrays)
        }
        np.savez(given, data=np.frombuffer(data, np.uint8), wanted=np.array(wanted, int), runs=len(inputs), **arrays)
        command = [sys.executable, "-m", "packlight.oracles", oracle.name, str(given), str(made)]
        _run(oracle, command, model.source)
        with np.load(made, allow_pickle=False) as found:
            return [{index: found[f"{run}_{index}"] for index in wanted} for run in range(len(inputs))]


def _run(oracle: Oracle, command: Sequence[str], source: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        why = f"it did not end within {_TIME_LIMIT} s"
        raise ToolError("E407", f"{oracle.title} cannot run {source}", why=why) from None
    if done.returncode:
        said = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        why = (
            f"it crashed (signal {-done.returncode})" if done.returncode < 0 else (said or ["it does not say why"])[-1]
        )
        raise ToolError("E407", f"{oracle.title} cannot run {source}", why=why, fix="compare with another reference")


def tensors(name: str, data: bytes, sets: Sequence[Sequence[Array]], wanted: Sequence[int]) -> list[list[Array]]:
    """The tensors `wanted` after each of successive inferences, run in this process by "tflm" or "litert"."""
    return {"tflm": _tflm, "litert": _litert}[name](data, sets, wanted)


def _tflm(data: bytes, sets: Sequence[Sequence[Array]], wanted: Sequence[int]) -> list[list[Array]]:
    from tflite_micro.python.tflite_micro import runtime

    keep = runtime.InterpreterConfig.kPreserveAllTensors
    arena = 10 * len(data) + (8 << 20)
    interpreter = runtime.Interpreter.from_bytes(data, arena_size=arena, intrepreter_config=keep)
    found = []
    for arrays in sets:
        for at, array in enumerate(arrays):
            interpreter.set_input(array, at)
        interpreter.invoke()
        found.append([np.array(interpreter.GetTensor(index, 0)["tensor_data"]) for index in wanted])
    return found


def _litert(data: bytes, sets: Sequence[Sequence[Array]], wanted: Sequence[int]) -> list[list[Array]]:
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    kind = OpResolverType.BUILTIN_REF
    made = Interpreter(model_content=data, experimental_op_resolver_type=kind, experimental_preserve_all_tensors=True)
    made.allocate_tensors()
    places = [detail["index"] for detail in made.get_input_details()]
    found = []
    for arrays in sets:
        for place, array in zip(places, arrays, strict=True):
            made.set_tensor(place, array)
        made.invoke()
        found.append([np.array(made.get_tensor(index)) for index in wanted])
    return found


def _main(name: str, given: str, made: str) -> None:
    with np.load(given, allow_pickle=False) as stored:
        files = {key: stored[key] for key in stored.files}
    data, wanted = files.pop("data").tobytes(), [int(index) for index in files.pop("wanted")]
    sets: list[list[Array]] = [[] for _ in range(int(files.pop("runs")))]
    for key, array in files.items():
        sets[int(key[2:].partition("_")[0])].append(array)
    found = tensors(name, data, sets, wanted)
    arrays: dict[str, Any] = {
        f"{run}_{index}": a for run, row in enumerate(found) for index, a in zip(wanted, row, strict=True)
    }
    np.savez(made, **arrays)


if __name__ == "__main__":
    _main(*sys.argv[1:])
