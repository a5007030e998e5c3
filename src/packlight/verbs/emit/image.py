# SPDX-License-Identifier: Apache-2.0
"""The image form: a program's image, the interpreter that runs it, and the op resolver with the kernels registered."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from packlight.nouns.program import Program, Value
from packlight.verbs.emit.binary import image, image_arena_bytes
from packlight.verbs.emit.ctext import LICENSE, cmake_levels, comment, kernel_files
from packlight.verbs.emit.registration import (
    check_registered,
    kernels_header,
    registered_kernels,
    registration,
    registration_source,
)
from packlight.verbs.resolve import OpResolver

#: The runtime files that the form needs, with all that they include.
RUNTIME_FILES = ("pl_interpreter.h", "pl_resolver.h")
_WORDS_A_LINE = 9


def image_files(program: Program, name: str, resolver: OpResolver | None = None) -> dict[str, str | bytes]:
    """The files of the image form, by path in their folder.

    Registered is what `resolver` has; without one, the kernels that the program calls. Raises `ResolverError` E307
    where the resolver lacks one of these.
    """
    source = program if resolver is None else resolver
    chosen = registration(source)
    check_registered(program, chosen)
    data = image(program)
    sources = kernel_files(registered_kernels(chosen), RUNTIME_FILES)
    return {
        f"{name}.pli": data,
        f"{name}_image.h": _header(program, name, len(data)),
        f"{name}_image.c": _array(name, data),
        **registration_source(source),
        "pl_kernels.h": kernels_header(source),
        **sources,
        "CMakeLists.txt": _cmake(name, sorted(sources), cmake_levels(program)),
        "README.md": _readme(program, name),
    }


def image_main(program: Program, name: str) -> str:
    """A main that loads the image and then does nothing but infer, for measuring.

    It stays in `pl_firmware_fault`, the status its argument, where registering or loading fails.
    """
    upper = name.upper()
    return f"""{LICENSE}
// Made by packlight: {comment(program.name)}, over and over.
#include "{name}_image.h"
#include "pl_interpreter.h"
#include "pl_register.h"

uint8_t pl_firmware_arena[{upper}_IMAGE_ARENA_BYTES] PL_ALIGNED(PL_IMAGE_ALIGNMENT) PL_ARENA_ATTRIBUTE;
static pl_interpreter interpreter;
PL_RESOLVER(resolver, PL_REGISTERED_KERNELS);

void pl_firmware_fault(pl_status status);
void pl_firmware_invoke(void);

__attribute__((noinline)) void pl_firmware_fault(pl_status status) {{
  for (volatile pl_status seen = status;;) {{
    (void)seen;
  }}
}}

__attribute__((noinline)) void pl_firmware_invoke(void) {{
  pl_interpreter_invoke(&interpreter);
}}

int main(void) {{
  pl_status status = pl_register_operators(&resolver);
  if (status == PL_OK) {{
    status = pl_interpreter_init(&interpreter, {name}_image, {upper}_IMAGE_BYTES, &resolver, pl_firmware_arena,
                                 sizeof pl_firmware_arena);
  }}
  if (status != PL_OK) {{
    pl_firmware_fault(status);
  }}
  for (;;) {{
    pl_firmware_invoke();
  }}
}}
"""


def _header(program: Program, name: str, size: int) -> str:
    upper = name.upper()
    small, large = (image_arena_bytes(program, pointer_bytes) for pointer_bytes in (4, 8))
    listed = _list("input", program.inputs) + _list("output", program.outputs)
    lines = [
        *(LICENSE, f"// Made by packlight from {comment(program.name)}. Do not edit: emit it again."),
        *(f"#ifndef {upper}_IMAGE_H", f"#define {upper}_IMAGE_H", "", '#include "pl.h"', "", *listed, ""),
        f"#define {upper}_IMAGE_BYTES {size}u",
        "// The smallest arena: activations, variables, scratch, and what the interpreter needs.",
        f"#define {upper}_IMAGE_ARENA_BYTES (sizeof(void *) == 8 ? {large}u : {small}u)",
        f"extern const uint32_t {name}_image[{upper}_IMAGE_BYTES / 4];",
        *("", "#endif"),
    ]
    return "\n".join(lines) + "\n"


def _list(kind: str, values: Sequence[Value]) -> list[str]:
    """A line about each input or output."""
    lines = []
    for index, value in enumerate(values):
        tensor = value.tensor
        scale = f", scale {tensor.scale:.9g}, zero point {tensor.zero_point}" if tensor.quantization else ""
        shape = f"{tensor.type.lower()} {list(tensor.shape)}{scale}"
        lines.append(f"// {kind} {index}: {comment(tensor.name)}, {shape}, {tensor.bytes} bytes")
    return lines


def _array(name: str, data: bytes) -> str:
    """The image as an array: whole words, so that it is right on any compiler, at an aligned address."""
    words = [f"0x{word:08x}" for word in struct.unpack(f"<{len(data) // 4}I", data)]
    lines = [", ".join(words[start : start + _WORDS_A_LINE]) for start in range(0, len(words), _WORDS_A_LINE)]
    declared = f"const uint32_t {name}_image[{name.upper()}_IMAGE_BYTES / 4] PL_ALIGNED(16) = {{"
    head = [LICENSE, f"// {name}.pli", f'#include "{name}_image.h"', "", declared]
    return "\n".join([*head, *(f"    {line}," for line in lines), "};"]) + "\n"


def _cmake(name: str, files: Sequence[str], levels: str) -> str:
    sources = [f"{name}_image.c", "pl_register.c", *(file for file in files if file.endswith((".c", ".S")))]
    languages = "C ASM" if any(file.endswith(".S") for file in files) else "C"
    return (
        "# SPDX-License-Identifier: Apache-2.0\ncmake_minimum_required(VERSION 3.13)\n"
        f"project({name} LANGUAGES {languages})\n\n"
        f"add_library({name} STATIC\n  " + "\n  ".join(sources) + ")\n"
        f"target_include_directories({name} PUBLIC . runtime kernels)\n"
        "# No contraction of float operations: the results stay those of the PC.\n"
        f"target_compile_options({name} PRIVATE $<$<COMPILE_LANGUAGE:C>:-std=c99> -ffp-contract=off\n"
        "  -ffunction-sections -fdata-sections)\n" + levels
    )


def _readme(program: Program, name: str) -> str:
    upper = name.upper()
    return f"""# {name}

Made by packlight: a model as a binary image, and the interpreter and kernels that run it. Plain C99, no heap. Needs
{image_arena_bytes(program, 4):,} bytes of RAM for all tensors (on cores with 32-bit pointers).

```c
#include "{name}_image.h"
#include "pl_interpreter.h"
#include "pl_register.h"

static uint8_t arena[{upper}_IMAGE_ARENA_BYTES] PL_ALIGNED(PL_IMAGE_ALIGNMENT);
static pl_interpreter model;
PL_RESOLVER(resolver, PL_REGISTERED_KERNELS);

int main(void) {{
  if (pl_register_operators(&resolver) != PL_OK) return 1;
  if (pl_interpreter_init(&model, {name}_image, {upper}_IMAGE_BYTES, &resolver, arena, sizeof arena) != PL_OK) return 2;
  /* fill pl_interpreter_input(&model, 0): pl_interpreter_input_size(&model, 0) bytes */
  pl_interpreter_invoke(&model);
  return *(const unsigned char *)pl_interpreter_output(&model, 0);
}}
```

`{name}_image.c` links the image in. To replace a model in the field, write another `.pli` file to an address that is a
multiple of 16 and hand that address to `pl_interpreter_init`: it refuses an image that is damaged, that needs a kernel
which is not registered, or more arena than there is (`model.arena_bytes` tells how much); `pl_status_name(status)` is
the reason in words. Instead of `pl_register_operators`, `pl_kernels.h` lets you register operators one by one.

With CMake: `add_subdirectory` this folder and link the library. Without: compile the `.c` files here, in `kernels` and
in `runtime` with `-std=c99 -ffp-contract=off -I. -Iruntime -Ikernels`. Use `-Os` (or `-O2`) together with
`-ffunction-sections -Wl,--gc-sections`.
"""


__all__ = ["RUNTIME_FILES", "image", "image_arena_bytes", "image_files", "image_main"]
