# SPDX-License-Identifier: Apache-2.0
"""`packlight run`: a model on this computer, with the device's kernels, and whether another interpreter agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from packlight.cli import options
from packlight.cli.screen import Column, Screen, Styled, count, middle, paint, safe, table
from packlight.errors import UsageError

if TYPE_CHECKING:
    from packlight.agreement import Compared
    from packlight.cli.inputs import Sets
    from packlight.nouns.model import Model, Tensor
    from packlight.nouns.program import Program
    from packlight.verbs.run import Array

_DIFFERS = 1  # exit code
_VALUES = 8  # elements shown of an output


@dataclass(frozen=True)
class Comparison:
    """What the outputs were compared with, and how each tensor fared."""

    against: str
    title: str  # "TFLM's reference kernels"
    short: str  # "TFLM has"
    tensors: tuple[Compared, ...]
    unchecked: str = ""

    @property
    def agrees(self) -> bool:
        return all(each.agrees for each in self.tensors)

    @property
    def identical(self) -> bool:
        return all(each.identical for each in self.tensors)


@options.command(
    "run",
    "packlight run sine",
    "packlight run sine --runs 10 --output outputs.npz",
    "packlight run sine --against tflm",
)
@options.model_argument
@options.input_option
@click.option(
    "--output", "-o", "output", metavar="FILE", help="Write the outputs to a .npy, or with the inputs to a .npz."
)
@click.option("--against", metavar="REFERENCE", help="Compare with tflm or litert, or a .npz (in0, out0, in1, ...).")
@options.runs_option(1)
@click.option(
    "--seed", type=click.IntRange(min=0), metavar="N", help="The first set's; the next has the next.  [default: 0]"
)
@options.operators_option
@click.pass_context
def command(
    context: click.Context,
    *,
    model: options.ModelPath,
    files: tuple[str, ...],
    output: str | None,
    against: str | None,
    runs: int | None,
    seed: int | None,
    operators: tuple[str, ...],
    everything: bool,
    json_to: str | None,
) -> None:
    """Run a model on this computer.

    The kernels are the device's. With --against, exit code 1 if a value differs. Integers must be identical; floats
    may differ by 1e-4 of the value plus 1e-5 of the largest.
    """
    from packlight.agreement import run_keeping
    from packlight.verbs.pack import pack_for_pc
    from packlight.verbs.read import read
    from packlight.verbs.report import run_dict

    if files and (runs is not None or seed is not None):
        raise UsageError("E026", "--input does not go with --runs or --seed", fix="give one or the other")
    stored = read(model)
    resolver = options.user_resolver(operators)
    program = pack_for_pc(stored, resolver)
    inputs, origin = _inputs(program, files, against, runs, seed)
    graph = stored.subgraphs[0]
    ran = run_keeping(program, inputs, graph.outputs)
    outputs = [[arrays[index] for index in graph.outputs] for arrays in ran]
    comparison = None
    if against in ("tflm", "litert"):
        with options.progress(f"Running {against} on {count(len(inputs), 'input')} ..."):
            comparison = _with_oracle(stored, pack_for_pc(stored, resolver, keep_all=True), against, inputs, outputs)
    elif against:
        comparison = _with_golden(stored, against, outputs)
    if output:
        from packlight.cli.inputs import save

        save(output, outputs, inputs)
    screen = Screen(everything)
    _verdict(screen, comparison, len(inputs))
    _differences(screen, comparison)
    _values(screen, program, outputs, origin)
    if comparison and comparison.unchecked:
        screen.add(f"  not checked: {comparison.unchecked}")
    if output:
        screen.add(f"  wrote {safe(output)}")
    _next(screen, model, comparison, operators)
    tensors = comparison.tensors if comparison else ()
    options.answer(screen, run_dict(program, outputs, against, tensors), json_to)
    context.exit(0 if comparison is None or comparison.agrees else _DIFFERS)


def _inputs(
    program: Program, files: Sequence[str], against: str | None, runs: int | None, seed: int | None
) -> tuple[Sets, str]:
    """The sets of inputs, and in a word where they come from."""
    from packlight.cli.inputs import input_sets, load, sets_of
    from packlight.verbs.measure import seeded_inputs

    if files:
        return input_sets(files, program), ", ".join(files)
    if against and against.endswith(".npz") and runs is None and seed is None:
        return sets_of(load(against), "in", [value.tensor for value in program.inputs], against), against
    first, number = seed or 0, runs or 1
    seeds = f"seed {first}" if number == 1 else f"seeds {first} to {first + number - 1}"
    return seeded_inputs(program, number, first), f"random, {seeds}"


def _with_oracle(model: Model, kept: Program, against: str, inputs: Sets, outputs: Sets) -> Comparison:
    """Every operator's outputs, as the oracle has them."""
    from packlight.agreement import compare_tensor, run_keeping
    from packlight.oracles import ORACLES, run_oracle

    oracle, graph = ORACLES[against], model.subgraphs[0]
    theirs = run_oracle(oracle, Path(model.source).read_bytes(), model, inputs)
    known = set(theirs[0]) & set(kept.schedule.values)
    ours: list[dict[int, Array]] = [dict(arrays) for arrays in run_keeping(kept, inputs, sorted(known))]
    for arrays, row in zip(ours, outputs, strict=True):
        arrays.update(zip(graph.outputs, row, strict=True))  # as the device has them, where memory is used again
    compared = [
        compare_tensor(
            graph.tensors[index],
            operator.index,
            operator.code.name,
            [a[index] for a in ours],
            [a[index] for a in theirs],
        )
        for operator in graph.operators
        for index in operator.outputs
        if index in known
    ]
    hidden = sum(index not in known for operator in graph.operators for index in operator.outputs)
    unchecked = f"{count(hidden, 'tensor')} that {oracle.title} does not show" if hidden else ""
    return Comparison(against, f"{oracle.title}'s reference kernels", oracle.title, tuple(compared), unchecked)


def _with_golden(model: Model, file: str, outputs: Sets) -> Comparison:
    from packlight.agreement import compare_tensor
    from packlight.cli.inputs import load, sets_of

    if not file.endswith(".npz"):
        raise UsageError("E027", f"--against cannot be {file!r}", fix="tflm, litert, or a .npz file")
    graph = model.subgraphs[0]
    tensors = [graph.tensors[index] for index in graph.outputs]
    theirs = sets_of(load(file), "out", tensors, file)
    if len(theirs) < len(outputs):
        why = f"it holds {len(theirs)}, and {len(outputs)} were run"
        raise UsageError("E021", f"{file} holds too few outputs", why=why)
    writer = {index: operator for operator in graph.operators for index in operator.outputs}
    compared = [
        compare_tensor(
            tensor,
            writer[index].index if index in writer else None,
            writer[index].code.name if index in writer else "",
            [row[at] for row in outputs],
            [row[at] for row in theirs[: len(outputs)]],
        )
        for at, (index, tensor) in enumerate(zip(graph.outputs, tensors, strict=True))
    ]
    unchecked = "the tensors between the operators, which the file does not hold"
    return Comparison(file, Path(file).name, "the file", tuple(compared), unchecked)


def _verdict(screen: Screen, comparison: Comparison | None, runs: int) -> None:
    inputs = count(runs, "input")
    if comparison is None:
        screen.verdict(f"ran   {inputs} on this computer with the device's kernels; not compared")
        return
    written = len({each.node for each in comparison.tensors})
    what = f"{count(len(comparison.tensors), 'output')}"
    if comparison.against in ("tflm", "litert"):
        what = "its only operator's output" if written == 1 else f"all {written:,} operators' outputs"
    if comparison.identical:
        screen.add(paint("identical", "good") + f"   {what}, {inputs}, against {safe(comparison.title)}")
    elif comparison.agrees:
        largest = max(each.largest for each in comparison.tensors)
        screen.add(paint("agrees", "good") + f"   {what}, {inputs}, against {safe(comparison.title)}")
        screen.add(f"  floats differ by {largest:.2g} at most; allowed are 1e-4 of a value and 1e-5 of the largest")
    else:
        first = next(each for each in comparison.tensors if not each.agrees)
        operator = f"operator #{first.node} {safe(first.operator)}, " if first.node is not None else ""
        values = f"{first.ours:.9g}, {comparison.short} has {first.theirs:.9g}"
        room = screen.width - len(f'differs   {operator}""{list(first.index)}: {values}')
        where = f'"{middle(safe(first.tensor.name), max(12, room))}"{list(first.index)}'
        screen.add(paint("differs", "bad") + f"   {operator}{where}: {values}")


def _differences(screen: Screen, comparison: Comparison | None) -> None:
    """Each tensor that differs, in the order of the operators: the first is where it goes wrong."""
    if comparison is None or comparison.agrees:
        return
    wrong = [each for each in comparison.tensors if not each.agrees or screen.everything]
    room = screen.room(8)
    columns = [Column("#", right=True), Column("operator", least=12), Column("output", least=12)]
    columns += [
        Column("differing", right=True),
        Column("of", right=True),
        Column("by at most", right=True),
        Column("run", right=True),
    ]
    rows = []
    for each in wrong[:room]:
        node = "" if each.node is None else str(each.node)
        figures = [f"{each.differing:,}", f"{each.tensor.elements:,}", f"{each.largest:.4g}", str(each.run)]
        style = "bad" if not each.agrees else "good"
        rows.append([node, safe(each.operator), Styled(safe(each.tensor.name), style), *figures])
    screen.add(*table(columns, rows, screen.width))
    if len(wrong) > room:
        screen.add(f"  {len(wrong) - room} more: --all")


def _values(screen: Screen, program: Program, outputs: Sets, origin: str) -> None:
    """The inputs' origin, and what came out."""
    columns = [Column(""), Column("", least=12), Column(""), Column("", least=24)]
    rows = [["in", safe(value.tensor.name), _type(value.tensor), safe(origin)] for value in program.inputs[:2]]
    tensors = [value.tensor for value in program.outputs]
    lines = [
        (run, tensor, array)
        for run, arrays in enumerate(outputs)
        for tensor, array in zip(tensors, arrays, strict=True)
    ]
    room = screen.room(4 + len(rows))
    shown, used = 0, 0
    for run, tensor, array in lines:
        made = _output(tensor, array, run if len(outputs) > 1 else None, screen.everything)
        if used + len(made) > room and shown:
            break
        rows += made
        shown, used = shown + 1, used + len(made)
    if shown < len(lines):
        rows.append(["", f"{len(lines) - shown} more: --all", "", ""])
    screen.add(*table(columns, rows, screen.width, head=False))


def _output(tensor: Tensor, array: Array, run: int | None, everything: bool) -> list[list[str]]:
    """A tensor's values as stored, and as real numbers where they are quantised."""
    import numpy as np

    limit = 64 if everything else _VALUES
    flat = array.reshape(-1)
    stored = " ".join(f"{value:.6g}" for value in flat[:limit].tolist())
    if flat.size > limit:
        stored += f" ... ({flat.size:,}, from {flat.min():.6g} to {flat.max():.6g})"
    row = ["out" if run is None else f"out {run}", safe(tensor.name), _type(tensor), stored]
    if not tensor.quantization or run is not None:
        return [row]
    scale, zero = np.float64(tensor.scale), tensor.zero_point
    values = " ".join(f"{(int(value) - zero) * scale:.4g}" for value in flat[:limit].tolist())
    return [row, ["", Styled("in real numbers", "quiet"), "", values + (" ..." if flat.size > limit else "")]]


def _type(tensor: Tensor) -> str:
    return f"{tensor.type.lower()} {list(tensor.shape)}"


def _next(screen: Screen, model: options.ModelPath, comparison: Comparison | None, folders: tuple[str, ...]) -> None:
    from packlight.oracles import ORACLES

    if comparison is None and ORACLES["tflm"].installed:
        screen.next("packlight", "run", model.given, "--against", "tflm", *options.again(folders))
    elif comparison and not comparison.agrees and not screen.everything:
        screen.next("packlight", "run", model.given, "--against", comparison.against, "--all", *options.again(folders))
    else:
        screen.next("packlight", "measure", model.given, "--target", "cortex-m4", *options.again(folders))
