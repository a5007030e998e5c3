# SPDX-License-Identifier: Apache-2.0
"""Keyword spotting: the preprocessor is TFLM's, and this computer, C and an emulated core recognise the same words."""

from __future__ import annotations

import ctypes
import importlib.util
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from packlight.dev.network import Network
from packlight.dev.oracle import TFLM, is_installed, tflm
from packlight.errors import UnsupportedError, UsageError
from packlight.keyword import (
    HOP,
    RATE,
    WINDOW,
    KeywordModel,
    Recogniser,
    Settings,
    Spotter,
    build_firmware,
    emit_firmware,
    flash_ledger,
    load_model,
    run_on_device,
)
from packlight.keyword.firmware import FOLDER, programs, settings_header
from packlight.keyword.spotter import FIRST_WORD, NAMES, PREPROCESSOR, Samples
from packlight.toolchains import compile_shared_library
from packlight.validator import validate
from packlight.verbs.read import read
from packlight.verbs.run import MicroInterpreter

WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror")
#: Often enough recognised by a network that has learned nothing.
SETTINGS = Settings(every=3, smoothing=2, threshold=120, suppression=9)


@cache
def untrained() -> KeywordModel:
    """A network of the bundled one's structure with random weights."""
    net = Network("untrained_25")  # one that tells both words
    image = net.reshape(net.input(1, 1960, scale=1 / 256, zero_point=-128), 1, 49, 40, 1)
    features = net.reshape(net.depthwise(image, (10, 8), 8, stride=(2, 2)), 1, 4000)
    return KeywordModel(read(net.model(net.softmax(net.dense(features, len(NAMES))))), NAMES)


@cache
def sound() -> Samples:
    """Two seconds of all sorts: tones that come and go in noise, silence, full-scale squares, the least int16."""
    random = np.random.default_rng(5)
    time = np.arange(RATE) / RATE
    tones = sum(np.sin(2 * np.pi * 140 * k * time * (1 + 0.1 * np.sin(9 * time))) / k for k in range(1, 20))
    voice = np.maximum(np.sin(2 * np.pi * 4 * time), 0) * tones * 4000 + random.normal(0, 100, RATE)
    square = np.where(np.arange(4000) // 37 % 2, 32767, -32768)
    parts = (voice, np.zeros(3000), square, np.full(2000, -32768), random.integers(-32768, 32768, 7000))
    return np.concatenate(parts).astype(np.int16)


def frames_of(samples: Samples) -> list[Samples]:
    return [samples[start : start + WINDOW][None] for start in range(0, samples.size - WINDOW + 1, HOP)]


def found(spotter: Spotter, samples: Samples) -> list[tuple[int, int]]:
    """(frame, class) of the words of a sound."""
    spotter.reset()
    return [(each.frame, each.index) for each in spotter.push(samples)]


def script(name: str) -> ModuleType:
    """A script of examples/keyword_spotting."""
    file = Path(__file__).parents[1] / "examples" / "keyword_spotting" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"keyword_{name}", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_bundled_preprocessor_is_what_the_script_makes() -> None:
    assert script("preprocessor").preprocessor() == PREPROCESSOR.read_bytes()


def test_preprocessor_gives_the_features_of_tflm() -> None:
    if not is_installed(TFLM):
        pytest.skip("tflite-micro is not installed")
    interpreter = MicroInterpreter(PREPROCESSOR)
    interpreter.allocate_tensors()
    wanted = tflm(PREPROCESSOR.read_bytes(), [[frame] for frame in frames_of(sound())])
    for frame, (features,) in zip(frames_of(sound()), wanted, strict=True):
        interpreter.input()[...] = frame
        interpreter.invoke()
        assert (interpreter.output() == features).all()
    assert np.unique(features).size > 10


def test_preprocessor_agrees_with_pymicro_features() -> None:
    """Its windows begin 10 ms after one another, and its spectrum is rounded otherwise here and there."""
    module = pytest.importorskip("pymicro_features")
    frontend = module.MicroFrontend()
    outputs = (frontend.process_samples(sound()[start : start + 160].tobytes()) for start in range(0, 25600, 160))
    wanted = np.array([output.features for output in outputs if output.features]) * 25.6  # logarithms
    interpreter = MicroInterpreter(PREPROCESSOR)
    interpreter.allocate_tensors()
    found = []
    for start in range(0, 25600 - WINDOW + 1, 160):
        interpreter.input()[...] = sound()[start : start + WINDOW]
        interpreter.invoke()
        found.append(interpreter.output().copy())
    scaled = np.minimum((np.rint(wanted) * 256 + 333) // 666 - 128, 127)
    differences = np.abs(np.array(found) - scaled)
    assert (differences == 0).mean() > 0.97 and differences.mean() < 0.5


def test_silence_is_the_least_feature() -> None:
    """With it the ring begins, as if it had been silent before."""
    interpreter = MicroInterpreter(PREPROCESSOR)
    interpreter.allocate_tensors()
    interpreter.input()[...] = 0
    interpreter.invoke()
    assert (interpreter.output() == -128).all()


def test_pieces_of_any_size_give_the_same_words() -> None:
    spotter = Spotter(untrained(), SETTINGS)
    whole = found(spotter, sound())
    assert len(whole) > 2
    spotter.reset()
    cuts = np.random.default_rng(1).integers(0, sound().size, 50)
    pieces = np.split(sound(), np.sort(cuts))
    assert [(each.frame, each.index) for piece in pieces for each in spotter.push(piece)] == whole
    times = [each.time for each in spotter.push(sound())]
    assert all(time > sound().size / RATE for time in times)


def test_recogniser_waits_for_the_mean_and_after_a_word() -> None:
    recogniser = Recogniser(4, FIRST_WORD, Settings(every=2, smoothing=2, threshold=150, suppression=4))
    yes, silence = (-128, -128, 127, -128), (127, -128, -128, -128)
    assert [recogniser.push(yes) for _ in range(6)] == [0, 2, 0, 2, 0, 2]
    assert recogniser.scores[2] == 255 / 256
    assert [recogniser.push(silence) for _ in range(3)] == [0, 0, 0]


def test_recogniser_in_c_is_the_one_in_python(tmp_path: Path) -> None:
    for number, settings in enumerate((SETTINGS, Settings(1, 1, 1, 0), Settings(4, 50, 70, 1000), Settings(7, 3, 90))):
        folder = tmp_path / str(number)
        folder.mkdir()
        header = settings_header(untrained(), settings)
        (folder / "pl_keyword_settings.h").write_text(header, encoding="utf-8")
        sources = [FOLDER / "pl_recogniser.c"]
        library = compile_shared_library(sources, [folder, FOLDER], folder / "recogniser", extra_flags=WARNINGS)
        push = ctypes.CDLL(str(library)).pl_recogniser_push
        recogniser, state = Recogniser(4, FIRST_WORD, settings), ctypes.create_string_buffer(4096)
        random = np.random.default_rng(number)
        spread = random.integers(-128, 128, (400, 4))
        spread[::2] = np.repeat(spread[::20], 10, axis=0)  # some last for a while
        for answer in spread.astype(np.int8):
            assert push(state, answer.ctypes.data_as(ctypes.c_void_p)) == recogniser.push(answer.tolist())


def test_models_share_an_arena() -> None:
    both = programs(untrained())
    for program in both:
        validate(program)
    kept = [set(), set()]  # type: list[set[int]]
    for places, program in zip(kept, both, strict=True):
        for buffer in program.buffers:
            if buffer.area == "persistent" and buffer.name != "kept by others":
                start = program.plan.offsets[buffer.index]
                places.update(range(start, start + buffer.size))
    assert not kept[0] & kept[1]
    assert max(program.plan.arena_bytes for program in both) < 7200
    assert len({program.plan.persistent_bytes for program in both}) == 1


def test_emitted_folder_recognises_the_same_words(tmp_path: Path) -> None:
    """The folder alone, compiled for this computer without a warning, with pieces of any size."""
    folder = tmp_path / "keyword"
    files = emit_firmware(folder, untrained(), SETTINGS)
    sources = [path for path in files if path.suffix == ".c"]
    listed = (folder / "CMakeLists.txt").read_text(encoding="utf-8")
    assert all(path.relative_to(folder).as_posix() in listed for path in sources)
    includes = [folder, folder / "runtime", folder / "kernels"]
    library = ctypes.CDLL(str(compile_shared_library(sources, includes, tmp_path / "words.so", extra_flags=WARNINGS)))
    wanted = found(Spotter(untrained(), SETTINGS), sound())
    random = np.random.default_rng(2)
    for _ in range(2):
        library.pl_keyword_reset()
        words, start = [], 0
        while start < sound().size:
            piece = sound()[start : start + int(random.integers(0, 321))]
            start += piece.size
            if word := library.pl_keyword_push(piece.ctypes.data_as(ctypes.c_void_p), ctypes.c_uint32(piece.size)):
                words.append((library.pl_keyword_frames() - 1, word))
        assert words == wanted


@pytest.mark.parametrize(
    ("target", "optimize"), [("cortex-m4", "size"), ("cortex-m0plus", "size"), ("cortex-m4", "speed")]
)
def test_firmware_recognises_the_same_words(target: str, optimize: str) -> None:
    heard = sound()[: RATE + 100]
    spotter = Spotter(untrained(), SETTINGS)
    frames = list(spotter.frames(heard))
    firmware = build_firmware(target, model=untrained(), settings=SETTINGS, optimize=optimize)
    run = run_on_device(firmware, heard)
    assert run.detections and list(run.detections) == [frame.detection for frame in frames if frame.detection]
    assert run.answers == {frame.index: frame.answer for frame in frames if frame.answer}
    costs = run.costs
    assert 0 < costs.frame_instructions < costs.answer_instructions < costs.instructions
    assert costs.cycles and costs.megahertz > 1
    if optimize == "size":
        assert costs.flash <= 32 * 1024 and costs.ram.total <= 10 * 1024


def test_every_byte_of_the_firmware_has_an_owner() -> None:
    firmware = build_firmware(model=untrained(), settings=SETTINGS)
    items = flash_ledger(firmware)
    assert sum(item.bytes for _, item in items) == firmware.flash_bytes
    sizes = {owner: sum(item.bytes for each, item in items if each == owner) for owner, _ in items}
    assert sizes["classifier"] > 16_000 and sizes["preprocessor"] > 3_000 and sizes[""] < 2_000
    assert not any(item.kind == "unowned" for _, item in items)


def test_what_is_refused() -> None:
    with pytest.raises(UsageError, match="E530"):
        Settings(every=0)
    with pytest.raises(UsageError, match="E531"):
        replace(untrained(), names=("silence", "unknown", "yes"))
    with pytest.raises(UnsupportedError, match="E251"):
        load_model(Path(PREPROCESSOR).with_name("sine.tflite"))
    with pytest.raises(UsageError, match="E532"):
        Spotter(untrained()).push(np.zeros(10, np.float32))
