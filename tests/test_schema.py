# SPDX-License-Identifier: Apache-2.0
"""The schema file is what the newest TensorFlow Lite package says, loads fast, and bounds the reader's depth."""

from __future__ import annotations

import sys
import time

import pytest

from packlight import schema


def test_the_file_is_fresh() -> None:
    pytest.importorskip("ai_edge_litert")
    from packlight.dev.schema import generated_source, schema_text

    text = schema.PATH.read_text(encoding="utf-8")
    assert text == schema_text(generated_source()), "stale: run python -m packlight.dev.schema"


def test_every_definition_is_sound() -> None:
    for name in schema.tables():
        fields = schema.table(name)
        slots = [field.slot for field in fields] + [field.slot - 1 for field in fields if field.kind == "union"]
        assert len(slots) == len(set(slots))
        assert max(slots, default=0) < 64  # as many as the reader looks at
        assert all(field.kind != "union" or not field.vector for field in fields)


def test_no_table_contains_itself() -> None:
    def depth(name: str, above: tuple[str, ...] = ()) -> int:
        assert name not in above
        inside = [field for field in schema.table(name) if field.kind in ("table", "union")]
        names = [each for field in inside for each in (field.enum.codes if field.enum else (field.type,))]
        return 1 + max((depth(each, (*above, name)) for each in names if each != "NONE"), default=0)

    assert depth("Model") <= 8


@pytest.mark.parametrize(
    ("name", "code"), [("ADD", 0), ("CUSTOM", 32), ("PLACEHOLDER_FOR_GREATER_OP_CODES", 127), ("BITWISE_XOR", 160)]
)
def test_operator_codes(name: str, code: int) -> None:
    known = schema.enum("BuiltinOperator")
    assert known.codes[name] == code
    assert known.names[code] == name


def test_defaults() -> None:
    assert schema.defaults("DepthwiseConv2DOptions")["dilation_h_factor"] == 1
    assert schema.defaults("BidirectionalSequenceLSTMOptions")["time_major"] is True
    assert schema.defaults("UniqueOptions") == {"idx_out_type": "INT32"}
    assert schema.defaults("ReshapeOptions") == {"new_shape": ()}


def test_loading_is_fast() -> None:
    best = 1.0
    for _ in range(5):
        for function in (schema._bodies, schema.enum, schema.table):
            function.cache_clear()
        start = time.perf_counter()
        for name in schema.tables():
            schema.table(name)
        best = min(best, time.perf_counter() - start)
    assert best < 0.015 or sys.gettrace() is not None
