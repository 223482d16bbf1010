"""First step of the ensemble: how often each word of the tenant's vocabulary stands in a text."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import triton_python_backend_utils as pb_utils


def counts(text: str, vocabulary: list[str]) -> np.ndarray:
    """Count the words that the vocabulary knows; upper and lower case are the same."""
    words = re.findall(r"[a-z]+", text.lower())
    return np.array([words.count(word) for word in vocabulary], dtype=np.float32)


class TritonPythonModel:
    """What Triton's Python backend loads and asks."""

    def initialize(self, args: dict[str, str]) -> None:
        """Read the vocabulary out of the version folder."""
        folder = Path(args["model_repository"]) / args["model_version"]
        self.vocabulary = (folder / "vocabulary.txt").read_text(encoding="utf-8").split()

    def execute(self, requests: list) -> list:
        """Answer each request: TEXT, strings [n, 1], becomes COUNTS, numbers [n, words]."""
        return [self._answer(request) for request in requests]

    def _answer(self, request):
        texts = pb_utils.get_input_tensor_by_name(request, "TEXT").as_numpy()
        rows = np.stack([counts(text.decode("utf-8"), self.vocabulary) for text in texts[:, 0]])
        return pb_utils.InferenceResponse([pb_utils.Tensor("COUNTS", rows)])
