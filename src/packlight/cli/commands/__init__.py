# SPDX-License-Identifier: Apache-2.0
"""One module = one command; `command` is what the group finds in it."""
