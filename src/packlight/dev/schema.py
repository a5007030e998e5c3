# SPDX-License-Identifier: Apache-2.0
"""Makes `schema/tflite.txt` from the Python code that the FlatBuffers compiler generated for ai-edge-litert.

That code keeps everything but three facts, which stand here: the words of snake-case names with digits, which number
is an enumeration, and which vectors are aligned more strictly than their elements. `python -m packlight.dev.schema`
rewrites the file; a test fails when it is stale.
"""

from __future__ import annotations

import importlib.util
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from packlight.schema import PATH

#: Fields whose number is an enumeration, by field name, or by table and field where a name has two meanings.
ENUMERATIONS = {
    "LSHProjectionOptions.type": "LSHProjectionType",
    "algorithm": "RngAlgorithm",
    "builtin_code": "BuiltinOperator",
    "combiner": "CombinerType",
    "compare_type": "StablehloComparisonType",
    "comparison_direction": "StablehloComparisonDirection",
    "composite_attributes_format": "CustomOptionsFormat",
    "custom_options_format": "CustomOptionsFormat",
    "format": "DimensionType",
    "fused_activation_function": "ActivationFunctionType",
    "idx_out_type": "TensorType",
    "in_data_type": "TensorType",
    "kernel_type": "LSTMKernelType",
    "key_dtype": "TensorType",
    "mode": "MirrorPadMode",
    "out_data_type": "TensorType",
    "out_type": "TensorType",
    "output_type": "TensorType",
    "padding": "Padding",
    "precision_config": "StablehloPrecisionConfig",
    "quantized_bias_type": "TensorType",
    "reduce_function": "ReduceWindowFunction",
    "type": "TensorType",
    "value_dtype": "TensorType",
    "weights_format": "FullyConnectedOptionsWeightsFormat",
}

#: Fields whose vector starts at a multiple of so many bytes.
ALIGNMENTS = {
    "Buffer.data": 16, "CustomQuantization.custom": 16, "Uint16Vector.values": 4, "Uint8Vector.values": 4,
}  # fmt: skip

NAMES = {"builtin_options2": "builtin_options_2"}

HEADER = """\
# SPDX-License-Identifier: Apache-2.0
# The schema of TensorFlow Lite, version 3: facts, as data. Made by packlight.dev.schema; do not edit.
#
# enum NAME STORED_TYPE: names, numbered from 0 (NAME=N sets the number)
# union NAME: tables, numbered from 0, which is NONE
# table NAME: fields in the order of their slots: `name type`, then `= default` if that is not 0, and `align N`.
#   A union field takes two slots, the type and the table; "-" is a slot no longer used; [type] is a vector.
"""


def generated_source() -> str:
    """The schema code of the installed package ai-edge-litert, read without importing the package's libraries."""
    package = importlib.util.find_spec("ai_edge_litert")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("ai_edge_litert")
    return Path(package.origin).with_name("schema_py_generated.py").read_text(encoding="utf-8")


def schema_text(source: str) -> str:
    """The schema file's text for generated code `source`: enumerations, unions, tables, each in that code's order."""
    classes = dict(re.findall(r"^class (\w+)\(object\):\n(.*?)(?=^class |\Z)", source, re.M | re.S))
    enums: dict[str, str] = {}
    unions: dict[str, str] = {}
    for name, body in classes.items():
        values = re.findall(r"^    (\w+) = (\d+)$", body, re.M)
        if values and "__slots__" not in body:
            (unions if f"def {name}Creator" in body else enums)[name] = _numbered(values)
    stored: dict[str, str] = {}
    tables = {
        name: ", ".join(_fields(name, body, classes[name + "T"], stored))
        for name, body in classes.items()
        if f"def {name}Start(builder)" in body
    }
    lines = [f"enum {name} {stored.get(name, 'int8')}: {body}" for name, body in enums.items()]
    lines += [f"union {name}: {body}" for name, body in unions.items()]
    lines += [f"table {name}: {body}".rstrip() for name, body in tables.items()]
    wrapped = (textwrap.fill(line, 120, subsequent_indent="  ", break_on_hyphens=False) for line in lines)
    return HEADER + "\n".join(wrapped) + "\n"


def _numbered(values: list[tuple[str, str]]) -> str:
    expected, words = 0, []
    for name, number in values:
        words.append(name if int(number) == expected else f"{name}={number}")
        expected = int(number) + 1
    return " ".join(words)


def _fields(table: str, body: str, unpacked: str, stored: dict[str, str]) -> Iterator[str]:
    """Each slot of `table`; notes in `stored` the type in which its enumerations are stored."""
    adder = rf"def {table}Add\w+\(builder, (\w+)\):\n    builder\.Prepend(\w+)Slot\((\d+), .*, (\S+)\)\n"
    adders = re.findall(adder, body)
    kinds = dict(re.findall(r"self\.(\w+) = \1  # type: (.*)", unpacked))
    next_slot = 0
    for camel, storage, number, default in sorted(adders, key=lambda each: int(each[2])):
        if "Union" in kinds.get(camel.removesuffix("Type"), "") and camel.endswith("Type"):
            continue  # the type of a union is part of the union's field
        union = re.search(rf"self\.{camel} = (\w+)Creator\(", unpacked)
        yield from "-" * (int(number) - bool(union) - next_slot)
        next_slot = int(number) + 1
        name = re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), camel)
        name = NAMES.get(name, name)
        kind = union[1] if union else _type(table, name, kinds[camel], storage.lower(), body)
        enum = ENUMERATIONS.get(f"{table}.{name}") or ENUMERATIONS.get(name)
        if enum and kind.strip("[]") in ("int8", "int32", "uint32"):
            stored[enum] = kind.strip("[]")
            kind = kind.replace(stored[enum], enum)
        value = {"True": "1", "False": "0"}.get(default, default)
        align = ALIGNMENTS.get(f"{table}.{name}")
        yield f"{name} {kind}" + f" = {value}" * bool(float(value)) + f" align {align}" * bool(align)


def _type(table: str, name: str, kind: str, storage: str, body: str) -> str:
    """What a field holds, in the schema file's words, from its type comment `kind` and the accessor in `body`."""
    if kind == "Optional[str]":
        return "string"
    if found := re.fullmatch(r"Optional\[(List\[)?(\w+)T\]+", kind):
        return f"[{found[2]}]" if found[1] else found[2]
    if not kind.startswith("Optional[List"):
        return storage
    accessor = name.title().replace("_", "")
    element = re.search(rf"def {accessor}\(self, j\):.*?number_types\.(\w+)Flags, a \+", body, re.S)
    assert element, f"{table}.{name}"
    return f"[{element[1].lower()}]"


def main() -> None:
    PATH.write_bytes(schema_text(generated_source()).encode())


if __name__ == "__main__":
    main()
