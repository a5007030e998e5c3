# SPDX-License-Identifier: Apache-2.0
"""C sources that register kernels on a device: what an op resolver of Python has, as calls of the one in C."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from packlight import ops
from packlight.errors import ResolverError
from packlight.nouns.kernel import Kernel
from packlight.nouns.operator import Operator, identifier
from packlight.nouns.program import Program
from packlight.verbs.emit.binary import kernel_id, kernel_ids
from packlight.verbs.emit.ctext import LICENSE
from packlight.verbs.resolve import OpResolver

#: By operator name and key of types: the kernels that it takes.
Registration: TypeAlias = Mapping[str, Mapping[str, tuple[Kernel, ...]]]

_TYPES_LISTED = 6
_MADE = "// Made by packlight. Do not edit."


def registration(source: OpResolver | Program) -> Registration:
    """The kernels of all that a resolver has registered; of a program those that its calls need."""
    if isinstance(source, Program):
        found: dict[str, dict[str, tuple[Kernel, ...]]] = {}
        for call in source.calls:
            kernels = found.setdefault(call.operator, {}).setdefault(call.types, ())
            found[call.operator][call.types] = tuple(dict.fromkeys((*kernels, call.kernel)))
        return dict(sorted(found.items()))
    return {
        name: {type_: _kernels_of(operator, type_) for type_ in types}
        for name, (operator, types) in sorted(source.registered.items())
    }


def registered_kernels(chosen: Registration) -> tuple[Kernel, ...]:
    """Each kernel once, by name; two with the same name or id are an error."""
    found = {kernel for types in chosen.values() for kernels in types.values() for kernel in kernels}
    in_order = tuple(sorted(found, key=lambda kernel: kernel.name))
    kernel_ids(in_order)
    return in_order


def check_registered(program: Program, chosen: Registration) -> None:
    """Raises `ResolverError` E307 where the program calls a kernel that is not registered."""
    missing = set(program.kernels) - set(registered_kernels(chosen))
    call = next((call for call in program.calls if call.kernel in missing), None)
    if call:
        raise ResolverError(
            "E307",
            f"{program.name} calls the kernel {call.kernel.name}, which is not registered",
            at=f"operator #{call.node} {call.operator}, output {call.label}",
            why=f"the op resolver has {', '.join(chosen) or 'no operators'}",
            fix=f"resolver.add_{identifier(call.operator)}(), and name the kernel in the operator's `kernels`",
        )


def registration_source(source: OpResolver | Program) -> dict[str, str]:
    """pl_register.c and .h: one function that registers all that a resolver has, or all that a program calls."""
    kernels = registered_kernels(registration(source))
    lines = [
        *(LICENSE, _MADE, "#ifndef PL_REGISTER_H", "#define PL_REGISTER_H", ""),
        *('#include "pl_resolver.h"', ""),
        *("// How many kernels pl_register_operators adds.", f"#define PL_REGISTERED_KERNELS {len(kernels)}u", ""),
        "// Adds every kernel that this firmware has: PL_OK or PL_RESOLVER_...",
        *("pl_status pl_register_operators(pl_resolver *resolver);", "", "#endif"),
    ]
    return {"pl_register.h": "\n".join(lines) + "\n", "pl_register.c": _register(kernels)}


def kernels_header(source: OpResolver | Program) -> str:
    """pl_kernels.h: the kernels' ids, and for each operator a function that adds it, for all types or for some.

    `pl_resolver_add_conv_2d(&resolver)` and `pl_resolver_add_conv_2d_int8(&resolver)` do in C what
    `resolver.add_conv_2d()` and `resolver.add_conv_2d("INT8")` do in Python.
    """
    chosen = registration(source)
    kernels = registered_kernels(chosen)
    lines = [LICENSE, _MADE, "#ifndef PL_KERNELS_H", "#define PL_KERNELS_H", "", '#include "pl_resolver.h"']
    lines += [f'#include "{folder}/kernel.h"' for folder in sorted({kernel.source.parent.name for kernel in kernels})]
    lines += ["", "// The ids by which images call the kernels. They change with the args of a kernel."]
    lines += [f"#define {_id_name(kernel)} UINT32_C(0x{kernel_id(kernel):08x})" for kernel in kernels]
    for operator, types in chosen.items():
        method = f"pl_resolver_add_{identifier(operator)}"
        everything = tuple(dict.fromkeys(kernel for some in types.values() for kernel in some))
        by_types: dict[tuple[Kernel, ...], list[str]] = {}
        for type_, some in types.items():
            by_types.setdefault(some, []).append(type_)
        if len(by_types) > 1:
            for some, keys in by_types.items():
                for key in keys:
                    lines += _adder(f"{method}_{key.lower()}", f"{operator} for {key}", some)
        lines += _adder(method, f"{operator} for {_listed(types)}", everything)
    return "\n".join([*lines, "", "#endif"]) + "\n"


def _register(kernels: Sequence[Kernel]) -> str:
    lines = [LICENSE, _MADE, '#include "pl_register.h"']
    if not kernels:
        body = ["(void)resolver;", "return PL_OK;"]
    else:
        entries = [f"    {{{_id_name(kernel)}, {kernel.function}}}," for kernel in kernels]
        lines += ["", '#include "pl_kernels.h"']
        lines += ["", "static const pl_resolver_entry pl_registered[PL_REGISTERED_KERNELS] = {", *entries, "};"]
        body = [
            "pl_status status = PL_OK;",
            "for (uint32_t i = 0; status == PL_OK && i < PL_REGISTERED_KERNELS; ++i) {",
            "  status = pl_resolver_add(resolver, pl_registered[i].id, pl_registered[i].kernel);",
            "}",
            "return status;",
        ]
    function = ["pl_status pl_register_operators(pl_resolver *resolver) {", *(f"  {line}" for line in body), "}"]
    return "\n".join([*lines, "", *function]) + "\n"


def _adder(name: str, what: str, kernels: Iterable[Kernel]) -> list[str]:
    """A function that adds kernels until one is refused."""
    added = [f"pl_resolver_add(resolver, {_id_name(kernel)}, {kernel.function})" for kernel in kernels]
    lines = ["", f"// {what}", f"static inline pl_status {name}(pl_resolver *resolver) {{"]
    if not added:
        return [*lines, "  (void)resolver;", "  return PL_OK;", "}"]
    if len(added) == 1:
        return [*lines, f"  return {added[0]};", "}"]
    steps = [f"  if (status == PL_OK) {{\n    status = {call};\n  }}" for call in added[1:]]
    return [*lines, f"  pl_status status = {added[0]};", *steps, "  return status;", "}"]


def _kernels_of(operator: Operator, types: str) -> tuple[Kernel, ...]:
    """The kernels that an operator takes for one key of types; none where it needs no code."""
    return tuple(ops.kernel(operator.kernel_file(name)) for name in operator.kernels_for(types))


def _listed(types: Iterable[str]) -> str:
    some = list(types)
    return ", ".join(some) if len(some) <= _TYPES_LISTED else f"{len(some)} types"


def _id_name(kernel: Kernel) -> str:
    return f"PL_ID_{kernel.name.upper()}"
