# SPDX-License-Identifier: Apache-2.0
"""How long one inference takes on this computer: packlight, LiteRT with its default kernels (XNNPACK), and TFLM.

    python benchmarks/host.py MODEL.tflite ... [--rounds 50] [--json FILE]

One thread each. The three take short turns; the figure is an `invoke`'s mean time in the best turn of each, which
whatever else the computer does disturbs least. Inputs are random, the same for all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click
import numpy as np

from packlight import host
from packlight.interpreter import Interpreter

#: Seconds that one interpreter runs before the next takes its turn.
TURN = 0.01
PACKAGES = {"packlight": "packlight", "litert": "ai-edge-litert", "tflm": "tflite-micro"}


def packlight(model: Path, inputs: Sequence[Any]) -> Callable[[], Any]:
    """The `invoke` of an interpreter that has its inputs."""
    return _ready(Interpreter(str(model)), inputs)


def litert(model: Path, inputs: Sequence[Any]) -> Callable[[], Any]:
    from ai_edge_litert.interpreter import Interpreter as LiteRT

    return _ready(LiteRT(str(model), num_threads=1), inputs)


def tflm(model: Path, inputs: Sequence[Any]) -> Callable[[], Any]:
    from tflite_micro.python.tflite_micro import runtime

    interpreter = runtime.Interpreter.from_file(str(model), arena_size=16 << 20)
    for index, value in enumerate(inputs):
        interpreter.set_input(value, index)
    return interpreter.invoke  # type: ignore[no-any-return]


def _ready(interpreter: Any, inputs: Sequence[Any]) -> Callable[[], Any]:
    interpreter.allocate_tensors()
    for detail, value in zip(interpreter.get_input_details(), inputs, strict=True):
        interpreter.set_tensor(detail["index"], value)
    return interpreter.invoke  # type: ignore[no-any-return]


def random_inputs(model: Path) -> list[Any]:
    random = np.random.default_rng(0)
    found = []
    for detail in Interpreter(str(model)).get_input_details():
        shape, type_ = tuple(detail["shape"]), np.dtype(detail["dtype"])
        whole = type_.kind in "iu"
        drawn = random.integers(0, 256, shape).astype(np.uint8) if whole else random.standard_normal(shape)
        found.append(drawn.view(type_) if whole and type_.itemsize == 1 else drawn.astype(type_))
    return found


def measure(model: Path, rounds: int) -> dict[str, float | None]:
    """Milliseconds of an inference by interpreter; None for one that cannot run the model, or is not installed."""
    inputs = random_inputs(model)
    invokes: dict[str, Callable[[], Any]] = {}
    for make in (packlight, litert, tflm):
        try:
            invokes[make.__name__] = make(model, inputs)
            invokes[make.__name__]()
        except (ImportError, RuntimeError, ValueError):
            invokes.pop(make.__name__, None)
    counts = {name: max(1, int(TURN / _seconds(invoke, 3))) for name, invoke in invokes.items()}
    taken: dict[str, list[float]] = {name: [] for name in invokes}
    for _ in range(rounds):
        for name, invoke in invokes.items():
            taken[name].append(_seconds(invoke, counts[name]))
    return {name: 1000 * min(taken[name]) if name in taken else None for name in PACKAGES}


def _seconds(invoke: Callable[[], Any], count: int) -> float:
    start = time.perf_counter()
    for _ in range(count):
        invoke()
    return (time.perf_counter() - start) / count


def table(found: dict[str, dict[str, float | None]]) -> str:
    """Markdown: milliseconds, and how many times the others' speed packlight has."""
    lines = [
        "| model | packlight, ms | LiteRT (XNNPACK), ms | TFLM, ms | packlight is faster than LiteRT | than TFLM |",
        "|---|---|---|---|---|---|",
    ]
    for name, row in found.items():
        figures = [f"{value:.4f}" if value else "-" for value in row.values()]
        mine = row["packlight"]
        ratios = [f"{other / mine:.2f}x" if mine and (other := row[key]) else "-" for key in ("litert", "tflm")]
        lines.append(f"| {' | '.join((name, *figures, *ratios))} |")
    return "\n".join(lines)


def versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES.values():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("models", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(min=1), default=50, show_default=True, help="Turns of each interpreter.")
@click.option("--json", "json_to", type=click.Path(path_type=Path), help="A file for the figures.")
def main(models: tuple[Path, ...], rounds: int, json_to: Path | None) -> None:
    """Milliseconds of one inference on this computer, beside LiteRT and TFLM."""
    found = {model.stem: measure(model, rounds) for model in models}
    features = host.target().features
    click.echo(table(found))
    click.echo(f"\nkernels: {', '.join(features) or 'portable'}; " + ", ".join(" ".join(p) for p in versions().items()))
    if json_to:
        document = {"milliseconds": found, "features": features, "versions": versions()}
        json_to.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
