# SPDX-License-Identifier: Apache-2.0
"""`python -m packlight`: the command line."""

import sys

from packlight.cli import main

if __name__ == "__main__":
    sys.exit(main())
