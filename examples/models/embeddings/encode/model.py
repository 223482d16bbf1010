"""Second step of the ensemble: adds up the rows of the words, which is what an embedding layer does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    """What Triton's Python backend loads and asks."""

    def initialize(self, args: dict[str, str]) -> None:
        """Read the weights, words by numbers, out of the version folder."""
        folder = Path(args["model_repository"]) / args["model_version"]
        self.weights = np.loadtxt(folder / "weights.csv", delimiter=",", dtype=np.float32)

    def execute(self, requests: list) -> list:
        """Answer all requests with one product: COUNTS [n, words] becomes EMBEDDING [n, 4]."""
        batches = [pb_utils.get_input_tensor_by_name(request, "COUNTS").as_numpy() for request in requests]
        rows = np.concatenate(batches) @ self.weights
        ends = np.cumsum([len(batch) for batch in batches])[:-1]
        return [
            pb_utils.InferenceResponse([pb_utils.Tensor("EMBEDDING", part)]) for part in np.split(rows, ends)
        ]
