# SPDX-License-Identifier: Apache-2.0
"""Firmware that spots keywords: the preprocessor, the classifier and the recogniser in one image, and what it costs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from packlight.cycles import load_model as load_cycles
from packlight.elf import Elf
from packlight.emulators import InvokeResult, Machine, open_machine
from packlight.errors import UsageError
from packlight.keyword.memory import share
from packlight.keyword.recogniser import Recogniser, Settings
from packlight.keyword.spotter import (
    FIRST_WORD,
    HOP,
    RATE,
    WINDOW,
    Answer,
    Detection,
    KeywordModel,
    Samples,
    check_sound,
    load_model,
)
from packlight.nouns.choice import LEVELS
from packlight.nouns.program import Program
from packlight.nouns.report import FlashItem, Ram
from packlight.nouns.target import Firmware, Target
from packlight.targets import load_target
from packlight.toolcache import cache_folder
from packlight.toolchains import OPTIMIZE, find_toolchain
from packlight.verbs.build import DEFINES
from packlight.verbs.emit.compiled import model_files
from packlight.verbs.emit.ctext import LICENSE, cmake_levels, kernel_files, levels_of_files, levels_of_kernels
from packlight.verbs.emit.folder import write_folder
from packlight.verbs.measure.ledger import ledger
from packlight.verbs.pack import pack

FOLDER = Path(__file__).parent
NAME = "keyword"
ARENA = "pl_keyword_arena"
#: The C names of the two models, and their folders.
PREPROCESSOR, CLASSIFIER = "keyword_preprocessor", "keyword_model"
#: What an emitted folder has beside the models; main.c drives the emulated firmware alone.
SOURCES = ("pl_keyword.h", "pl_keyword.c", "pl_recogniser.h", "pl_recogniser.c")


@dataclass(frozen=True)
class KeywordFirmware:
    """A linked firmware and what it was made of."""

    firmware: Firmware
    model: KeywordModel
    settings: Settings
    flash_bytes: int
    arena_bytes: int
    answer_offset: int  # bytes from the arena's start to the classifier's output


@dataclass(frozen=True)
class Costs:
    """What a firmware needs to listen, as measured in an emulator."""

    flash: int  # bytes
    ram: Ram
    samples: int
    instructions: int  # for all samples
    frame_instructions: int  # the most for a frame alone
    answer_instructions: int  # the most for a frame and an answer of the classifier; 0: there was none
    cycles: int | None = None  # estimated, for all samples; None: there is no model of the core
    cycles_error: int = 0  # percent: the largest difference from silicon that was found

    @property
    def instructions_per_second(self) -> float:
        """Of sound."""
        return self.instructions * RATE / max(1, self.samples)

    @property
    def megahertz(self) -> float:
        """The clock at which the core is busy all the time: of estimated cycles, or of one cycle an instruction."""
        return (self.cycles or self.instructions) * RATE / max(1, self.samples) / 1e6


@dataclass(frozen=True)
class DeviceRun:
    """What a firmware heard, and what it cost."""

    detections: tuple[Detection, ...]
    answers: Mapping[int, Answer]  # of the classifier, by frame
    costs: Costs


def programs(model: KeywordModel, target: Target | None = None, optimize: str = "size") -> tuple[Program, Program]:
    """The preprocessor's and the classifier's program, in one arena.

    With optimize="size" one kernel is balanced, that which does most of the multiplications: for 200 bytes of flash the
    whole needs a third fewer instructions.
    """
    both = [pack(each, target=target, optimize=optimize) for each in (model.preprocessor, model.classifier)]
    preprocessor, classifier = share(both)
    busiest = max(classifier.calls, key=lambda call: call.macs)
    return preprocessor, replace(classifier, levels={busiest.kernel.name: "balanced"} if optimize == "size" else {})


def emit_firmware(
    folder: str | os.PathLike[str], model: KeywordModel | None = None, settings: Settings | None = None
) -> list[Path]:
    """Writes C sources to build into firmware of one's own: `pl_keyword.h` is what to call."""
    model, settings = model or load_model(), settings or Settings()
    both = programs(model)
    files = _sources(both, model, settings)
    return write_folder(Path(folder), {**files, **_papers(both, model, files)})


def build_firmware(
    target: Target | str = "cortex-m4",
    *,
    model: KeywordModel | None = None,
    settings: Settings | None = None,
    toolchain: str | None = None,
    optimize: str = "size",
    folder: str | os.PathLike[str] | None = None,
) -> KeywordFirmware:
    """A firmware that listens, by default to the bundled model's words; `folder` receives sources and ELF."""
    if optimize not in OPTIMIZE:
        raise UsageError("E424", f"optimize cannot be {optimize!r}", fix="choose one of " + ", ".join(OPTIMIZE))
    target = load_target(target) if isinstance(target, str) else target
    model, settings = model or load_model(), settings or Settings()
    both = programs(model, target, optimize)
    found = find_toolchain(toolchain, target)
    files = {**_sources(both, model, settings), "main.c": (FOLDER / "main.c").read_text(encoding="utf-8")}
    place = Path(folder) if folder is not None else _cache_place(files)
    sources = write_folder(place / "source", files, shared=folder is None)
    root = place / "source"
    levels = {root / file: level for file, level in _levels(both, optimize).items() if level != optimize}
    elf = found.compile_and_link(
        [path for path in sources if path.suffix in (".c", ".S")],
        [root, root / "runtime", root / "kernels"],
        target,
        optimize,
        place / f"{NAME}-{target.name}-{found.name}-{optimize}.elf",
        defines=DEFINES,
        lto=True,
        levels=levels,
    )
    firmware = Firmware(elf, target, str(found), optimize, "compiled", NAME)
    answer = both[1].outputs[0].reference
    offset = both[1].plan.offsets[answer.buffer] + answer.offset
    return KeywordFirmware(firmware, model, settings, Elf(elf).flash_bytes, _arena_bytes(both), offset)


def run_on_device(keyword: KeywordFirmware, samples: Samples, *, emulator: str | None = None) -> DeviceRun:
    """Plays sound (16 kHz, int16) to the firmware in an emulator, frame by frame, from a reset on."""
    check_sound(samples)
    firmware, every = keyword.firmware, keyword.settings.every
    timings = load_cycles(firmware.target.core)
    recogniser = Recogniser(len(keyword.model.names), FIRST_WORD, keyword.settings)  # tells scores, not words
    detections: list[Detection] = []
    answers: dict[int, Answer] = {}
    invokes: list[InvokeResult] = []
    with open_machine(firmware.elf, firmware.target, emulator=emulator, model=timings) as machine:
        machine.boot()
        for frame, piece in enumerate(_pieces(samples), start=-1):
            invoke, word = _push(machine, piece)
            invokes.append(invoke)
            if frame >= 0 and piece.size == HOP and (frame + 1) % every == 0:
                answers[frame] = _answer(machine, keyword)
                recogniser.push(answers[frame])
            if word:
                detections.append(Detection(keyword.model.names[word], word, frame, recogniser.scores[word]))
        ram = _ram(keyword, machine.stack_bytes())
    asked = [invokes[frame + 1].instructions for frame in answers]
    rest = [each.instructions for frame, each in enumerate(invokes, start=-1) if frame not in answers]
    cycles = [each.cycles for each in invokes if each.cycles is not None]
    costs = Costs(
        flash=keyword.flash_bytes,
        ram=ram,
        samples=samples.size,
        instructions=sum(each.instructions for each in invokes),
        frame_instructions=max(rest, default=0),
        answer_instructions=max(asked, default=0),
        cycles=sum(cycles) if len(cycles) == len(invokes) else None,
        cycles_error=timings.error if timings else 0,
    )
    return DeviceRun(tuple(detections), answers, costs)


def flash_ledger(keyword: KeywordFirmware) -> tuple[tuple[str, FlashItem], ...]:
    """Who owns each byte of flash, and which model needs it: "preprocessor", "classifier", "both", or "" for neither.

    The items sum to the firmware's flash. Their `calls` are those of the model; of "both", of the preprocessor.
    """
    elf = Elf(keyword.firmware.elf)
    both = programs(keyword.model, keyword.firmware.target, keyword.firmware.optimize)
    ledgers = [ledger(elf, program, name) for program, name in zip(both, (PREPROCESSOR, CLASSIFIER), strict=True)]
    found = []
    for first, second in zip(*ledgers, strict=True):
        needed = bool(first.calls), bool(second.calls)
        owner = {(True, True): "both", (True, False): "preprocessor", (False, True): "classifier"}.get(needed, "")
        found.append((owner, second if owner == "classifier" else first))
    return tuple(found)


def _sources(both: tuple[Program, Program], model: KeywordModel, settings: Settings) -> dict[str, str | bytes]:
    """The C files of a folder, kernels that both models need once."""
    files: dict[str, str | bytes] = {name: (FOLDER / name).read_text(encoding="utf-8") for name in SOURCES}
    files["pl_keyword_settings.h"] = settings_header(model, settings, _arena_bytes(both), both[0].plan.persistent_bytes)
    for program, name in zip(both, (PREPROCESSOR, CLASSIFIER), strict=True):
        files |= {f"{name}/{file}": text for file, text in model_files(program, name, ARENA).items()}
    kernels = dict.fromkeys(kernel for program in both for kernel in program.kernels)
    return {**files, **kernel_files(kernels, ["pl_quantize.h"])}


def settings_header(model: KeywordModel, settings: Settings, arena_bytes: int = 0, kept_bytes: int = 0) -> str:
    """pl_keyword_settings.h"""
    names = (
        f"//   {index} {'' if index < FIRST_WORD else 'the word '}{name}" for index, name in enumerate(model.names)
    )
    values = {
        "CLASSES": len(model.names),
        "FIRST_WORD": FIRST_WORD,
        **{name.upper(): getattr(settings, name) for name in ("every", "smoothing", "threshold", "suppression")},
        "ARENA_BYTES": arena_bytes,
        "KEPT_BYTES": kept_bytes,
    }
    lines = [LICENSE, "// Made by packlight. The classes:", *names, "#ifndef PL_KEYWORD_SETTINGS_H"]
    lines += ["#define PL_KEYWORD_SETTINGS_H", ""]
    lines += [f"#define PL_KEYWORD_{key} {value}" for key, value in values.items()]
    return "\n".join([*lines, "", "#endif"]) + "\n"


def _papers(both: tuple[Program, Program], model: KeywordModel, files: Iterable[str]) -> dict[str, str]:
    """README.md and CMakeLists.txt of an emitted folder that holds `files`."""
    words = ", ".join(f"{index}: {name}" for index, name in enumerate(model.names) if index >= FIRST_WORD)
    readme = (
        "# Keyword spotting\n\nMade by packlight. Plain C99: no heap, no standard library, "
        f"{_arena_bytes(both):,} bytes of RAM for both models.\n\n"
        '```c\n#include "pl_keyword.h"\n\nvoid listen(void) {\n    pl_keyword_reset();\n    for (;;) {\n'
        "        int16_t samples[160];  /* 16 kHz, one channel: any number at once */\n"
        "        read_microphone(samples, 160);  /* yours */\n"
        f"        int32_t word = pl_keyword_push(samples, 160);  /* {words}; 0: none */\n"
        "        if (word) {\n            /* act */\n        }\n    }\n}\n```\n\n"
        "With CMake: `add_subdirectory` this folder and link the library `keyword`. Without: compile every `.c` file\n"
        "with `-std=c99 -ffp-contract=off -Os -ffunction-sections -I. -Iruntime -Ikernels`; link with\n"
        "`-Wl,--gc-sections`. `pl_keyword_settings.h` holds when a word is recognised.\n"
    )
    sources = "\n  ".join(file for file in files if file.endswith(".c"))
    cmake = (
        "# SPDX-License-Identifier: Apache-2.0\ncmake_minimum_required(VERSION 3.13)\n"
        f"project({NAME} LANGUAGES C)\n\nadd_library({NAME} STATIC\n  {sources})\n"
        f"target_include_directories({NAME} PUBLIC . PRIVATE runtime kernels)\n"
        "# No contraction of float operations: the results stay those of the PC.\n"
        f"target_compile_options({NAME} PRIVATE -std=c99 -ffp-contract=off -ffunction-sections -fdata-sections)\n"
        + cmake_levels(both[1])
    )
    return {"README.md": readme, "CMakeLists.txt": cmake}


def _levels(both: tuple[Program, Program], optimize: str) -> dict[str, str]:
    """What the compiler aims at in each kernel's file: of both programs, the one that aims higher."""
    found: dict[str, str] = {}
    for program in both:
        aims = levels_of_files(replace(program, levels=levels_of_kernels(program, optimize)))
        found |= {file: max(level, found.get(file, level), key=LEVELS.index) for file, level in aims.items()}
    return found


def _arena_bytes(both: tuple[Program, Program]) -> int:
    return max(program.plan.arena_bytes for program in both)


def _pieces(samples: Samples) -> Iterator[Samples]:
    """Pieces of sound of which, from the second on, each completes a frame, but for a shorter one at the end."""
    starts = [0, *range(WINDOW - HOP, samples.size, HOP)]
    return (samples[start:end] for start, end in zip(starts, [*starts[1:], samples.size], strict=True))


def _push(machine: Machine, piece: Samples) -> tuple[InvokeResult, int]:
    """What one push executed, and the word that came back."""
    machine.write(machine.symbols["pl_firmware_samples"][0], piece.astype("<i2").tobytes())
    machine.write(machine.symbols["pl_firmware_count"][0], int(piece.size).to_bytes(4, "little"))
    result = machine.invoke()
    return result, int.from_bytes(machine.read(machine.symbols["pl_firmware_word"][0], 4), "little")


def _answer(machine: Machine, keyword: KeywordFirmware) -> Answer:
    """The classifier's output, which nothing overwrites before the next frame."""
    stored = machine.read(machine.symbols[ARENA][0] + keyword.answer_offset, len(keyword.model.names))
    return tuple(np.frombuffer(stored, np.int8).tolist())


def _ram(keyword: KeywordFirmware, stack: int) -> Ram:
    region = keyword.firmware.target.ram
    assert region is not None
    sections = Elf(keyword.firmware.elf).sections.values()
    static = sum(each.size for each in sections if region.origin <= each.address < region.end)
    return Ram(keyword.arena_bytes, static - keyword.arena_bytes, stack)


def _cache_place(files: Mapping[str, str | bytes]) -> Path:
    mixed = hashlib.sha256()
    for file, content in sorted(files.items()):
        mixed.update(file.encode() + b"\0" + (content.encode() if isinstance(content, str) else content) + b"\0")
    return cache_folder() / "firmware" / f"{NAME}-{mixed.hexdigest()[:16]}"
