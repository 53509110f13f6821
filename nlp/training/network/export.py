"""From torch to one small file: ONNX, matrices as 8-bit integers."""

import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from nlp.network.reader import FILE_NAME, GIVEN, INPUT, ODDS

_SMALL = ["MatMul", "Gemm"]
"""The convolution would be slower in 8 bits, and the characters' vectors would lose more than they save."""
_FIXED = {"MatMulConstBOnly": True, "OpTypesToExcludeOutputQuantization": _SMALL}
"""Ranges are fixed once, on example texts. Ranges found anew for every batch would make an answer depend on the texts
that happen to stand beside it, and a run that was killed and begun again would not give the same result."""


class _Answers(nn.Module):
    """Only what serving asks for."""

    def __init__(self, reader: nn.Module) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, characters: Tensor) -> tuple[Tensor, Tensor]:
        answers = self.reader(characters)
        return answers.log_odds, answers.given


class _Examples(CalibrationDataReader):  # type: ignore[misc]
    """Windows, one by one."""

    def __init__(self, windows: Iterable[NDArray[np.uint16]]) -> None:
        self._inputs = iter([{INPUT: window[None].astype(np.int64)} for window in windows])

    def get_next(self) -> dict[str, NDArray[np.int64]] | None:
        """The next window, or None after the last."""
        return next(self._inputs, None)


def export(reader: nn.Module, folder: Path, examples: Iterable[NDArray[np.uint16]]) -> None:
    """Write the network that takes characters (windows, characters) and gives log-odds (windows, heads) and shares.

    `examples` are windows of texts such as it will read; some dozens are enough.
    """
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "network.whole.onnx"
    windows, characters = torch.export.Dim("windows"), torch.export.Dim("characters")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # the exporter's own, about its next version
        program = torch.onnx.export(
            _Answers(reader).eval(),
            (torch.full((3, 97), 5),),
            dynamo=True,
            input_names=[INPUT],
            output_names=[ODDS, GIVEN],
            dynamic_shapes=({0: windows, 1: characters},),
            verbose=False,
        )
    assert program is not None, "the exporter gives a program unless it is given a file"  # noqa: S101
    program.save(str(whole))
    shrink(whole, folder / FILE_NAME, examples)
    whole.unlink()


def shrink(whole: Path, small: Path, examples: Iterable[NDArray[np.uint16]]) -> None:
    """Write a network's matrices as 8-bit integers, with ranges fixed on the examples."""
    shaped = small.with_suffix(".shaped.onnx")
    quant_pre_process(str(whole), str(shaped), skip_symbolic_shape=True)
    quantize_static(
        str(shaped),
        str(small),
        _Examples(examples),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=_SMALL,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        extra_options=_FIXED,
    )
    shaped.unlink()
