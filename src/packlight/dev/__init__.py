# SPDX-License-Identifier: Apache-2.0
"""For those who develop packlight or an operator of their own: cases, oracle, scaffold, generated files."""
