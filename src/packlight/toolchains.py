# SPDX-License-Identifier: Apache-2.0
"""The compilers: zig from PyPI, GNU compilers on the PATH, and the computer's own C compiler."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packlight.elf import Elf
from packlight.errors import ToolError, UsageError
from packlight.nouns.choice import LEVELS
from packlight.nouns.target import MemoryRegion, Target
from packlight.targets import FOLDER
from packlight.toolcache import ObjectCache, cache_folder, digest, run_tool

OPTIMIZE = LEVELS
_INSTALL = 'pip install "packlight[build]"'
_PREFIXES = {
    "cortex_m": ("arm-none-eabi-",),
    "rv32": ("riscv32-unknown-elf-", "riscv64-unknown-elf-", "riscv-none-elf-"),
}
_PACKAGES = {"cortex_m": "gcc-arm-none-eabi", "rv32": "gcc-riscv64-unknown-elf"}  # Debian's names
_WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Werror")
_LANGUAGE = ("-std=c99", "-ffp-contract=off", "-fno-math-errno", "-ffunction-sections", "-fdata-sections")
_FIRMWARE = ("-fomit-frame-pointer", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-stack-protector")
# The compiler must not turn the loops of memcpy and its like into calls of themselves.
_SUPPORT = ("-ffreestanding", "-fno-builtin", "-fno-lto")


@dataclass(frozen=True)
class Toolchain:
    """A compiler that was found, and how it is called."""

    name: str  # "zig", "gcc", "clang", "cc"
    version: str  # "0.17.1"
    command: tuple[str, ...]
    family: str  # which of its flags differ: "zig", "gcc" (cross), "host"

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def compile_and_link(
        self,
        sources: Sequence[Path],
        include_dirs: Sequence[Path],
        target: Target,
        optimize: str,
        output: Path,
        *,
        defines: Mapping[str, str | int] | None = None,
        extra_flags: Sequence[str] = (),
        build_dir: Path | None = None,
        lto: bool = False,
        levels: Mapping[Path, str] | None = None,
    ) -> Path:
        """Compile `sources` (.c and .S), link them with the target's start-up into `output`, and return it.

        The linker script is written to `build_dir` (default: the output's folder). `lto` optimises over all sources
        at link time. `levels` names sources that are optimised otherwise than by `optimize`. The same inputs give the
        same bytes, wherever they lie.
        """
        common = [*(f"-D{name}={value}" for name, value in (defines or {}).items()), *(["-flto"] if lto else [])]
        flags = [*self._flags(target, optimize), *common, *extra_flags]
        rest = [*common, *extra_flags, *_WARNINGS, *(f"-I{folder.resolve()}" for folder in include_dirs)]
        aims = {source: (levels or {}).get(source, optimize) for source in sources}
        objects = self._compile(sources, {source: [*self._flags(target, aims[source]), *rest] for source in sources})
        output.parent.mkdir(parents=True, exist_ok=True)
        if target.is_host:
            libraries = [] if sys.platform == "win32" else ["-lm"]
            self._run([*flags, *map(str, objects), "-o", str(output.resolve()), *libraries], output)
            return output
        plain = [*self._flags(target, "size"), *_SUPPORT]
        objects += self._compile(sorted((FOLDER / "support").glob("*.c")), [*plain, *_WARNINGS])
        self._link_firmware(objects, flags, plain, target, output, build_dir or output.parent)
        return output

    def _link_firmware(
        self, objects: list[Path], flags: list[str], plain: list[str], target: Target, output: Path, build_dir: Path
    ) -> None:
        """Link, with just the start-up that the firmware needs: whether it has .data and .bss is known once linked."""
        script = build_dir / f"{target.name}.ld"
        script.parent.mkdir(parents=True, exist_ok=True)
        if not script.is_file() or script.read_text(encoding="utf-8") != linker_script(target):
            script.write_text(linker_script(target), encoding="utf-8")
        made = output.with_name(f"{os.getpid()}-{output.name}")
        link = [*flags, "-nostartfiles", f"-Wl,-T,{script.resolve()}", "-Wl,-e,Reset_Handler", "-Wl,--gc-sections"]
        link += ["-Wl,--build-id=none", "-Wl,-z,max-page-size=4096", "-o", str(made.resolve())]
        if self.family == "zig":
            link.append("-g")  # else zig leaves out the symbols
        else:
            newlib = _has_newlib(self.command[0], target.gcc)
            link += ["-static", *(["--specs=nano.specs", "-lm"] if newlib else ["-nostdlib", "-lgcc"])]
        needs = (False, False)
        for _ in range(2):
            defines = [f"-DPL_COPY_DATA={needs[0]:d}", f"-DPL_CLEAR_BSS={needs[1]:d}"]
            startup = self._compile([FOLDER / f"{target.startup}.c"], [*plain, *defines, *_WARNINGS])
            self._run([*map(str, startup + objects), *link], output)
            sections = Elf(made).sections
            data, bss = (name in sections and sections[name].size > 0 for name in (".data", ".bss"))
            found = (data, bss)
            if found == needs:
                break
            needs = found
        made.replace(output)  # whole or not at all, even if another process makes the same one

    def _flags(self, target: Target, optimize: str) -> list[str]:
        if optimize not in OPTIMIZE:
            raise UsageError("E424", f"optimize cannot be {optimize!r}", fix="choose one of " + ", ".join(OPTIMIZE))
        level = {"size": ["-Os"], "balanced": ["-O2"], "speed": ["-O3"]}[optimize]
        if target.is_host:
            return [*level, *_LANGUAGE, *(["-fno-sanitize=all"] if self.name == "zig" else [])]
        include = f"-isystem{FOLDER / 'include'}"
        if self.family == "gcc":
            bare = [] if _has_newlib(self.command[0], target.gcc) else ["-ffreestanding", "-fbuiltin", include]
            # A kernel may be specialised if all its calls agree, but is not copied for each.
            return [*target.gcc, *level, "-fno-ipa-cp-clone", *_LANGUAGE, *_FIRMWARE, *bare]
        if optimize == "size":
            level += ["-Xclang", "-Oz"]  # zig reads -Oz as -Os
        # -fhosted: else a memcpy of four bytes becomes a call.
        zig = ["-fhosted", "-fno-sanitize=all", "-Wno-unused-command-line-argument", include]
        return [*target.zig, *level, *_LANGUAGE, *_FIRMWARE, *zig]

    def _compile(self, sources: Sequence[Path], flags: Sequence[str] | Mapping[Path, Sequence[str]]) -> list[Path]:
        """The objects of the sources, which all have the same flags, or each its own."""
        cache = ObjectCache(" ".join((str(self), *self.command)), self._environment)
        each = flags if isinstance(flags, Mapping) else dict.fromkeys(sources, flags)
        return cache.compile_all({source.resolve(): [*self.command, *each[source]] for source in sources})

    def _run(self, arguments: Sequence[str], output: Path) -> None:
        command = [*self.command, *arguments]
        run_tool(command, cwd=output.parent, environment=self._environment, code="E403", what=f"link {output.name}")

    @property
    def _environment(self) -> Mapping[str, str]:
        if self.name != "zig" or "ZIG_GLOBAL_CACHE_DIR" in os.environ:
            return {}
        return {"ZIG_GLOBAL_CACHE_DIR": str(cache_folder() / "zig")}


def linker_script(target: Target) -> str:
    """The target's memory map, followed by the linker script of its start-up family."""
    assert target.flash is not None and target.ram is not None

    def line(name: str, rights: str, region: MemoryRegion) -> str:
        return f"  {name} ({rights}) : ORIGIN = {region.origin:#010x}, LENGTH = {region.length:#x}\n"

    memory = "MEMORY\n{\n" + line("FLASH", "rx", target.flash) + line("RAM", "rw", target.ram) + "}\n\n"
    return memory + (FOLDER / f"{target.startup}.ld").read_text(encoding="utf-8")


def find_toolchain(name: str | None, target: Target) -> Toolchain:
    """The toolchain `name` ("zig" or "gcc") for `target`; by default zig, and on the host its own C compiler."""
    if name not in (None, "zig", "gcc"):
        raise UsageError("E425", f"there is no toolchain {name!r}", fix="choose zig or gcc")
    if target.is_host:
        return find_host_compiler() if name is None else _zig() if name == "zig" else _host_gcc()
    if name != "gcc":
        return _zig()
    for prefix in _PREFIXES[target.startup]:
        path = shutil.which(f"{prefix}gcc")
        if path:
            return _gnu("gcc", path, "gcc")
    raise ToolError(
        "E401",
        f"{_PREFIXES[target.startup][-1]}gcc is not installed",
        why="no such program is on the PATH",
        fix=f"install it (Debian, Ubuntu: apt install {_PACKAGES[target.startup]}), or use --toolchain zig",
    )


def find_host_compiler() -> Toolchain:
    """This computer's C compiler: CC from the environment, or cc, gcc or clang on the PATH, or else zig."""
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        path = shutil.which(name) if name else None
        if name and path:
            return _gnu(Path(name).stem, path, "host")
    try:
        return _zig()
    except ToolError as error:
        why = "no cc, gcc or clang is on the PATH, and zig is not installed"
        raise ToolError("E401", "there is no C compiler for this computer", why=why, fix=_INSTALL) from error


def _host_gcc() -> Toolchain:
    path = shutil.which("gcc")
    if not path:
        raise ToolError("E401", "gcc is not installed", why="no such program is on the PATH", fix="install gcc")
    return _gnu("gcc", path, "host")


@cache
def _zig() -> Toolchain:
    found = importlib.util.find_spec("ziglang")
    folders = list(found.submodule_search_locations or ()) if found else []
    program = shutil.which("zig", path=os.pathsep.join(folders)) if folders else shutil.which("zig")
    if not program:
        raise ToolError("E401", "zig, the default compiler, is not installed", fix=_INSTALL)
    version = run_tool([program, "version"], cwd=Path.cwd(), environment={}, code="E401", what="name its version")
    return Toolchain("zig", version.strip(), (program, "cc"), "zig")


@cache
def _gnu(name: str, path: str, family: str) -> Toolchain:
    asked = [path, "-dumpfullversion", "-dumpversion"]
    version = run_tool(asked, cwd=Path.cwd(), environment={}, code="E401", what="name its version")
    return Toolchain(name, version.split()[0] if version.split() else "unknown", (path,), family)


@cache
def _has_newlib(compiler: str, flags: tuple[str, ...]) -> bool:
    """Whether a cross compiler comes with newlib-nano; without it, memory functions and headers are packlight's own."""
    asked = [compiler, *flags, "-print-file-name=libc_nano.a"]
    answer = run_tool(asked, cwd=Path.cwd(), environment={}, code="E401", what="name its libraries").strip()
    return Path(answer).is_absolute()


def compile_shared_library(
    sources: Sequence[Path],
    include_dirs: Sequence[Path],
    output: Path | None = None,
    *,
    optimize: str = "balanced",
    sanitize: Sequence[str] = (),
    defines: Mapping[str, str | int] | None = None,
    extra_flags: Sequence[str] = (),
) -> Path:
    """Compile C sources for this computer into one shared library, and return it.

    Without `output` it lies in the cache, and is made only once. `sanitize` names checks: "address", "undefined".
    """
    compiler = find_host_compiler()
    level = {"size": "-Os", "balanced": "-O2", "speed": "-O3"}[optimize]
    flags = [level, *_LANGUAGE, *([] if sys.platform == "win32" else ["-fPIC"])]
    if sanitize:
        flags += [f"-fsanitize={','.join(sanitize)}", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g"]
    elif compiler.name == "zig":
        flags.append("-fno-sanitize=all")
    flags += [*(f"-D{name}={value}" for name, value in (defines or {}).items()), *extra_flags]
    objects = compiler._compile(sources, [*flags, *(f"-I{folder.resolve()}" for folder in include_dirs)])
    suffix = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
    if output is None:
        name = digest(str(compiler).encode(), *map(str.encode, flags), *(part.read_bytes() for part in objects))
        output = cache_folder() / "libraries" / (name + suffix)
        if output.is_file():
            return output
    output.parent.mkdir(parents=True, exist_ok=True)
    libraries = [] if sys.platform == "win32" else ["-lm"]
    made = output.with_name(f"{os.getpid()}-{output.name}")
    compiler._run([*flags, "-shared", *map(str, objects), "-o", str(made.resolve()), *libraries], output)
    made.replace(output)  # whole or not at all, even if another process makes the same one
    return output
