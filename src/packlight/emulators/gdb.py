# SPDX-License-Identifier: Apache-2.0
"""The few packets of the gdb remote protocol that it takes to drive a halted or running core."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import threading
from typing import IO

_CHUNK = 1024  # bytes of memory in one packet; QEMU takes packets of 4096 characters

_PACKET = re.compile(rb"\$([^#]*)#[0-9a-f]{2}")


class GdbError(Exception):
    """The other side is gone, or refused a packet."""


class GdbConnection:
    """A client on the pipes of a process that serves the protocol (`-gdb stdio`)."""

    def __init__(self, process: subprocess.Popen[bytes], *, patience: float = 10.0) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._to: IO[bytes] = process.stdin
        self._from: IO[bytes] = process.stdout
        self._patience = patience  # seconds to wait for an answer
        self._packets: queue.Queue[str | None] = queue.Queue()  # None: the other side is gone
        threading.Thread(target=self._listen, daemon=True).start()

    def request(self, packet: str) -> str:
        """Send one packet and wait for its answer."""
        self.send(packet)
        answer = self.wait(self._patience)
        if answer is None:
            raise GdbError(f"no answer to {packet[:20]!r}")
        return answer

    def send(self, packet: str) -> None:
        """Send one packet; `+` acknowledges whatever came before."""
        body = packet.encode("ascii")
        self._put(b"$%s#%02x" % (body, sum(body) & 0xFF))

    def interrupt(self) -> None:
        """Halt a running core; a stop packet will follow."""
        self._put(b"\x03")

    def wait(self, seconds: float) -> str | None:
        """The next packet, or None if none came in time."""
        try:
            packet = self._packets.get(timeout=seconds)
        except queue.Empty:
            return None
        if packet is None:
            self._packets.put(None)
            raise GdbError("the emulator ended")
        return packet

    def register(self, number: int) -> int:
        """A 32-bit register of the core."""
        return int.from_bytes(self._bytes(f"p{number:x}"), "little")

    def read(self, address: int, size: int) -> bytes:
        """Memory as the core sees it."""
        spans = ((at, min(_CHUNK, size - at)) for at in range(0, size, _CHUNK))
        return b"".join(self._bytes(f"m{address + at:x},{length:x}") for at, length in spans)

    def write(self, address: int, data: bytes) -> None:
        """Overwrite RAM or ROM."""
        for at in range(0, len(data), _CHUNK):
            part = data[at : at + _CHUNK]
            self._expect_ok(f"M{address + at:x},{len(part):x}:{part.hex()}")

    def set_breakpoint(self, address: int) -> None:
        self._expect_ok(f"Z0,{address:x},2")

    def clear_breakpoint(self, address: int) -> None:
        self._expect_ok(f"z0,{address:x},2")

    def monitor(self, command: str) -> str:
        """The answer of the emulator's own console."""
        self.send("qRcmd," + command.encode().hex())
        text = ""
        while (packet := self.wait(self._patience)) not in (None, "OK"):
            assert packet is not None
            text += bytes.fromhex(packet[1:]).decode("utf-8", "replace") if packet.startswith("O") else ""
        return text

    def _bytes(self, packet: str) -> bytes:
        answer = self.request(packet)
        if not answer or answer.startswith("E"):
            raise GdbError(f"{packet!r} was refused: {answer!r}")
        return bytes.fromhex(answer)

    def _expect_ok(self, packet: str) -> None:
        answer = self.request(packet)
        if answer != "OK":
            raise GdbError(f"{packet[:20]!r} was refused: {answer!r}")

    def _put(self, data: bytes) -> None:
        try:
            self._to.write(data)
            self._to.flush()
        except OSError as error:
            raise GdbError("the emulator ended") from error

    def _listen(self) -> None:
        """Cut the incoming bytes into packets, and acknowledge each."""
        pending = b""
        try:
            while arrived := os.read(self._from.fileno(), 1 << 16):
                *packets, pending = _PACKET.split(pending + arrived)
                for packet in packets[1::2]:
                    self._put(b"+")
                    self._packets.put(packet.decode("latin-1"))
        except (OSError, ValueError, GdbError):
            pass
        self._packets.put(None)
