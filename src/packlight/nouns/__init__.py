# SPDX-License-Identifier: Apache-2.0
"""The nouns of packlight: frozen dataclasses that the verbs hand on, in the order of the pipeline."""
