# SPDX-License-Identifier: Apache-2.0
"""Arrays from and to files: `.npy` for one tensor, `.npz` for sets of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from packlight.cli.faults import cannot_write
from packlight.errors import UsageError
from packlight.nouns.model import NUMPY_NAMES, Tensor
from packlight.nouns.program import Program
from packlight.verbs.run import Array

Sets = list[list[Array]]  # for each run: an array for each input, or for each output

MAX_BYTES = 1 << 31  # of one file


def input_sets(files: Sequence[str], program: Program) -> Sets:
    """The inputs of one or more runs.

    A `.npz` holds `in0`, `in1`, ... for each run (`in0_0`, `in0_1`, ... where the model has several inputs), or one
    array for each input under the input's name. `.npy` files are taken in the order of the model's inputs, run after
    run. An array with one leading dimension more than the tensor is several runs.
    """
    tensors = [value.tensor for value in program.inputs]
    if any(file.endswith(".npz") for file in files):
        if len(files) > 1:
            raise UsageError(
                "E020", "one .npz holds all runs", why=f"{len(files)} files were given", fix="name it alone"
            )
        return sets_of(load(files[0]), "in", tensors, files[0])
    arrays = [load(file)["array"] for file in files]
    if not tensors or len(arrays) % len(tensors):
        why = f"the model has {len(tensors)} inputs, and {len(arrays)} files were given"
        raise UsageError("E020", "the files do not fill the inputs", why=why, fix="give --input once for each input")
    sets = []
    for first in range(0, len(arrays), len(tensors)):
        columns = [
            _runs(array, tensor, file)
            for array, tensor, file in zip(arrays[first:], tensors, files[first:], strict=False)
        ]
        if len({len(column) for column in columns}) > 1:
            raise UsageError(
                "E020", "the files hold different numbers of runs", at=", ".join(files[first:][: len(tensors)])
            )
        sets += [list(row) for row in zip(*columns, strict=True)]
    return sets


def sets_of(arrays: Mapping[str, Array], prefix: str, tensors: Sequence[Tensor], file: str) -> Sets:
    """The sets `in0`, `in1`, ... or `out0`, `out1`, ... of an .npz; or its single set by the tensors' names."""
    if tensors and all(tensor.name in arrays for tensor in tensors):
        return [[_fitted(arrays[tensor.name], tensor, f"{file}: {tensor.name}") for tensor in tensors]]
    sets: Sets = []
    while True:
        run = len(sets)
        names = (
            [f"{prefix}{run}"] if f"{prefix}{run}" in arrays else [f"{prefix}{run}_{at}" for at in range(len(tensors))]
        )
        if not tensors or len(names) != len(tensors) or any(name not in arrays for name in names):
            break
        sets.append(
            [_fitted(arrays[name], tensor, f"{file}: {name}") for name, tensor in zip(names, tensors, strict=True)]
        )
    if not sets:
        wanted = f"{prefix}0" if len(tensors) == 1 else f"{prefix}0_0 to {prefix}0_{len(tensors) - 1}"
        found = ", ".join(sorted(arrays)[:6]) or "nothing"
        raise UsageError(
            "E021", f"{file} lacks arrays for the model", why=f"it holds {found}", fix=f"name them {wanted}"
        )
    return sets


def load(file: str) -> dict[str, Array]:
    """The arrays of a file by name; that of a .npy is called `array`. Pickled objects are refused."""
    path = Path(file)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError("E022", f"{file} is too large", why=f"{MAX_BYTES:,} bytes are the most")
        with path.open("rb") as stream:
            found: Any = np.load(stream, allow_pickle=False)
            if isinstance(found, np.ndarray):
                return {"array": found}
            with found:
                return {name: found[name] for name in found.files}
    except FileNotFoundError:
        raise UsageError("E022", f"{file} does not exist", fix="check the path") from None
    except OSError as error:
        raise UsageError("E022", f"{file} cannot be read", why=error.strerror or str(error)) from None
    except (ValueError, EOFError, KeyError, zipfile.BadZipFile, MemoryError) as error:
        why = str(error).split("\n", maxsplit=1)[0][:120]
        raise UsageError("E022", f"{file} holds no arrays", why=why, fix="save it with numpy.save or savez") from None


def save(file: str, sets: Sequence[Sequence[Array]], inputs: Sequence[Sequence[Array]]) -> None:
    """Outputs to a file: a .npy for a single array, else a .npz that also holds the inputs, as `--against` takes it."""
    single = len(sets) == 1 and len(sets[0]) == 1
    if Path(file).suffix not in (".npy", ".npz"):
        raise UsageError("E023", f"{file} must end in .npy or .npz", fix=f"{file}.npz")
    if file.endswith(".npy") and not single:
        count = sum(map(len, sets))
        why = f"there are {count} of them"
        raise UsageError("E023", f"{file} can hold one array", why=why, fix=re.sub(r"\.npy$", ".npz", file))
    try:
        with Path(file).open("wb") as stream:
            if file.endswith(".npy"):
                np.save(stream, sets[0][0])
            else:
                named: dict[str, Any] = {**_named("in", inputs), **_named("out", sets)}
                np.savez(stream, **named)
    except OSError as error:
        raise cannot_write(file, error) from error


def _named(prefix: str, sets: Sequence[Sequence[Array]]) -> dict[str, Array]:
    return {
        f"{prefix}{run}" + (f"_{at}" if len(arrays) > 1 else ""): array
        for run, arrays in enumerate(sets)
        for at, array in enumerate(arrays)
    }


def _runs(array: Array, tensor: Tensor, file: str) -> list[Array]:
    """An array as one run, or, with one dimension more than the tensor, as several."""
    if array.ndim == len(tensor.shape) + 1 and array.shape[1:] == tensor.shape:
        return [_fitted(part, tensor, file) for part in array]
    return [_fitted(array, tensor, file)]


def _fitted(array: Array, tensor: Tensor, where: str) -> Array:
    """The array in the tensor's shape; dimensions of size 1 may differ. Its type must be the tensor's."""
    wanted = np.dtype(NUMPY_NAMES[tensor.type])
    if array.dtype != wanted:
        fix = None
        if array.dtype.kind == "f" and tensor.quantization:
            scale, zero = tensor.scale, tensor.zero_point
            fix = f"numpy.clip(numpy.round(x / {scale!r}) + {zero}, {_low(wanted)}, {_high(wanted)}).astype('{wanted}')"
        why = f"it is {array.dtype}, the tensor is {wanted}"
        raise UsageError("E024", f"{where} has another type than the model's {tensor}", why=why, fix=fix)
    if [size for size in array.shape if size != 1] != [size for size in tensor.shape if size != 1]:
        why = f"it is {list(array.shape)}, the tensor is {list(tensor.shape)}"
        raise UsageError("E025", f"{where} has another shape than the model's {tensor}", why=why)
    return np.ascontiguousarray(array).reshape(tensor.shape)


def _low(dtype: np.dtype[Any]) -> int:
    return int(np.iinfo(dtype).min) if dtype.kind in "iu" else 0


def _high(dtype: np.dtype[Any]) -> int:
    return int(np.iinfo(dtype).max) if dtype.kind in "iu" else 0
