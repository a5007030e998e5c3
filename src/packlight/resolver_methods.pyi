# SPDX-License-Identifier: Apache-2.0
"""Written by `packlight-dev stubs` from the operator folders: do not edit."""

from typing import Literal

from packlight.nouns.operator import Operator
from packlight.verbs.resolve import Status

class AddMethods:
    """One method for every operator folder. Without types, an operator is registered for all it has kernels for."""

    def add(self, operator: Operator, *types: str) -> Status: ...
    def add_add(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """ADD: output = act(input1 + input2), the inputs broadcast to a common shape."""
    def add_average_pool_2d(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """AVERAGE_POOL_2D and MAX_POOL_2D: every output element is the mean or the largest of a window of one
        channel."""
    def add_concatenation(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT8", "UINT8", "INT16",
            "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """CONCATENATION: the inputs one behind the other along `axis`, which may count from the last dimension (-1)."""
    def add_conv_2d(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """CONV_2D: every output channel is a window of the input, weighted and summed."""
    def add_depthwise_conv_2d(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """DEPTHWISE_CONV_2D: every input channel is convolved alone, with `ch_mult` filters that each make an output
        channel."""
    def add_dequantize(self, *types: Literal["INT8", "UINT8", "INT16"]) -> Status:
        """DEQUANTIZE: output = scale * (input - zero point), as float32."""
    def add_fully_connected(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """FULLY_CONNECTED: each output is the whole input, weighted and summed."""
    def add_logistic(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """LOGISTIC: output = 1 / (1 + e^-input)."""
    def add_max_pool_2d(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """AVERAGE_POOL_2D and MAX_POOL_2D: every output element is the mean or the largest of a window of one
        channel."""
    def add_mean(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """MEAN: the mean of all elements that differ in the dimensions of `axis` only."""
    def add_mul(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """MUL: output = act(input1 * input2), the inputs broadcast to a common shape."""
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
    def add_quantize(
        self,
        *types: Literal[
            "FLOAT32_INT8", "FLOAT32_UINT8", "FLOAT32_INT16", "INT8", "INT8_UINT8", "UINT8_INT8", "UINT8"
        ],
    ) -> Status:
        """QUANTIZE: from real numbers to stored integers, or from the stored integers of one scale to those of
        another."""
    def add_relu(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """RELU and RELU6: output = max(0, input), and at most 6."""
    def add_relu6(self, *types: Literal["INT8", "FLOAT32"]) -> Status:
        """RELU and RELU6: output = max(0, input), and at most 6."""
    def add_reshape(
        self,
        *types: Literal[
            "FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64", "COMPLEX64", "COMPLEX128", "BOOL", "INT4", "UINT4", "INT2",
            "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"
        ],
    ) -> Status:
        """RESHAPE: the input's elements under the output's shape. No code and no bytes: both are the same memory."""
    def add_softmax(self, *types: Literal["INT8", "INT8_INT16", "FLOAT32"]) -> Status:
        """SOFTMAX: each row of the last dimension becomes probabilities."""
