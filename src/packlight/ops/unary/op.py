# SPDX-License-Identifier: Apache-2.0
"""Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE.

ELU(x) = x, below 0 e^x - 1. ROUND takes halves to the even number. float32: within a few units in the last place, by
the project's own functions. Integers, as TFLM and for what it lacks LiteRT's reference kernels have it: EXP, LOG and
ELU by tables made in float32, SQRT in float32 without the fraction; NEG negates the stored integers, whatever scale
and zero point are, modulo 2^bits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from packlight import elementwise, overlap, tables
from packlight.fixedpoint import Integers
from packlight.nouns.call import Call
from packlight.nouns.model import Tensor
from packlight.nouns.operator import Node, Operator
from packlight.tables import Floats, Function


def prepare(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    return node.call({"size": elementwise.size(node)})


def prepare_not(node: Node) -> Call:
    node.check(node.output.type == "BOOL", "output is bool", node.output)
    return node.call({"size": elementwise.size(node)}, table=np.arange(256) == 0)


def prepare_neg(node: Node) -> Call:
    if node.types == "INT8":
        node.check(node.output.type == "INT8", "output has the type of input", node.output)
        return node.call({"size": elementwise.size(node)}, table=-np.arange(256).astype(np.uint8))
    return prepare(node)


def prepare_table(function: Callable[[Tensor], Function]) -> Callable[[Node], Call]:
    """For an operator whose integers go through a table of `function`, which may depend on the output."""

    def prepare_function(node: Node) -> Call:
        if node.types == "FLOAT32":
            return prepare(node)
        return elementwise.look_up_float(node, function(node.output))

    return prepare_function


def exp(output: Tensor) -> Function:
    return tables.in_float32(np.exp)


def elu(output: Tensor) -> Function:
    power = tables.in_float32(np.exp)
    return lambda x: np.where(x < 0, power(np.minimum(x, np.float32(0))) - np.float32(1), x)


def log(output: Tensor) -> Function:
    """The logarithm; the least number that the output can hold where there is none."""
    bits = 7 if output.type == "INT8" else 15
    least = np.float32(-(1 << bits) - output.zero_point) * np.float32(output.scale)

    def logarithm(x: Floats) -> Floats:
        return np.where(x > 0, tables.in_float32(np.log)(x), least)

    return logarithm


def prepare_sqrt(node: Node) -> Call:
    node.check(node.output.type == node.input.type, "output has the type of input", node.output)
    if node.types == "FLOAT32":
        return prepare(node)
    elementwise.check_scales(node, node.input, node.output)
    if node.types == "INT16":
        elementwise.check_symmetric(node, node.input, node.output)
        scales = {"input_scale": node.input.scale, "output_scale": node.output.scale}
        return node.call({"size": elementwise.size(node), **scales})

    def root(stored: Integers) -> Integers:
        with np.errstate(over="ignore"):
            real = np.maximum(stored - node.input.zero_point, 0).astype(np.float32) * np.float32(node.input.scale)
            steps = np.minimum(np.sqrt(real) / np.float32(node.output.scale), np.float32(1 << 24))
        whole: Integers = steps.astype(np.int64)
        return whole + node.output.zero_point

    return elementwise.look_up(node, root)


unary = partial(Operator, inputs=("input",), outputs=("output",), overlap=overlap.elements)
CEIL = unary("CEIL", kernels={"FLOAT32": "ceil_f32"}, max_version=2, prepare=prepare)
COS = unary("COS", kernels={"FLOAT32": "cos_f32"}, options="CosOptions", prepare=prepare)
FLOOR = unary("FLOOR", kernels={"FLOAT32": "floor_f32"}, max_version=2, prepare=prepare)
ROUND = unary("ROUND", kernels={"FLOAT32": "round_f32"}, max_version=2, prepare=prepare)
SIN = unary("SIN", kernels={"FLOAT32": "sin_f32"}, prepare=prepare)
SQUARE = unary("SQUARE", kernels={"FLOAT32": "square_f32"}, options="SquareOptions", prepare=prepare)
LOGICAL_NOT = unary("LOGICAL_NOT", kernels={"BOOL": "lut/8"}, options="LogicalNotOptions", prepare=prepare_not)

#: Kernels of each type.
NEGATIONS = {"INT8": "lut/8", "INT16": "neg_16", "INT32": "neg_32", "INT64": "neg_64", "FLOAT32": "neg_f32"}
SQRTS = {"INT8": "lut/8", "INT16": "sqrt_s16", "FLOAT32": "sqrt_f32"}
EXPS, LOGS = ({"INT8": "lut/8", "INT16": "lut/s16", "FLOAT32": f"{name}_f32"} for name in ("exp", "log"))
ELUS = {"INT8": "lut/8", "FLOAT32": "elu_f32"}

NEG = unary("NEG", kernels=NEGATIONS, options="NegOptions", max_version=2, prepare=prepare_neg)
SQRT = unary("SQRT", kernels=SQRTS, max_version=3, prepare=prepare_sqrt)
EXP = unary("EXP", kernels=EXPS, options="ExpOptions", max_version=2, prepare=prepare_table(exp))
LOG = unary("LOG", kernels=LOGS, max_version=2, prepare=prepare_table(log))
ELU = unary("ELU", kernels=ELUS, max_version=2, prepare=prepare_table(elu))
