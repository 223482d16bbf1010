"""Knows what the images of each framework expect inside a model directory."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.images import canonical

RUNS_NO_CODE: Final = frozenset(
    {
        "huggingface-sglang",
        "huggingface-tei",
        "huggingface-tgi",
        "huggingface-tgi-neuronx",
        "huggingface-vllm",
        "huggingface-vllm-neuronx",
        "sglang",
        "vllm",
    }
)
"""Frameworks whose images serve weights, and run no code of the model's directory."""


def runs_code(framework: str) -> bool:
    """Tell whether the images of a framework run code that the model brings."""
    return canonical(framework) not in RUNS_NO_CODE
