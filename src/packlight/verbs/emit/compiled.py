# SPDX-License-Identifier: Apache-2.0
"""The compiled form: a program as plain C. Calls and constants are static tables; the linker takes what is called."""

from __future__ import annotations

from typing import Any

from packlight.nouns.kernel import align
from packlight.nouns.model import Tensor
from packlight.nouns.program import Buffer, Jump, PlacedCall, Program, Reference, Value
from packlight.verbs.emit.ctext import (
    C_TYPES,
    LICENSE,
    array,
    cmake_levels,
    comment,
    float_literal,
    identifier,
    initializer,
    kernel_files,
    wrap,
)


def compiled(program: Program, name: str) -> dict[str, str]:
    """The files of the compiled form: model.h, model.c, the kernels, and what a user needs to build them."""
    files = model_files(program, name)
    kernels = kernel_files(program.kernels, ["pl_quantize.h"])
    text = cmake(name, sorted(kernels), cmake_levels(program))
    return {**files, **kernels, "CMakeLists.txt": text, "README.md": readme(program, name)}


def model_files(program: Program, name: str, arena: str = "") -> dict[str, str]:
    """model.h and model.c. `arena` is an array that the program shares with others, and that is defined elsewhere."""
    return {"model.h": header(program, name, arena), "model.c": source(program, name, arena)}


def source(program: Program, name: str, arena: str = "") -> str:
    """model.c"""
    defined = f"uint8_t {name}_arena[{_arena_size(program)}] PL_ALIGNED({program.plan.alignment}) PL_ARENA_ATTRIBUTE;"
    includes = sorted({f'#include "{kernel.source.parent.name}/kernel.h"' for kernel in program.kernels})
    parts = [
        f"{LICENSE}\n// Made by packlight. Do not edit: change the model and emit it again.",
        "\n".join(['#include "model.h"', "", *includes]),
        "" if arena else defined,
    ]
    for buffer in program.constants:
        element = C_TYPES[buffer.type]
        declaration = f"static const {element} {constant_name(name, buffer)}[] PL_ALIGNED({buffer.alignment})"
        parts.append(f"// {comment(buffer.name)}\n" + array(declaration, buffer))
    for call in program.calls:
        values: dict[str, Any] = {"params": call.params} if call.kernel.params else {}
        for operand in call.kernel.operands:
            values[operand.name] = pointer(program, name, call.operands[operand.name])
        declared = f"static const {call.kernel.args.name} {call_name(name, call)} ="
        where = f"// Operator #{call.node} {call.operator}, output {comment(call.label)}"
        parts.append(f"{where}\n{declared}\n{wrap(initializer(call.kernel.args, values))};")
    parts.append(_reset(program, name))
    parts.append("\n".join([f"void {name}_invoke(void) {{", *_steps(program, name), "}"]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _steps(program: Program, name: str) -> list[str]:
    """The calls, with labels where a jump leads to."""
    targets = {step.target for step in program.steps if isinstance(step, Jump)}
    lines = []
    for index, step in enumerate(program.steps):
        lines += [f"step_{index}:"] if index in targets else []
        if isinstance(step, PlacedCall):
            lines.append(f"  {step.kernel.function}(&{call_name(name, step)});")
        elif step.unless:
            condition = f"*(const uint8_t *){pointer(program, name, step.unless)}"
            lines.append(f"  if (!{condition}) {{\n    goto step_{step.target};\n  }}")
        else:
            lines.append(f"  goto step_{step.target};")
    return [*lines, f"step_{len(program.steps)}:", "  return;"] if len(program.steps) in targets else lines


def header(program: Program, name: str, arena: str = "") -> str:
    """model.h"""
    upper = name.upper()
    shared = [f"#define {name}_arena {arena}  // which other models share"] if arena else []
    lines = [
        LICENSE,
        f"// Made by packlight from {comment(program.name)}. Do not edit: change the model and emit it again.",
        f"#ifndef {upper}_MODEL_H",
        f"#define {upper}_MODEL_H",
        "",
        '#include "pl_quantize.h"',
        "",
        "// All memory that the model works in, inputs and outputs included. An invoke may overwrite the inputs.",
        f"#define {upper}_ARENA_BYTES {_arena_size(program)}",
        *shared,
        f"extern uint8_t {arena}[];" if arena else f"extern uint8_t {name}_arena[{upper}_ARENA_BYTES];",
        "",
        "// One inference: fill the inputs, call, read the outputs.",
        f"void {name}_invoke(void);",
    ]
    if program.plan.persistent_bytes:
        lines += ["", "// Gives the model's variables their initial values: call it once before the first invoke."]
        lines += [f"void {name}_reset(void);"]
    for kind, values in (("input", program.inputs), ("output", program.outputs)):
        for index, value in enumerate(values):
            lines += ["", *_value(program, name, f"{kind}_{index}", value)]
    return "\n".join([*lines, "", "#endif"]) + "\n"


def constant_name(name: str, buffer: Buffer) -> str:
    return f"{name}_constant_{buffer.index}"


def call_name(name: str, call: PlacedCall) -> str:
    return f"{name}_call_{call.index}"


def pointer(program: Program, name: str, reference: Reference | None) -> str:
    """The C expression of an operand's address."""
    if reference is None:
        return "NULL"
    buffer = program.buffers[reference.buffer]
    if buffer.area == "constant":
        base = constant_name(name, buffer)
        return (
            f"(const void *){base}"
            if not reference.offset
            else f"(const void *)((const uint8_t *){base} + {reference.offset})"
        )
    return f"(void *)({name}_arena + {program.plan.offsets[buffer.index] + reference.offset})"


def _arena_size(program: Program) -> int:
    return max(1, program.plan.arena_bytes)


def _value(program: Program, name: str, what: str, value: Value) -> list[str]:
    """Pointer, size and quantisation of one input or output."""
    tensor, upper = value.tensor, f"{name.upper()}_{what.upper()}"
    element = C_TYPES[tensor.type]
    constant = "const " if program.buffers[value.reference.buffer].area == "constant" or "output" in what else ""
    address = pointer(program, name, value.reference)
    if program.buffers[value.reference.buffer].area == "constant":
        return [f"// {what} {comment(tensor.name)} is a constant of the model and has no memory of its own."]
    lines = [
        f"// {what.replace('_', ' ')}: {comment(tensor.name)}, {tensor.type.lower()} {list(tensor.shape)}",
        f"#define {upper} (({constant}{element} *){address})",
        f"#define {upper}_ELEMENTS {tensor.elements}",
    ]
    return lines + (_quantization(name, what, tensor) if tensor.quantization and element != "float" else [])


def _quantization(name: str, what: str, tensor: Tensor) -> list[str]:
    upper, element = f"{name.upper()}_{what.upper()}", C_TYPES[tensor.type]
    low, high = (-128, 127) if element == "int8_t" else (0, 255) if element == "uint8_t" else (-32768, 32767)
    if tensor.type not in ("INT8", "UINT8", "INT16"):
        return []
    lines = [
        f"#define {upper}_SCALE {float_literal(tensor.scale)}  // {tensor.scale:.9g}",
        f"#define {upper}_ZERO_POINT ({tensor.zero_point})",
        "",
    ]
    if what.startswith("input"):
        return [
            *lines,
            f"// The stored value nearest to a real one; what lies outside the range becomes {low} or {high}.",
            f"static inline {element} {name}_quantize_{what}(float real) {{",
            f"  const pl_activation range = {{{low}, {high}}};",
            f"  return ({element})pl_quantize(real, {upper}_SCALE, {upper}_ZERO_POINT, range);",
            "}",
        ]
    return [
        *lines,
        "// The real value that a stored one stands for.",
        f"static inline float {name}_dequantize_{what}({element} stored) {{",
        f"  return {upper}_SCALE * (float)((int32_t)stored - {upper}_ZERO_POINT);",
        "}",
    ]


def _reset(program: Program, name: str) -> str:
    """The function that gives variables their initial values; only models with variables have one."""
    if not program.plan.persistent_bytes:
        return ""
    initial = bytearray(align(program.plan.persistent_bytes, 1))
    for buffer in program.buffers:
        if buffer.area == "persistent" and buffer.data:
            start = program.plan.offsets[buffer.index]
            initial[start : start + buffer.size] = buffer.data
    if not any(initial):
        fill, table = "0", ""
    else:
        made = Buffer(
            -1, "initial values of the variables", "constant", len(initial), 1, "table", "UINT8", bytes(initial)
        )
        table = array(f"static const uint8_t {name}_initial[]", made) + "\n\n"
        fill = f"{name}_initial[i]"
    return (
        f"{table}void {name}_reset(void) {{\n"
        f"  for (size_t i = 0; i < {len(initial)}; ++i) {{\n    {name}_arena[i] = {fill};\n  }}\n}}"
    )


def cmake(name: str, files: list[str], levels: str) -> str:
    """A library target; `add_subdirectory` of the folder is all that a project needs. `levels`: see `cmake_levels`."""
    sources = "\n  ".join(["model.c", *(file for file in files if file.endswith((".c", ".S")))])
    languages = "C ASM" if any(file.endswith(".S") for file in files) else "C"
    return (
        "# SPDX-License-Identifier: Apache-2.0\ncmake_minimum_required(VERSION 3.13)\n"
        f"project({name} LANGUAGES {languages})\n\n"
        f"add_library({name} STATIC\n  {sources})\n"
        f"target_include_directories({name} PUBLIC . runtime PRIVATE kernels)\n"
        "# No contraction of float operations: the results stay those of the PC.\n"
        f"target_compile_options({name} PRIVATE $<$<COMPILE_LANGUAGE:C>:-std=c99> -ffp-contract=off\n"
        "  -ffunction-sections -fdata-sections)\n" + levels
    )


def readme(program: Program, name: str) -> str:
    """How to use the folder."""
    upper = name.upper()
    reset = f"    {name}_reset();\n" if program.plan.persistent_bytes else ""
    return (
        f"# {name}\n\nMade by packlight. Plain C99: no heap, no standard library, "
        f"{program.plan.arena_bytes:,} bytes of RAM for "
        f'all tensors.\n\n```c\n#include "model.h"\n\nint main(void) {{\n{reset}'
        f"    for (int i = 0; i < {upper}_INPUT_0_ELEMENTS; ++i) {{\n"
        f"        {upper}_INPUT_0[i] = 0;  /* your data */\n    }}\n"
        f"    {name}_invoke();\n    return (int){upper}_OUTPUT_0[0];\n}}\n```\n\n"
        "With CMake: `add_subdirectory` this folder and link the library. Without: compile `model.c` and every `.c`\n"
        "(and `.S`) file in `kernels` and `runtime` with `-std=c99 -ffp-contract=off -I. -Iruntime -Ikernels`.\n"
        "Use `-Os` (or `-O2`) together with `-ffunction-sections -Wl,--gc-sections`.\n"
    )


def firmware_main(program: Program, name: str) -> str:
    """A main that does nothing but infer, for measuring."""
    reset = f"  {name}_reset();\n" if program.plan.persistent_bytes else ""
    # Without calls nothing would refer to the arena, and the linker would drop it.
    touch = "" if program.calls else f"  (void)*(volatile uint8_t *){name}_arena;\n"
    return (
        f'{LICENSE}\n#include "model.h"\n\nvoid pl_firmware_invoke(void);\n\n'
        f"__attribute__((noinline)) void pl_firmware_invoke(void) {{\n  {name}_invoke();\n}}\n\n"
        f"int main(void) {{\n{reset}{touch}  for (;;) {{\n    pl_firmware_invoke();\n  }}\n}}\n"
    )


__all__ = ["call_name", "compiled", "constant_name", "firmware_main", "identifier", "model_files"]
