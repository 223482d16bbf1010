"""A model with a known answer: each number plus the length of the text. Run by Triton, in its environment."""

from __future__ import annotations

from typing import Any

import numpy as np
import triton_python_backend_utils as backend


class TritonPythonModel:
    """What Triton's Python backend looks for."""

    def execute(self, requests: list[Any]) -> list[Any]:
        """One answer for each request."""
        return [backend.InferenceResponse([backend.Tensor("SUMS", _sums(request))]) for request in requests]


def _sums(request: Any) -> Any:
    numbers = backend.get_input_tensor_by_name(request, "NUMBERS").as_numpy()
    text = backend.get_input_tensor_by_name(request, "TEXT").as_numpy()
    return (numbers + len(text[0])).astype(np.float32)
