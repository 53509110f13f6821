"""From torch to small files: the trunk as ONNX, an encoder's matrices as 8-bit integers; the head as arrays."""

import logging
import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from nlp.network.clause_head import ClauseHead
from nlp.network.reader import CHARACTERS, VECTORS, WORDS, Window, inputs_of
from nlp.training.manifest_text import packed
from nlp.training.network.model import Encoder, Reader

_SMALL = ["MatMul", "Gemm"]
"""The convolution would be slower in 8 bits, and the characters' vectors would lose more than they save."""
_FIXED = {"MatMulConstBOnly": True, "OpTypesToExcludeOutputQuantization": _SMALL}
"""Ranges are fixed once, on example texts. Ranges found anew for every batch would make an answer depend on the texts
that happen to stand beside it, and a run that was killed and begun again would not give the same result."""


class _Examples(CalibrationDataReader):  # type: ignore[misc]
    """Windows, one by one."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._inputs = iter([inputs_of([window]) for window in windows])

    def get_next(self) -> dict[str, NDArray[np.int64]] | None:
        """The next window, or None after the last."""
        return next(self._inputs, None)


def trunk_content(reader: Reader, folder: Path, examples: Iterable[Window]) -> bytes:
    """The trunk as ONNX: characters and words (windows, characters) in, vectors out.

    `folder` takes what is in between. `examples` are windows such as it will read; some dozens are enough.
    """
    whole, small = folder / "trunk.whole.onnx", folder / "trunk.onnx"
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it warns of libraries that nobody needs here
    windows, characters = torch.export.Dim("windows"), torch.export.Dim("characters")
    shape = {0: windows, 1: characters}
    with warnings.catch_warnings():
        # The exporter's own: about its next version, and that both inputs have the same two axes.
        warnings.simplefilter("ignore", FutureWarning)
        warnings.filterwarnings("ignore", message="# The axis name", category=UserWarning)
        program = torch.onnx.export(
            reader.trunk.eval(),
            (torch.full((3, 97), 5), torch.full((3, 97), 1)),
            dynamo=True,
            input_names=[CHARACTERS, WORDS],
            output_names=[VECTORS],
            dynamic_shapes=(shape, shape),
            verbose=False,
        )
    assert program is not None, "the exporter gives a program unless it is given a file"  # noqa: S101
    program.save(str(whole))
    if not isinstance(reader.trunk, Encoder):
        return whole.read_bytes()
    shrink(whole, small, examples)
    return small.read_bytes()


def shrink(whole: Path, small: Path, examples: Iterable[Window]) -> None:
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


def head_content(reader: Reader) -> bytes:
    """The clause head as arrays, its normalisation worked into the weights."""
    clause, clause_bias = _folded(reader.clause.weight, reader.clause.bias, reader.clause_norm)
    near, near_bias = _folded(reader.near.weight, reader.near.bias, reader.near_norm)
    arrays = {"clause": clause.T, "clause_bias": clause_bias, "near": near.permute(2, 1, 0), "near_bias": near_bias}
    for name in ("answer", "look", "say"):
        layer = reader.get_submodule(name)
        arrays |= {name: layer.get_parameter("weight").T, f"{name}_bias": layer.get_parameter("bias")}
    arrays["together"] = reader.together
    return packed({name: arrays[name].detach().cpu().numpy() for name in ClauseHead.__dataclass_fields__})


def _folded(weight: Tensor, bias: Tensor | None, norm: nn.BatchNorm1d) -> tuple[Tensor, Tensor]:
    """Weight and bias that give at once what the layer and the normalisation after it give."""
    mean, variance = norm.get_buffer("running_mean"), norm.get_buffer("running_var")
    scale = norm.weight / torch.sqrt(variance + norm.eps)
    shifted = (bias if bias is not None else 0) - mean
    return weight * scale.reshape(-1, *[1] * (weight.dim() - 1)), shifted * scale + norm.bias
