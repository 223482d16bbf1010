"""How a serverless variant is sized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ServerlessRecord:
    """`ServerlessConfig` of a production variant."""

    memory_mb: int
    max_concurrency: int
    provisioned_concurrency: int = 0
    """Containers that are kept warm; 0: none is."""

    @classmethod
    def parse(cls, variant: Mapping[str, Any]) -> ServerlessRecord | None:
        """From one entry of `ProductionVariants`; None when it runs on instances."""
        config = variant.get("ServerlessConfig")
        if config is None:
            return None
        provisioned = config.get("ProvisionedConcurrency", 0)
        return cls(config["MemorySizeInMB"], config["MaxConcurrency"], provisioned)

    @property
    def described(self) -> dict[str, int]:
        """The configuration as `DescribeEndpoint` shows it."""
        shown = {"MemorySizeInMB": self.memory_mb, "MaxConcurrency": self.max_concurrency}
        provisioned = self.provisioned_concurrency
        return shown | ({"ProvisionedConcurrency": provisioned} if provisioned else {})
