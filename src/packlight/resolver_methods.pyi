# SPDX-License-Identifier: Apache-2.0
"""Written by `packlight-dev stubs` from the operator folders: do not edit."""

from typing import Literal

from packlight.nouns.operator import Operator
from packlight.verbs.resolve import Status

class AddMethods:
    """One method for every operator folder. Without types, an operator is registered for all it has kernels for."""

    def add(self, operator: Operator, *types: str) -> Status: ...
    def add_abs(self, *types: Literal["INT8", "INT16", "INT32", "FLOAT32"]) -> Status:
        """ABS: output = |input|."""
    def add_add(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """ADD and SUB: output = act(input1 ± input2), the inputs broadcast to a common shape."""
    def add_add_n(self, *types: Literal["INT8", "INT32", "FLOAT32"]) -> Status:
        """ADD_N: output = the sum of two or more inputs of one shape."""
    def add_arg_max(self, *types: Literal["BOOL", "INT8", "UINT8", "INT32", "FLOAT32"]) -> Status:
        """ARG_MAX and ARG_MIN: the index along `axis` of the largest or smallest element, of the first where several
        are equal."""
    def add_arg_min(self, *types: Literal["BOOL", "INT8", "UINT8", "INT32", "FLOAT32"]) -> Status:
        """ARG_MAX and ARG_MIN: the index along `axis` of the largest or smallest element, of the first where several
        are equal."""
    def add_assign_variable(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """VAR_HANDLE, ASSIGN_VARIABLE and READ_VARIABLE: values that a model keeps from one invoke to the next."""
    def add_average_pool_2d(self, *types: Literal["INT8", "UINT8", "INT16", "FLOAT32"]) -> Status:
        """AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D: every output element is the mean, the largest or the root of the
        mean of"""
    def add_batch_matmul(self, *types: Literal["INT8", "INT16", "FLOAT32"]) -> Status:
        """BATCH_MATMUL: output[b, i, j] = sum over k of lhs[b, i, k] * rhs[b, k, j], for matrices in broadcast
        batches."""
    def add_batch_to_space_nd(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: every n-th position of space becomes a batch of its own, and
        back."""
    def add_bidirectional_sequence_lstm(self, *types: Literal["FLOAT32"]) -> Status:
        """UNIDIRECTIONAL_SEQUENCE_LSTM and BIDIRECTIONAL_SEQUENCE_LSTM: long short-term memory over a sequence."""
    def add_broadcast_args(self, *types: Literal["INT32", "INT64"]) -> Status:
        """BROADCAST_ARGS: the shape to which two shapes broadcast: from the last dimension, the one that is not 1."""
    def add_broadcast_to(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """BROADCAST_TO, TILE and FILL: the input again and again."""
    def add_call_once(self, *types: Literal["NONE"]) -> Status:
        """IF, WHILE and CALL_ONCE: operators that run subgraphs."""
    def add_cast(
        self,
        *types: Literal[
            "BOOL", "BOOL_UINT8", "BOOL_UINT16", "BOOL_UINT32", "BOOL_INT8", "BOOL_INT16", "BOOL_INT32", "BOOL_INT64",
            "BOOL_FLOAT16", "BOOL_FLOAT32", "UINT8_BOOL", "UINT8", "UINT8_UINT16", "UINT8_UINT32", "UINT8_INT8",
            "UINT8_INT16", "UINT8_INT32", "UINT8_INT64", "UINT8_FLOAT16", "UINT8_FLOAT32", "UINT16_BOOL",
            "UINT16_UINT8", "UINT16", "UINT16_UINT32", "UINT16_INT8", "UINT16_INT16", "UINT16_INT32", "UINT16_INT64",
            "UINT16_FLOAT16", "UINT16_FLOAT32", "UINT32_BOOL", "UINT32_UINT8", "UINT32_UINT16", "UINT32", "UINT32_INT8",
            "UINT32_INT16", "UINT32_INT32", "UINT32_INT64", "UINT32_FLOAT16", "UINT32_FLOAT32", "INT8_BOOL",
            "INT8_UINT8", "INT8_UINT16", "INT8_UINT32", "INT8", "INT8_INT16", "INT8_INT32", "INT8_INT64",
            "INT8_FLOAT16", "INT8_FLOAT32", "INT16_BOOL", "INT16_UINT8", "INT16_UINT16", "INT16_UINT32", "INT16_INT8",
            "INT16", "INT16_INT32", "INT16_INT64", "INT16_FLOAT16", "INT16_FLOAT32", "INT32_BOOL", "INT32_UINT8",
            "INT32_UINT16", "INT32_UINT32", "INT32_INT8", "INT32_INT16", "INT32", "INT32_INT64", "INT32_FLOAT16",
            "INT32_FLOAT32", "INT64_BOOL", "INT64_UINT8", "INT64_UINT16", "INT64_UINT32", "INT64_INT8", "INT64_INT16",
            "INT64_INT32", "INT64", "INT64_FLOAT16", "INT64_FLOAT32", "FLOAT16_BOOL", "FLOAT16_UINT8", "FLOAT16_UINT16",
            "FLOAT16_UINT32", "FLOAT16_INT8", "FLOAT16_INT16", "FLOAT16_INT32", "FLOAT16_INT64", "FLOAT16",
            "FLOAT16_FLOAT32", "FLOAT32_BOOL", "FLOAT32_UINT8", "FLOAT32_UINT16", "FLOAT32_UINT32", "FLOAT32_INT8",
            "FLOAT32_INT16", "FLOAT32_INT32", "FLOAT32_INT64", "FLOAT32_FLOAT16", "FLOAT32"
        ],
    ) -> Status:
        """CAST: each element as a number of another type."""
    def add_ceil(self, *types: Literal["FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_circular_buffer(self, *types: Literal["INT8"]) -> Status:
        """CIRCULAR_BUFFER: the output is a memory of the latest inputs, for convolutions over a stream."""
    def add_concatenation(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """CONCATENATION and PACK: the inputs one behind the other along `axis`, which may count from the last dimension
        (-1)."""
    def add_conv_2d(
        self,
        *types: Literal[
            "INT8", "INT8_INT4", "INT16_INT8", "UINT8", "FLOAT32", "FLOAT32_INT8", "FLOAT32_INT4"
        ],
    ) -> Status:
        """CONV_2D: every output channel is a window of the input, weighted and summed."""
    def add_conv_3d(self, *types: Literal["FLOAT32"]) -> Status:
        """CONV_3D: every output channel is a window of the input, weighted and summed, along depth, height and
        width."""
    def add_cos(self, *types: Literal["FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_cumsum(self, *types: Literal["INT8", "FLOAT32", "INT32", "INT64"]) -> Status:
        """CUMSUM: each element becomes the sum of those before it along `axis` and of itself."""
    def add_densify(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """DENSIFY: a sparse constant with all its elements, which `read` has unpacked already: nothing is left to
        do."""
    def add_depthwise_conv_2d(
        self,
        *types: Literal[
            "INT8", "INT8_INT4", "INT16_INT8", "UINT8", "FLOAT32", "FLOAT32_INT8"
        ],
    ) -> Status:
        """DEPTHWISE_CONV_2D: every input channel is convolved alone, with `ch_mult` filters that each make an output
        channel."""
    def add_depth_to_space(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPACE_TO_DEPTH and DEPTH_TO_SPACE: blocks of block_size x block_size positions become channels, and back."""
    def add_dequantize(self, *types: Literal["INT8", "UINT8", "INT16", "FLOAT16"]) -> Status:
        """DEQUANTIZE: output = scale * (input - zero point), as float32; of halves (float16) the same number as
        float32."""
    def add_div(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "FLOAT32"]) -> Status:
        """DIV: output = act(input1 / input2), the inputs broadcast to a common shape."""
    def add_dynamic_update_slice(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """DYNAMIC_UPDATE_SLICE: `operand` with the block `update` put into it at `start_indices`, moved to where it
        fits."""
    def add_elu(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_embedding_lookup(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64", "INT8_FLOAT32", "UINT8_FLOAT32"
        ],
    ) -> Status:
        """EMBEDDING_LOOKUP: row lookup[i] of `value`, whatever a row is, for each i."""
    def add_equal(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"]) -> Status:
        """EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so."""
    def add_exp(self, *types: Literal["INT8", "INT16", "FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_expand_dims(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT4", "UINT4", "INT2",
            "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """RESHAPE, SQUEEZE and EXPAND_DIMS: the input's elements under the output's shape. No code, no bytes: one
        memory."""
    def add_fill(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """BROADCAST_TO, TILE and FILL: the input again and again."""
    def add_floor(self, *types: Literal["FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_floor_div(self, *types: Literal["INT8", "INT16", "INT32", "FLOAT32"]) -> Status:
        """FLOOR_DIV and FLOOR_MOD: output = floor(input1 / input2), and input1 - input2 * that, whose sign is that of
        input2."""
    def add_floor_mod(self, *types: Literal["INT8", "INT16", "INT32", "FLOAT32", "INT64"]) -> Status:
        """FLOOR_DIV and FLOOR_MOD: output = floor(input1 / input2), and input1 - input2 * that, whose sign is that of
        input2."""
    def add_fully_connected(
        self,
        *types: Literal[
            "INT8", "INT8_INT4", "INT16_INT8", "UINT8", "FLOAT32", "FLOAT32_INT8", "FLOAT32_INT4"
        ],
    ) -> Status:
        """FULLY_CONNECTED: each output is the whole input, weighted and summed."""
    def add_gather(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """GATHER, GATHER_ND: slices of the input at positions that are data."""
    def add_gather_nd(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """GATHER, GATHER_ND: slices of the input at positions that are data."""
    def add_gelu(self, *types: Literal["INT8", "UINT8", "INT16", "FLOAT32"]) -> Status:
        """GELU: output = input * (1 + erf(input / sqrt 2)) / 2, the share of a normal distribution below the input."""
    def add_greater(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so."""
    def add_greater_equal(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so."""
    def add_hard_swish(self, *types: Literal["INT8", "UINT8", "FLOAT32"]) -> Status:
        """HARD_SWISH: output = input * min(6, max(0, input + 3)) / 6."""
    def add_if(self, *types: Literal["BOOL"]) -> Status:
        """IF, WHILE and CALL_ONCE: operators that run subgraphs."""
    def add_l2_normalization(self, *types: Literal["INT8", "UINT8", "FLOAT32"]) -> Status:
        """L2_NORMALIZATION: each row of the last dimension over the root of the sum of its squares, which counts at
        least 1e-6."""
    def add_l2_pool_2d(self, *types: Literal["FLOAT32"]) -> Status:
        """AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D: every output element is the mean, the largest or the root of the
        mean of"""
    def add_leaky_relu(self, *types: Literal["INT8", "UINT8", "FLOAT32", "INT16"]) -> Status:
        """RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: output = input within an interval. LEAKY_RELU: alpha * input below
        0."""
    def add_less(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so."""
    def add_less_equal(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so."""
    def add_log(self, *types: Literal["INT8", "INT16", "FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_logical_and(self, *types: Literal["BOOL"]) -> Status:
        """MAXIMUM, MINIMUM: the greater, or the less, of input1 and input2, which are broadcast to a common shape."""
    def add_logical_not(self, *types: Literal["BOOL"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_logical_or(self, *types: Literal["BOOL"]) -> Status:
        """MAXIMUM, MINIMUM: the greater, or the less, of input1 and input2, which are broadcast to a common shape."""
    def add_logistic(self, *types: Literal["INT8", "UINT8", "INT16", "FLOAT32"]) -> Status:
        """LOGISTIC: output = 1 / (1 + e^-input). TANH: output = (1 - e^(-2 input)) / (1 + e^(-2 input))."""
    def add_log_softmax(self, *types: Literal["INT8", "UINT8", "FLOAT32"]) -> Status:
        """LOG_SOFTMAX: output[r, c] = input[r, c] - ln(sum over d of e^input[r, d]), for each row of the last
        dimension."""
    def add_maximum(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """MAXIMUM, MINIMUM: the greater, or the less, of input1 and input2, which are broadcast to a common shape."""
    def add_max_pool_2d(self, *types: Literal["INT8", "UINT8", "INT16", "FLOAT32"]) -> Status:
        """AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D: every output element is the mean, the largest or the root of the
        mean of"""
    def add_mean(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_minimum(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """MAXIMUM, MINIMUM: the greater, or the less, of input1 and input2, which are broadcast to a common shape."""
    def add_mirror_pad(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """MIRROR_PAD: the input with its own elements in reverse order before and after it along each dimension."""
    def add_mul(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "UINT32", "INT64", "FLOAT32"]) -> Status:
        """MUL: output = act(input1 * input2), the inputs broadcast to a common shape."""
    def add_neg(self, *types: Literal["INT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_not_equal(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"]) -> Status:
        """EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL: output = whether input1 and input2 relate so."""
    def add_one_hot(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """ONE_HOT: `on_value` at the position along the new dimension `axis` that each element of `indices` tells."""
    def add_pack(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """CONCATENATION and PACK: the inputs one behind the other along `axis`, which may count from the last dimension
        (-1)."""
    def add_pad(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """PAD and PADV2: the input with elements of one value before and after it along each dimension."""
    def add_padv2(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """PAD and PADV2: the input with elements of one value before and after it along each dimension."""
    def add_pow(self, *types: Literal["INT32", "FLOAT32"]) -> Status:
        """POW: output = input1 to the power of input2, the inputs broadcast to a common shape."""
    def add_prelu(self, *types: Literal["INT8", "UINT8", "INT16", "INT16_INT8", "FLOAT32"]) -> Status:
        """PRELU: output = input where that is not negative, alpha * input where it is; both broadcast to a common
        shape."""
    def add_quantize(
        self,
        *types: Literal[
            "FLOAT32_INT8", "FLOAT32_UINT8", "FLOAT32_INT16", "INT8", "INT8_UINT8", "UINT8_INT8", "UINT8", "INT8_INT16",
            "INT8_INT32", "UINT8_INT16", "INT16_INT8", "INT16", "INT16_INT32", "INT32_INT8", "INT32_INT16"
        ],
    ) -> Status:
        """QUANTIZE: from real numbers to stored integers, or from the stored integers of one scale to those of
        another."""
    def add_range(self, *types: Literal["INT32", "INT64", "FLOAT32"]) -> Status:
        """SHAPE, RANK, RANGE and WHERE: outputs that are known at build time, so that no code is needed."""
    def add_rank(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT4", "UINT4", "INT2",
            "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SHAPE, RANK, RANGE and WHERE: outputs that are known at build time, so that no code is needed."""
    def add_read_variable(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """VAR_HANDLE, ASSIGN_VARIABLE and READ_VARIABLE: values that a model keeps from one invoke to the next."""
    def add_reduce_all(self, *types: Literal["BOOL"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_reduce_any(self, *types: Literal["BOOL"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_reduce_max(self, *types: Literal["BOOL", "INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_reduce_min(self, *types: Literal["BOOL", "INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_reduce_prod(self, *types: Literal["INT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_relu(self, *types: Literal["INT8", "UINT8", "FLOAT32", "INT16"]) -> Status:
        """RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: output = input within an interval. LEAKY_RELU: alpha * input below
        0."""
    def add_relu6(self, *types: Literal["INT8", "UINT8", "FLOAT32", "INT16"]) -> Status:
        """RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: output = input within an interval. LEAKY_RELU: alpha * input below
        0."""
    def add_relu_0_to_1(self, *types: Literal["INT8", "UINT8", "FLOAT32"]) -> Status:
        """RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: output = input within an interval. LEAKY_RELU: alpha * input below
        0."""
    def add_relu_n1_to_1(self, *types: Literal["INT8", "UINT8", "FLOAT32"]) -> Status:
        """RELU, RELU6, RELU_N1_TO_1 and RELU_0_TO_1: output = input within an interval. LEAKY_RELU: alpha * input below
        0."""
    def add_reshape(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT4", "UINT4", "INT2",
            "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """RESHAPE, SQUEEZE and EXPAND_DIMS: the input's elements under the output's shape. No code, no bytes: one
        memory."""
    def add_resize_bilinear(self, *types: Literal["INT8", "INT16", "UINT8", "FLOAT32"]) -> Status:
        """RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR: images of another size."""
    def add_resize_nearest_neighbor(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR: images of another size."""
    def add_reverse_sequence(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """REVERSE_V2: the input's elements in reverse order along the dimensions of `axis`, which may be negative."""
    def add_reverse_v2(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """REVERSE_V2: the input's elements in reverse order along the dimensions of `axis`, which may be negative."""
    def add_round(self, *types: Literal["FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_rsqrt(self, *types: Literal["INT8", "INT16", "FLOAT32"]) -> Status:
        """RSQRT: output = 1 / sqrt(input)."""
    def add_select(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SELECT, SELECT_V2: output = x where condition is true, y where it is false."""
    def add_select_v2(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SELECT, SELECT_V2: output = x where condition is true, y where it is false."""
    def add_shape(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT4", "UINT4", "INT2",
            "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SHAPE, RANK, RANGE and WHERE: outputs that are known at build time, so that no code is needed."""
    def add_sin(self, *types: Literal["FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_slice(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SLICE: a block of the input from `begin` on. `begin` may be data: the shape of the block is that of the
        output."""
    def add_softmax(self, *types: Literal["INT8", "UINT8", "INT8_INT16", "INT16", "FLOAT32"]) -> Status:
        """SOFTMAX: each row of the last dimension becomes probabilities."""
    def add_space_to_batch_nd(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: every n-th position of space becomes a batch of its own, and
        back."""
    def add_space_to_depth(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPACE_TO_DEPTH and DEPTH_TO_SPACE: blocks of block_size x block_size positions become channels, and back."""
    def add_split(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPLIT, SPLIT_V and UNPACK: the parts of the input along an axis, which may count from the last dimension
        (-1)."""
    def add_split_v(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPLIT, SPLIT_V and UNPACK: the parts of the input along an axis, which may count from the last dimension
        (-1)."""
    def add_sqrt(self, *types: Literal["INT8", "INT16", "FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_square(self, *types: Literal["FLOAT32"]) -> Status:
        """Functions of one element: CEIL, COS, ELU, EXP, FLOOR, LOG, LOGICAL_NOT, NEG, ROUND, SIN, SQRT, SQUARE."""
    def add_squared_difference(self, *types: Literal["INT8", "INT16", "INT32", "FLOAT32"]) -> Status:
        """SQUARED_DIFFERENCE: output = (input1 - input2)^2, the inputs broadcast to a common shape."""
    def add_squeeze(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT4", "UINT4", "INT2",
            "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """RESHAPE, SQUEEZE and EXPAND_DIMS: the input's elements under the output's shape. No code, no bytes: one
        memory."""
    def add_strided_slice(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """STRIDED_SLICE: every stride-th element of the input from `begin` to before `end`, along each dimension."""
    def add_sub(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """ADD and SUB: output = act(input1 ± input2), the inputs broadcast to a common shape."""
    def add_sum(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"]) -> Status:
        """MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ALL, REDUCE_ANY: all elements that differ in the
        dimensions of"""
    def add_svdf(self, *types: Literal["INT8", "INT8_INT16", "FLOAT32"]) -> Status:
        """SVDF: a layer whose filters look at the latest inputs, each through one number that it makes of an input."""
    def add_signaldelay(self, *types: Literal["INT16"]) -> Status:
        """SignalFramer, SignalDelay and SignalStacker: samples join a queue and leave it in frames, across invokes."""
    def add_signalenergy(self, *types: Literal["INT16"]) -> Status:
        """SignalEnergy: the square of the absolute value of complex numbers, from `start_index` up to `end_index`."""
    def add_signalfftautoscale(self, *types: Literal["INT16"]) -> Status:
        """SignalFftAutoScale: output = input * 2**scale_bit, the largest power for which no element leaves int16."""
    def add_signalfilterbank(self, *types: Literal["UINT32"]) -> Status:
        """The filter bank of an audio front end, and what follows it: one value for each channel."""
    def add_signalfilterbanklog(self, *types: Literal["UINT32"]) -> Status:
        """The filter bank of an audio front end, and what follows it: one value for each channel."""
    def add_signalfilterbankspectralsubtraction(self, *types: Literal["UINT32"]) -> Status:
        """The filter bank of an audio front end, and what follows it: one value for each channel."""
    def add_signalfilterbanksquareroot(self, *types: Literal["UINT64"]) -> Status:
        """The filter bank of an audio front end, and what follows it: one value for each channel."""
    def add_signalframer(self, *types: Literal["INT16"]) -> Status:
        """SignalFramer, SignalDelay and SignalStacker: samples join a queue and leave it in frames, across invokes."""
    def add_signalirfft(self, *types: Literal["INT16", "INT32", "FLOAT32"]) -> Status:
        """SignalRfft and SignalIrfft: the discrete Fourier transform of real numbers, and its inverse."""
    def add_signaloverlapadd(self, *types: Literal["INT16", "FLOAT32"]) -> Status:
        """SignalOverlapAdd: frames that overlap are added up to one signal, across invokes."""
    def add_signalpcan(self, *types: Literal["UINT32"]) -> Status:
        """The filter bank of an audio front end, and what follows it: one value for each channel."""
    def add_signalrfft(self, *types: Literal["INT16", "INT32", "FLOAT32"]) -> Status:
        """SignalRfft and SignalIrfft: the discrete Fourier transform of real numbers, and its inverse."""
    def add_signalstacker(self, *types: Literal["INT16"]) -> Status:
        """SignalFramer, SignalDelay and SignalStacker: samples join a queue and leave it in frames, across invokes."""
    def add_signalwindow(self, *types: Literal["INT16"]) -> Status:
        """SignalWindow: output = input * weights / 2**shift, rounded down and saturated, for each frame of the
        input."""
    def add_tanh(self, *types: Literal["INT8", "UINT8", "INT16", "FLOAT32"]) -> Status:
        """LOGISTIC: output = 1 / (1 + e^-input). TANH: output = (1 - e^(-2 input)) / (1 + e^(-2 input))."""
    def add_tflm_decode(self, *types: Literal["INT8", "INT16", "INT32", "INT64", "FLOAT32", "BOOL"]) -> Status:
        """TFLM_DECODE: unpacks compressed tensors, of which each output has a pair: the codes, and what they stand
        for."""
    def add_tflite_detection_postprocess(
        self,
        *types: Literal[
            "FLOAT32", "UINT8", "UINT8_FLOAT32", "FLOAT32_UINT8"
        ],
    ) -> Status:
        """TFLite_Detection_PostProcess: from encodings of boxes and the scores of their classes to the detections."""
    def add_tile(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """BROADCAST_TO, TILE and FILL: the input again and again."""
    def add_topk_v2(self, *types: Literal["INT8", "UINT8", "INT16", "INT32", "INT64", "FLOAT32"]) -> Status:
        """TOPK_V2: the k largest elements of each row of the last dimension, in descending order, and where they
        were."""
    def add_transpose(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """TRANSPOSE: dimension i of the output is dimension perm[i] of the input, which may count from the last one
        (-1)."""
    def add_transpose_conv(self, *types: Literal["INT8", "INT16_INT8", "UINT8", "FLOAT32"]) -> Status:
        """TRANSPOSE_CONV: every input element is spread over a window of the output, weighted by the filter."""
    def add_unidirectional_sequence_lstm(self, *types: Literal["INT8", "INT16", "FLOAT32"]) -> Status:
        """UNIDIRECTIONAL_SEQUENCE_LSTM and BIDIRECTIONAL_SEQUENCE_LSTM: long short-term memory over a sequence."""
    def add_unpack(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """SPLIT, SPLIT_V and UNPACK: the parts of the input along an axis, which may count from the last dimension
        (-1)."""
    def add_var_handle(self, *types: Literal["RESOURCE"]) -> Status:
        """VAR_HANDLE, ASSIGN_VARIABLE and READ_VARIABLE: values that a model keeps from one invoke to the next."""
    def add_where(self, *types: Literal["BOOL", "FLOAT32", "INT8", "UINT8", "INT32", "UINT32", "INT64"]) -> Status:
        """SHAPE, RANK, RANGE and WHERE: outputs that are known at build time, so that no code is needed."""
    def add_while(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64", "RESOURCE"
        ],
    ) -> Status:
        """IF, WHILE and CALL_ONCE: operators that run subgraphs."""
    def add_zeros_like(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """ZEROS_LIKE: as many zeros as input has elements; stored zeros, whatever the zero point is."""
