"""From torch to one small file: ONNX, matrices as 8-bit integers."""

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from nlp.network.reader import FILE_NAME, GIVEN, INPUT, ODDS

_SMALL = ["MatMul", "Gemm"]
"""The convolution would be slower in 8 bits, and the characters' vectors would lose more than they save."""


class _Answers(nn.Module):
    """Only what serving asks for."""

    def __init__(self, reader: nn.Module) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, characters: Tensor) -> tuple[Tensor, Tensor]:
        answers = self.reader(characters)
        return answers.log_odds, answers.given


def export(reader: nn.Module, folder: Path) -> None:
    """Write the network that takes characters (windows, characters) and gives log-odds (windows, heads) and shares."""
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
    quantize_dynamic(
        whole, folder / FILE_NAME, op_types_to_quantize=_SMALL, per_channel=True, weight_type=QuantType.QInt8
    )
    whole.unlink()
