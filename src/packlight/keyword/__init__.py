# SPDX-License-Identifier: Apache-2.0
"""Keyword spotting: from sound to words, on this computer and in firmware, with the same words at the same frames.

A frame is a window of 30 ms, begun every 20 ms, as 40 int8 features (`models/keyword_preprocessor.tflite`). The last 49
frames are the input of a classifier, which is asked every few frames; a recogniser watches its answers.
"""

from packlight.keyword.firmware import (
    Costs,
    DeviceRun,
    KeywordFirmware,
    build_firmware,
    emit_firmware,
    flash_ledger,
    run_on_device,
)
from packlight.keyword.recogniser import Recogniser, Settings
from packlight.keyword.spotter import (
    HOP,
    RATE,
    WINDOW,
    Detection,
    Frame,
    KeywordModel,
    Spotter,
    load_model,
    load_spotter,
)

__all__ = [
    "HOP",
    "RATE",
    "WINDOW",
    "Costs",
    "Detection",
    "DeviceRun",
    "Frame",
    "KeywordFirmware",
    "KeywordModel",
    "Recogniser",
    "Settings",
    "Spotter",
    "build_firmware",
    "emit_firmware",
    "flash_ledger",
    "load_model",
    "load_spotter",
    "run_on_device",
]
