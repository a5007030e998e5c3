# SPDX-License-Identifier: Apache-2.0
"""What TensorFlow Lite Micro (TFLM) calls its operators: the methods of its `MicroMutableOpResolver`.

Facts of tensorflow/lite/micro/micro_mutable_op_resolver.h, August 2026.
"""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = """
    ABS ADD ADD_N ARG_MAX ARG_MIN ASSIGN_VARIABLE AVERAGE_POOL_2D BATCH_MATMUL BATCH_TO_SPACE_ND BROADCAST_ARGS
    BROADCAST_TO CALL_ONCE CAST CEIL CONCATENATION CONV_2D COS CUMSUM DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE
    DIV DYNAMIC_UPDATE_SLICE ELU EMBEDDING_LOOKUP EQUAL EXP EXPAND_DIMS FILL FLOOR FLOOR_DIV FLOOR_MOD
    FULLY_CONNECTED GATHER GATHER_ND GREATER GREATER_EQUAL HARD_SWISH IF L2_NORMALIZATION L2_POOL_2D LEAKY_RELU
    LESS LESS_EQUAL LOG LOGICAL_AND LOGICAL_NOT LOGICAL_OR LOGISTIC LOG_SOFTMAX MAXIMUM MAX_POOL_2D MEAN MINIMUM
    MIRROR_PAD MUL NEG NOT_EQUAL PACK PAD PADV2 PRELU QUANTIZE READ_VARIABLE REDUCE_ALL REDUCE_MAX REDUCE_MIN RELU
    RELU6 RESHAPE RESIZE_BILINEAR RESIZE_NEAREST_NEIGHBOR REVERSE_V2 ROUND RSQRT SELECT_V2 SHAPE SIN SLICE SOFTMAX
    SPACE_TO_BATCH_ND SPACE_TO_DEPTH SPLIT SPLIT_V SQRT SQUARE SQUARED_DIFFERENCE SQUEEZE STRIDED_SLICE SUB SUM
    SVDF TANH TRANSPOSE TRANSPOSE_CONV UNIDIRECTIONAL_SEQUENCE_LSTM UNPACK VAR_HANDLE WHILE ZEROS_LIKE
"""

#: The operators of the schema that TFLM has, by their names there.
OPERATORS = frozenset(_NAMES.split())

#: Where the method is not "Add" and the words of the operator's name, each with a capital.
METHODS: Mapping[str, str] = {
    "BATCH_MATMUL": "AddBatchMatMul",
    "CUMSUM": "AddCumSum",
    "PADV2": "AddPadV2",
    "UNIDIRECTIONAL_SEQUENCE_LSTM": "AddUnidirectionalSequenceLSTM",
}

#: The custom operators that TFLM brings.
CUSTOM_METHODS: Mapping[str, str] = {
    "CIRCULAR_BUFFER": "AddCircularBuffer",
    "SignalDelay": "AddDelay",
    "SignalEnergy": "AddEnergy",
    "SignalFftAutoScale": "AddFftAutoScale",
    "SignalFilterBank": "AddFilterBank",
    "SignalFilterBankLog": "AddFilterBankLog",
    "SignalFilterBankSpectralSubtraction": "AddFilterBankSpectralSubtraction",
    "SignalFilterBankSquareRoot": "AddFilterBankSquareRoot",
    "SignalFramer": "AddFramer",
    "SignalIrfft": "AddIrfft",
    "SignalOverlapAdd": "AddOverlapAdd",
    "SignalPCAN": "AddPCAN",
    "SignalRfft": "AddRfft",
    "SignalStacker": "AddStacker",
    "SignalWindow": "AddWindow",
    "TFLM_DECODE": "AddDecode",
    "TFLite_Detection_PostProcess": "AddDetectionPostprocess",
    "ethos-u": "AddEthosU",
}

#: Operators with a registration for one type of the activations alone, which TFLM calls Register_OPERATOR_TYPE.
NARROWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["ADD", "AVERAGE_POOL_2D", "BATCH_MATMUL", "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "MAX_POOL_2D"],
        ("INT8", "INT16"),
    ),
    **dict.fromkeys(["SOFTMAX", "UNIDIRECTIONAL_SEQUENCE_LSTM"], ("INT8", "INT16")),
    **dict.fromkeys(["MAXIMUM", "MINIMUM", "MUL", "PAD", "SVDF", "TRANSPOSE", "TRANSPOSE_CONV"], ("INT8",)),
}


def method(name: str, custom: bool = False) -> str | None:
    """The resolver method that registers an operator; None where TFLM has no such operator."""
    if custom:
        return CUSTOM_METHODS.get(name)
    if name not in OPERATORS:
        return None
    return METHODS.get(name) or "Add" + "".join(
        word.upper() if word[0].isdigit() else word.capitalize() for word in name.split("_")
    )
