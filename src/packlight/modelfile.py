# SPDX-License-Identifier: Apache-2.0
"""From a path or bytes to a model file's bytes: there, readable, and with the marks of a TensorFlow Lite model."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from packlight.errors import ModelError
from packlight.schema import IDENTIFIER

#: Largest file that is read, in bytes.
MAX_BYTES = 1 << 31

AGAIN = "copy or download it again"

#: What a file that is no model begins with, what that makes it, and what to do about it.
KNOWN: tuple[tuple[bytes, str, str | None], ...] = (
    (b"PK\x03\x04", "It is a ZIP archive, as .keras files are", "unpack it, or convert the model in it to .tflite"),
    (b"\x89HDF\r\n\x1a\n", "It is an HDF5 file, as Keras .h5 files are", "convert it with tf.lite.TFLiteConverter"),
    (b"\x7fELF", "It is a compiled program (ELF)", None),
    (b"MZ", "It is a Windows program", None),
    (b"\x1f\x8b", "It is compressed by gzip", "unpack it first"),
    (b"\x93NUMPY", "It is a NumPy array", None),
    (b"\x89PNG", "It is a PNG picture", None),
    (b"\xff\xd8\xff", "It is a JPEG picture", None),
    (b"%PDF", "It is a PDF document", None),
    (b"GGUF", "It is a GGUF model", None),
    (b"\x80\x02", "It is a Python pickle, as PyTorch .pt files are", None),
    (b"\x08", "It looks like a protocol buffer, as .onnx and .pb files are", "convert the model to .tflite"),
    (b"\x0a", "It looks like a protocol buffer, as .onnx and .pb files are", "convert the model to .tflite"),
)


def load(source: str | os.PathLike[str] | bytes | bytearray | memoryview) -> tuple[str, memoryview]:
    """How the user knows the model, and its bytes, read-only. ModelError E101 to E113 if they cannot be a model."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        name, data = "model_content", memoryview(source).toreadonly()
        data = data if data.format == "B" and data.ndim == 1 and data.contiguous else memoryview(data.tobytes())
        _check_marks(name, bytes(data[:512]), len(data))
        return name, data
    name = os.fsdecode(source)
    path = Path(name)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _folder(name, path)
        if not stat.S_ISREG(status.st_mode):
            raise ModelError("E103", f"{name} is not a regular file", fix="name a file, or pass the model's bytes")
        with path.open("rb") as file:
            _check_marks(name, file.read(512), status.st_size)
            file.seek(0)
            return name, memoryview(file.read())
    except FileNotFoundError:
        raise _missing(name, path) from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ModelError("E103", f"{name} cannot be read", why=why) from None


def _check_marks(name: str, head: bytes, size: int) -> None:
    """Size and file identifier; `head` is the first 512 bytes, or all there are."""
    if size == 0:
        raise ModelError("E104", f"{name} is empty", why="it has 0 bytes", fix=AGAIN)
    if size < 8:
        raise ModelError("E105", f"{name} is too short to be a model", why=f"it has {size} bytes", fix=AGAIN)
    if size > MAX_BYTES:
        why = f"it has {size:,} bytes; a model has at most {MAX_BYTES:,}"
        raise ModelError("E106", f"{name} is too large", why=why)
    if head[4:8] == IDENTIFIER:
        return
    printable = all(0x20 <= byte < 0x7F for byte in head[4:8])
    shown = f'"{head[4:8].decode("latin-1")}"' if printable else head[4:8].hex(" ")
    why = f'bytes 4-7 must read "{IDENTIFIER.decode()}"; here they read {shown}'
    text, fix = _kind(head)
    if text:
        raise ModelError("E111", f"{name} is not a TensorFlow Lite model", why=f"{why}. {text}", fix=fix)
    message = f"{name} does not begin like a TensorFlow Lite model"
    raise ModelError("E113", message, why=f"{why}. The file is damaged, or of another kind", fix=AGAIN)


def _kind(head: bytes) -> tuple[str | None, str | None]:
    """What a file that is no model looks like, and what to do about it."""
    if _is_text(head):
        return _kind_of_text(head)
    for start, text, fix in KNOWN:
        if head.startswith(start):
            return text, fix
    return None, None


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # else: a character cut at the end
            return False
        text = head[: error.start].decode("utf-8")
    return all(letter >= " " or letter in "\t\r\n\f" for letter in text)


def _kind_of_text(head: bytes) -> tuple[str, str | None]:
    lower = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lower.startswith(b"version https://git-lfs"):
        return "It is the pointer that Git LFS leaves in place of a file", "fetch the file: git lfs pull"
    if lower.startswith((b"<!doctype html", b"<html")):
        return "It looks like a web page", "download the file itself, not the page that shows it"
    if b"0x" in lower and (b"char" in lower or b"uint8_t" in lower):
        return "It looks like C source that holds a model", "name the .tflite file that it was made from"
    return "It looks like a text file", None


def _missing(name: str, path: Path) -> ModelError:
    import difflib

    try:
        near = difflib.get_close_matches(path.name, sorted(each.name for each in path.parent.iterdir())[:1000], 1)
    except (OSError, ValueError):
        return ModelError("E101", f"{name} does not exist", why="neither does its folder", fix="check the path")
    fix = f"did you mean {path.with_name(near[0])}?" if near else "check the path"
    return ModelError("E101", f"{name} does not exist", why="there is no such file in its folder", fix=fix)


def _folder(name: str, path: Path) -> ModelError:
    try:
        inside = sorted(path.iterdir())
    except OSError:
        inside = []
    if path / "saved_model.pb" in inside:
        why, fix = "it is a TensorFlow SavedModel", "convert it: tf.lite.TFLiteConverter.from_saved_model(...)"
        return ModelError("E102", f"{name} is a folder", why=why, fix=fix)
    models = [each for each in inside if each.suffix == ".tflite"]
    return ModelError("E102", f"{name} is a folder", fix=f"name a file, as {models[0]}" if models else "name a file")
