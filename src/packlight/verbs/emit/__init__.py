# SPDX-License-Identifier: Apache-2.0
"""`emit`: a program as C sources (compiled form), or as a loadable image with the interpreter that runs it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from packlight.nouns.program import Program
from packlight.verbs.emit.compiled import compiled
from packlight.verbs.emit.ctext import identifier
from packlight.verbs.emit.folder import write_folder
from packlight.verbs.resolve import OpResolver

Form = Literal["compiled", "image"]


def emit(
    program: Program,
    folder: str | os.PathLike[str],
    *,
    form: Form = "compiled",
    resolver: OpResolver | None = None,
    name: str | None = None,
) -> list[Path]:
    """Writes the program's files into `folder` and returns their paths.

    `name` (by default the model's) is the prefix of all C names, so that several models fit one firmware. The image
    form registers what `resolver` has; by default the kernels that the program calls, for the types it uses.
    """
    name = identifier(name or program.name)
    if form == "compiled":
        return write_folder(Path(folder), compiled(program, name))
    from packlight.verbs.emit.image import image_files

    return write_folder(Path(folder), image_files(program, name, resolver))
