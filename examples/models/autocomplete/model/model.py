"""The autocomplete model, as Triton's Python backend loads and asks it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import triton_python_backend_utils as pb_utils

sys.path.insert(0, str(Path(__file__).parent))  # Triton imports model.py alone, not its folder
from decoding import Decoder

FEW = 8
"""Words that are added when a request does not say how many."""


class TritonPythonModel:
    """Completes what an agent has begun to write."""

    def initialize(self, args: dict[str, str]) -> None:
        """Read the counts out of the version folder."""
        folder = Path(args["model_repository"]) / args["model_version"]
        parameters = json.loads(args["model_config"])["parameters"]
        on_gpu = args["model_instance_kind"] == "GPU"
        self.decoder = Decoder(
            (folder / "vocabulary.txt").read_text(encoding="utf-8").split(),
            np.loadtxt(folder / "follows.csv", delimiter=",", dtype=np.float32),
            kept=int(parameters["kept_states"]["string_value"]),
            device=f"cuda:{args['model_instance_device_id']}" if on_gpu else "cpu",
        )

    def execute(self, requests: list) -> list:
        """Answer each request: PROMPT and perhaps MOST become TEXT and REUSED."""
        return [self._answer(request) for request in requests]

    def finalize(self) -> None:
        """Free the memory before the model is unloaded: on a multi-model endpoint others want it."""
        self.decoder.clear()
        del self.decoder

    def _answer(self, request):
        prompt = pb_utils.get_input_tensor_by_name(request, "PROMPT").as_numpy()[0].decode("utf-8")
        most = pb_utils.get_input_tensor_by_name(request, "MOST")
        text, reused = self.decoder.complete(prompt, FEW if most is None else int(most.as_numpy()[0]))
        return pb_utils.InferenceResponse(
            [
                pb_utils.Tensor("TEXT", np.array([text.encode("utf-8")], dtype=np.object_)),
                pb_utils.Tensor("REUSED", np.array([reused], dtype=np.int32)),
            ]
        )
