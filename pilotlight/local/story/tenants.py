"""The models of two tenants, with answers that were derived by hand in `examples/models`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TenantModel:
    """A model that is published to an endpoint, and what it has to answer.

    Attributes:
        endpoint: the key of the endpoint.
        name: the description `examples/models/<endpoint>/<name>.yaml`; the target model is `<name>.tar.gz`.
        tensor: the input, as Triton's JSON has it.
        right: the data of the first output.
    """

    endpoint: str
    name: str
    tensor: dict[str, Any]
    right: list[Any]

    @property
    def target(self) -> str:
        """The target model, as callers name it."""
        return f"{self.name}.tar.gz"


def _embedding(name: str, *right: float) -> TenantModel:
    text = "Refund the late invoice of my parcel!"
    tensor = {"name": "TEXT", "shape": [1, 1], "datatype": "BYTES", "data": [text]}
    return TenantModel("embeddings", name, tensor, list(right))


def _completion(name: str, right: str) -> TenantModel:
    tensor = {"name": "PROMPT", "shape": [1], "datatype": "BYTES", "data": ["your"]}
    return TenantModel("autocomplete", name, tensor, [right])


TENANT_MODELS = (
    _embedding("acme-question", 1, 0, -1, -1),
    _embedding("acme-article", 7, 6, 3, -1),
    _embedding("globex-question", -3, 2, 1, 1),
    _embedding("globex-article", -9, 8, 5, -3),
    _completion("acme", "parcel is on its way"),
    _completion("globex", "export is ready"),
)
