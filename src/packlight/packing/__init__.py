# SPDX-License-Identifier: Apache-2.0
"""How constants are laid out for fast kernels that several operators share, and the proofs of their shortcuts."""
