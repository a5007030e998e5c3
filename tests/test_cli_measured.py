# SPDX-License-Identifier: Apache-2.0
"""Commands that build and measure, and that choose size against speed; the keys of their JSON."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import sys
from pathlib import Path

import click
import numpy as np
import pytest

from packlight.cli import choosing, screen
from packlight.cli.group import packlight
from terminal import (
    Terminal,
    document_holds,
    needs_build,
)


@needs_build
def test_build_measure_and_compare_agree(run: Terminal) -> None:
    _, out, _ = run("build", "chain.tflite", "--target", "cortex-m0plus", "-o", "firmware")
    built = run.json("build", "chain.tflite", "--target", "cortex-m0plus", "-o", "firmware")
    assert out.startswith(f"built   {built['flash']['total']:,} B flash")
    assert Path(built["elf"]).is_file()
    code, out, _ = run("measure", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2", "--json", "measured.json")
    measured = json.loads(Path("measured.json").read_text(encoding="utf-8"))
    assert code == 0
    flash, ram = measured["flash"], measured["ram"]
    first = f"{flash['total']:,} B flash   {ram['total']:,} B RAM   {measured['instructions']['total']:,} instructions"
    assert out.startswith(first)
    assert out.count("\n") <= screen.HEIGHT
    assert "Outputs identical to the PC on 2 inputs." in out
    assert flash["total"] == flash["constants"] + flash["code"] == sum(item["bytes"] for item in flash["items"])
    assert ram["total"] == ram["arena"] + ram["static"] + ram["stack"]
    compared = run.json("compare", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2")
    assert compared["rows"][-1] == {
        "name": compared["rows"][-1]["name"],
        **{k: v for k, v in measured.items() if k != "schema"},
    }
    inspected, planned = run.json("inspect", "chain.tflite"), run.json("plan", "chain.tflite")
    arenas = {data["ram"]["arena"] for data in (built, measured, inspected, planned, *compared["rows"])}
    assert len(arenas) == 1
    assert inspected["macs"] == sum(call["macs"] for call in measured["instructions"]["calls"])
    assert inspected["file"]["constants"] == sum(i["bytes"] for i in flash["items"] if i["kind"] in ("weights", "bias"))
    assert built["flash"]["total"] == flash["total"]
    document_holds(built, measured, compared)
    _, out, _ = run("compare", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2")
    lines = out.splitlines()
    assert "B flash instead of" in lines[0]
    assert [line.split("  ")[1] for line in lines[3:7]] == [row["name"] for row in compared["rows"]]
    assert lines[-2] == "  All outputs identical to the PC on 2 inputs."
    _, out, _ = run("measure", "chain.tflite", "--target", "cortex-m0plus", "--runs", "2", "--all")
    assert all(item["name"] in out for item in flash["items"])


@pytest.mark.parametrize(
    ("text", "kilo", "amount"),
    [("24576", 1024, 24576), ("24K", 1024, 24576), ("1.5k", 1024, 1536), ("1M", 1024, 1 << 20), ("3M", 1000, 3000000)],
)
def test_amounts(text: str, kilo: int, amount: int) -> None:
    assert choosing.amount(text, kilo) == amount


CHOICE_FAULTS = {
    "measure chain.tflite -t cortex-m4 --flash-budget plenty": "E001",
    "measure chain.tflite -t cortex-m4 --ram-budget -3": "E001",
    "emit chain.tflite -o out --flash-budget 9K": "E430",
    "build chain.tflite -t host -o out --flash-budget 9K": "E427",
    "explore chain.tflite -t host": "E427",
    "explore chain.tflite -t cortex-m4 --points 1": "E001",
    "profile chain.tflite -t host": "E427",
}


@pytest.mark.parametrize("line", CHOICE_FAULTS)
def test_faults_of_choices(run: Terminal, line: str) -> None:
    code, out, err = run(*line.split())
    assert (code, out) == (2, "")
    assert err.startswith(f"error[{CHOICE_FAULTS[line]}]: ")


@needs_build
@pytest.mark.parametrize("columns", ["80", "96"])
def test_screens_of_explore_and_profile(run: Terminal, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for line in (
        "explore chain.tflite --target cortex-m4 --points 4",
        "profile chain.tflite --target cortex-m4",
        "profile chain.tflite --target cortex-m4 --optimize size",
        "profile chain.tflite --target rv32imc --optimize balanced",
    ):
        code, out, err = run(*line.split())
        assert (code, err) == (0, ""), line
        assert out.count("\n") <= screen.HEIGHT
        assert max(map(screen.cells, out.splitlines())) <= int(columns), out
        following = re.search(r"next: packlight (\w+) (.*)\n\Z", out)
        assert following, out
        found = packlight.get_command(click.Context(packlight), following[1])
        assert found
        found.make_context(following[1], shlex.split(following[2]), click.Context(packlight))


@needs_build
def test_explore_profile_and_measure_agree(run: Terminal) -> None:
    explored = run.json("explore", "chain.tflite", "--target", "cortex-m4", "--points", "4")
    small, fast = explored["points"][0], explored["points"][-1]
    budget = (small["flash"]["total"] + fast["flash"]["total"]) // 2
    words = ("chain.tflite", "--target", "cortex-m4", "--flash-budget", str(budget))
    measured, profiled = run.json("measure", *words), run.json("profile", *words)
    assert measured["flash"]["total"] <= budget
    assert measured["optimize"] == "speed"
    assert "to spare" in measured["notes"][0]
    for figure in ("flash", "instructions"):
        assert measured[figure]["total"] == profiled[figure]["total"]
    built = run.json("build", *words, "-o", "within")
    assert built["flash"]["total"] == measured["flash"]["total"]
    for goal in ("size", "balanced", "speed"):
        points = [*explored["points"], *explored["beaten"]]
        named = next(point for point in points if goal in point["optimize"])
        own = run.json("measure", "chain.tflite", "--target", "cortex-m4", "--optimize", goal, "--runs", "1")
        assert named["flash"]["total"] == own["flash"]["total"]
        assert named["ram"]["total"] == own["ram"]["total"]
        assert named["instructions"]["total"] == own["instructions"]["total"]
    document_holds(explored, profiled, measured)
    sized = run.json("profile", "chain.tflite", "--target", "cortex-m4", "--optimize", "size")
    assert all(call["passed_over"] for call in sized["calls"])
    assert run("measure", "chain.tflite", "--target", "cortex-m4", "--optimize", "size")[0] == 0


@needs_build
def test_a_budget_that_cannot_be_kept_to(run: Terminal) -> None:
    code, out, err = run("measure", "chain.tflite", "--target", "cortex-m4", "--flash-budget", "100")
    assert (code, out) == (1, "")
    assert re.match(r"error\[E621\]: \w+ cannot keep to 100 B of flash\n", err)
    assert re.search(r"why: +the closest is [\d,]+ B of flash", err)


@needs_build
def test_emit_writes_what_was_chosen(run: Terminal) -> None:
    code, out, _ = run("emit", "chain.tflite", "-o", "out", "--target", "cortex-m4", "--optimize", "balanced")
    assert code == 0
    assert "The best trade of those measured" in out


@needs_build
def test_a_picture_of_the_frontier(run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("explore", "chain.tflite", "--target", "cortex-m4", "--points", "4", "--png", "frontier.png")
    if importlib.util.find_spec("matplotlib"):
        assert run(*words)[0] == 0
        assert Path("frontier.png").read_bytes().startswith(b"\x89PNG")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, _, err = run(*words)
    assert code == 4
    assert "error[E408]: matplotlib is not installed" in err
    assert 'pip install "packlight[plot]"' in err


def test_every_key_is_documented(run: Terminal) -> None:
    run("run", "chain.tflite", "-o", "golden.npz")
    arrays = dict(np.load("golden.npz"))
    arrays["out0"] ^= 1
    np.savez("golden.npz", **arrays)
    document_holds(
        run.json("inspect", "chain.tflite"),
        run.json("inspect", "custom.tflite", code=3),
        run.json("resolver", "custom.tflite", code=3),
        run.json("run", "chain.tflite", "--against", "golden.npz", code=1),
        run.json("plan", "chain.tflite"),
        run.json("emit", "chain.tflite", "-o", "out"),
        run.json("targets"),
        run.json("plan", "custom.tflite", code=3),
    )
