# SPDX-License-Identifier: Apache-2.0
"""The command line. Only here does packlight print.

Exit codes: 0 yes, 1 no (differs), 2 usage, 3 unreadable or unsupported model, 4 a tool is missing or failed, 70 a fault
of packlight itself, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

USAGE, INTERNAL, INTERRUPTED = 2, 70, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; whatever goes wrong is told in sentences."""
    import click

    from packlight.cli import faults
    from packlight.cli.group import packlight

    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal cannot show must not stop the answer
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        answer = packlight.main(words, prog_name="packlight", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # click exits where nobody reads on
        return faults.reader_left()
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:
        return faults.tell(error, words)
    return answer if isinstance(answer, int) else 0
