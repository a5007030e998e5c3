# SPDX-License-Identifier: Apache-2.0
"""The folder of the image form: what it registers, that it compiles, and that it runs here and on emulated cores."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from image_device import Array
from packlight.emulators import open_machine
from packlight.errors import ResolverError
from packlight.nouns.program import Program
from packlight.ops.conv_2d.cases import CASES
from packlight.toolchains import find_host_compiler
from packlight.verbs.build import build
from packlight.verbs.emit import emit
from packlight.verbs.emit.binary import image, image_arena_bytes, read_image
from packlight.verbs.emit.image import image_files
from packlight.verbs.emit.registration import kernels_header, registration_source
from packlight.verbs.pack import pack
from packlight.verbs.resolve import AllOpsResolver, MicroMutableOpResolver
from packlight.verbs.run import run

CONV = next(case for case in CASES if "int8" in case.name)
PROGRAM = pack(CONV.model())


def test_resolver_that_lacks_a_kernel_is_refused() -> None:
    resolver = MicroMutableOpResolver(1)
    resolver.add_fully_connected()
    with pytest.raises(ResolverError) as caught:
        image_files(PROGRAM, "model", resolver)
    assert caught.value.code == "E307"
    resolver = MicroMutableOpResolver(1)
    resolver.add_conv_2d("INT8")
    files = image_files(PROGRAM, "model", resolver)
    assert "kernels/conv_2d/s8.c" in files and "kernels/conv_2d/f32.c" not in files


def test_registration_follows_the_resolver() -> None:
    resolver = MicroMutableOpResolver(3)
    resolver.add_conv_2d("INT8", "FLOAT32")
    resolver.add_reshape()
    files = registration_source(resolver)
    assert "#define PL_REGISTERED_KERNELS 2u" in files["pl_register.h"]  # RESHAPE needs no code
    assert files["pl_register.c"].count("PL_ID_") == 2
    header = kernels_header(resolver)
    for function in ("conv_2d", "conv_2d_int8", "conv_2d_float32", "reshape"):
        assert f" pl_resolver_add_{function}(" in header
    assert "pl_resolver_add_reshape_int8" not in header
    empty = registration_source(MicroMutableOpResolver(0))
    assert "PL_REGISTERED_KERNELS 0u" in empty["pl_register.h"] and "(void)resolver" in empty["pl_register.c"]


def _compile(folder: Path, sources: list[Path], *flags: str) -> Path:
    """An executable of this computer from the sources of an emitted folder and `sources`."""
    compiler = find_host_compiler()
    files = [str(path) for path in (*sorted(folder.rglob("*.c")), *sources)]
    warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
    includes = [f"-I{folder}", f"-I{folder / 'runtime'}", f"-I{folder / 'kernels'}"]
    output = folder / "program"
    made = [*compiler.command, "-std=c99", "-g", *warnings, *flags, *includes, *files, "-o", str(output), "-lm"]
    subprocess.run(made, check=True, capture_output=True, text=True)
    return output


def _constant_inputs(program: Program) -> list[Array]:
    shapes = [value.tensor for value in program.inputs]
    return [np.full(tensor.bytes, 3, np.uint8).view(np.int8).reshape(tensor.shape) for tensor in shapes]


def test_emitted_folder_runs_under_sanitizers(tmp_path: Path) -> None:
    """The emitted sources alone: right outputs, and no access out of bounds with thousands of damaged images."""
    folder = tmp_path / "model"
    emit(PROGRAM, folder, form="image", name="model")
    check = Path(__file__).parent / "image_check.c"
    try:
        program = _compile(folder, [check], "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    except subprocess.CalledProcessError as error:
        if "sanitize" in error.stderr or "asan" in error.stderr:
            pytest.skip("the compiler has no sanitizers")
        raise AssertionError(error.stderr) from error
    found = read_image(image(PROGRAM))
    tables = min(place.offset for place in found.calls[0].operands if place and place.area == "image")
    done = subprocess.run([str(program), "20000", str(tables)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outputs, *statuses = done.stdout.splitlines()
    assert outputs == run(PROGRAM, _constant_inputs(PROGRAM))[0].tobytes().hex()
    assert {line.split()[0] for line in statuses} >= {"PL_OK", "PL_IMAGE_REFERENCE", "PL_IMAGE_TABLES"}


def test_all_operators_compile(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    emit(PROGRAM, folder, form="image", name="model", resolver=AllOpsResolver())
    readme = (folder / "README.md").read_text(encoding="utf-8")
    example = tmp_path / "example.c"
    example.write_text(readme.split("```c\n")[1].split("```")[0].replace("main(", "example("), encoding="utf-8")
    check = Path(__file__).parent / "image_check.c"
    program = _compile(folder, [check, example])
    done = subprocess.run([str(program), "0", "100"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [run(PROGRAM, _constant_inputs(PROGRAM))[0].tobytes().hex()]


@pytest.mark.parametrize("target", ["cortex-m0plus", "rv32imc"])
def test_outputs_on_an_emulated_core(target: str, tmp_path: Path) -> None:
    """With 32-bit pointers, out of flash, from the reset handler on."""
    pytest.importorskip("unicorn")
    pytest.importorskip("ziglang")
    firmware = build(PROGRAM, target, form="image", folder=tmp_path)
    with open_machine(firmware.elf, firmware.target) as machine:
        machine.boot()
        arena, size = machine.symbols["pl_firmware_arena"]
        assert size == image_arena_bytes(PROGRAM, 4)
        for inputs in CONV.draw_inputs():
            for value, array in zip(PROGRAM.inputs, inputs, strict=True):
                machine.write(arena + PROGRAM.plan.offsets[value.reference.buffer], array.tobytes())
            machine.invoke()
            (expected,) = run(PROGRAM, inputs)
            offset = PROGRAM.plan.offsets[PROGRAM.outputs[0].reference.buffer]
            assert machine.read(arena + offset, expected.nbytes) == expected.tobytes()
