# SPDX-License-Identifier: Apache-2.0
"""`packlight plan`: the arena over time, drawn in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from packlight.cli import options
from packlight.cli.screen import COLOURS, Column, Screen, Styled, cells, count, middle, paint, safe, table

if TYPE_CHECKING:
    from packlight.nouns.program import Buffer, Program

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_ROWS = 10  # of the picture by default
_WIDEST = 8  # columns of a call


@options.command(
    "plan",
    "packlight plan sine",
    "packlight plan sine --all",
    "packlight plan sine --json -",
)
@options.model_argument
@options.operators_option
def command(model: options.ModelPath, operators: tuple[str, ...], everything: bool, json_to: str | None) -> None:
    """Draw the arena over time.

    Down: addresses. Across: calls in the model's order, and last what the user reads. A letter is a tensor; a point
    is free.
    """
    from packlight.verbs.pack import pack
    from packlight.verbs.report import plan_dict

    program = pack(model, options.user_resolver(operators))
    screen = Screen(everything)
    _verdict(screen, program)
    buffers = [buffer for buffer in program.buffers if buffer.area != "constant"]
    buffers.sort(key=lambda buffer: (program.plan.lifetimes[buffer.index].first, program.plan.offsets[buffer.index]))
    letters = {buffer.index: _LETTERS[at % len(_LETTERS)] for at, buffer in enumerate(buffers)}
    if program.plan.arena_bytes:
        _picture(screen, program, buffers, letters)
    _legend(screen, program, buffers, letters)
    screen.next("packlight", "measure", model.given, "--target", "cortex-m4", *options.again(operators))
    options.answer(screen, plan_dict(program), json_to)


def _verdict(screen: Screen, program: Program) -> None:
    plan = program.plan
    if plan.arena_bytes == plan.largest_live_set:
        why = "the largest live set, the least possible"
    else:
        more = plan.arena_bytes - plan.largest_live_set
        why = f"{more:,} B more than the largest live set"
    screen.verdict(f"{safe(program.name)}   arena {plan.arena_bytes:,} B = {why}", "computed")
    peak = _peak(program)
    if peak is None:
        return
    call = program.calls[peak]
    alive = len(_alive(program, peak))
    start, end = f"  fullest at call {peak}, operator #{call.node} {safe(call.operator)}", f", {count(alive, 'buffer')}"
    label = middle(safe(call.label), max(12, screen.width - cells(start + end) - 3))
    screen.add(f'{start} "{label}"{end}')


def _peak(program: Program) -> int | None:
    """The first call at which the most bytes are alive."""
    if not program.calls:
        return None
    live = [sum(buffer.size for buffer in _alive(program, call.index)) for call in program.calls]
    return live.index(max(live))


def _alive(program: Program, moment: int) -> list[Buffer]:
    from packlight.verbs.plan import live_buffers

    return live_buffers(program.buffers, program.plan.lifetimes, moment)


def _picture(screen: Screen, program: Program, buffers: Sequence[Buffer], letters: dict[int, str]) -> None:
    """Rows of equal heights of addresses; each cell shows who has most of it during the call."""
    plan, moments = program.plan, len(program.calls) + 1
    rows = min(2 * _ROWS if screen.everything else _ROWS, plan.arena_bytes)
    margin = len(f"{plan.arena_bytes:,}") + 4
    wide = max(1, min(_WIDEST, (screen.width - margin) // moments))
    shown = range(min(moments, (screen.width - margin) // wide))
    screen.add(" " * margin + paint(_heading(program, shown, wide), "quiet"))
    for row in range(rows):
        start, end = row * plan.arena_bytes // rows, (row + 1) * plan.arena_bytes // rows
        line = "".join(_cell(_owner(program, buffers, start, end, moment), letters, wide) for moment in shown)
        screen.add(f"{start:>{margin - 2},}  {line}")
    cut = f"   calls from {len(shown)} on do not fit this width" if len(shown) < moments else ""
    screen.add(f"{plan.arena_bytes:>{margin - 2},}  " + paint(_marks(program, shown, wide) + cut, "peak"))


def _heading(program: Program, shown: range, wide: int) -> str:
    """The calls' numbers, as many as have room, and `end`."""
    step = max(1, -(-3 // wide))
    text = ""
    for moment in shown:
        if moment == len(program.calls):
            text = text[: moment * wide].ljust(moment * wide) + "end"
        elif moment % step == 0:
            text = text.ljust(moment * wide) + str(moment)
    return text


def _marks(program: Program, shown: range, wide: int) -> str:
    peak = _peak(program)
    return " " * (peak * wide) + "^" * max(1, wide - 1) + " fullest" if peak is not None and peak in shown else ""


def _owner(program: Program, buffers: Sequence[Buffer], start: int, end: int, moment: int) -> int | None:
    """The buffer with the most bytes of the addresses from `start` to `end`; None if more are free."""
    plan = program.plan
    shares: dict[int | None, int] = {None: end - start}
    for buffer in buffers:
        life, offset = plan.lifetimes[buffer.index], plan.offsets[buffer.index]
        inside = min(end, offset + buffer.size) - max(start, offset)
        if inside > 0 and life.first <= moment <= life.last:
            shares[buffer.index] = inside
            shares[None] -= inside
    return max(shares, key=lambda owner: (shares[owner], owner is not None))


def _cell(owner: int | None, letters: dict[int, str], wide: int) -> str:
    if owner is None:
        return paint("." * wide, "quiet")
    letter = letters[owner]
    return paint(letter * wide, _colour(letter))


def _colour(letter: str) -> str:
    return COLOURS[_LETTERS.index(letter) % len(COLOURS)]


def _legend(screen: Screen, program: Program, buffers: Sequence[Buffer], letters: dict[int, str]) -> None:
    plan = program.plan
    room = screen.room(2)
    chosen = list(buffers)
    if len(chosen) > room:
        largest = sorted(buffers, key=lambda buffer: -buffer.size)[: room - 1]
        chosen = [buffer for buffer in buffers if buffer in largest]
    columns = [Column(""), Column("bytes", right=True), Column("at", right=True), Column("calls"), Column("what"),
               Column("name", least=12)]  # fmt: skip
    rows = []
    for buffer in chosen:
        life = plan.lifetimes[buffer.index]
        last = "end" if life.last == len(program.calls) else str(life.last)
        what = {"activation": "tensor"}.get(buffer.role, buffer.role)
        calls = f"{life.first}-{last}" if str(life.first) != last else last
        letter = Styled(letters[buffer.index], _colour(letters[buffer.index]))
        rows.append([letter, f"{buffer.size:,}", f"{plan.offsets[buffer.index]:,}", calls, what, safe(buffer.name)])
    if len(chosen) < len(buffers):
        rows.append(["", "", "", "", "", Styled(f"{len(buffers) - len(chosen)} smaller ones: --all", "quiet")])
    screen.add(*table(columns, rows, screen.width))
