"""One container of a model, parsed once from what `CreateModel` takes (botocore 1.43.106)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilotlight.local.control_plane.properties import Properties


@dataclass(frozen=True, slots=True)
class S3ModelData:
    """Where a model's files are, when they are given by `ModelDataSource`."""

    uri: str
    data_type: str
    """`S3Prefix` (a folder of files) or `S3Object` (one object)."""
    compression: str
    """`None` (files as they are) or `Gzip` (a `model.tar.gz`)."""

    @property
    def is_prefix(self) -> bool:
        """Whether everything below it belongs to the model."""
        return self.data_type == "S3Prefix"

    @property
    def is_tarball(self) -> bool:
        """Whether the object has to be unpacked."""
        return self.compression == "Gzip"

    @classmethod
    def parse(cls, source: Properties) -> S3ModelData:
        """From the `S3DataSource` member of a container definition."""
        return cls(source["S3Uri"], source["S3DataType"], source["CompressionType"])


@dataclass(frozen=True, slots=True)
class ContainerDefinition:
    """One container of a model: what runs, with which files and environment."""

    image: str | None = None
    model_data_url: str | None = None
    model_data: S3ModelData | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    mode: str = "SingleModel"
    hostname: str | None = None
    caches_models: bool = True
    """`ModelCacheSetting` of a multi-model container."""

    @property
    def is_multi_model(self) -> bool:
        """Whether its models come one by one, from below `model_data_url`."""
        return self.mode == "MultiModel"

    @classmethod
    def parse(cls, container: Properties) -> ContainerDefinition:
        """From the `ContainerDefinition` of `CreateModel`."""
        source = container.get("ModelDataSource", {}).get("S3DataSource")
        return cls(
            image=container.get("Image"),
            model_data_url=container.get("ModelDataUrl"),
            model_data=None if source is None else S3ModelData.parse(source),
            environment={key: str(value) for key, value in container.get("Environment", {}).items()},
            mode=container.get("Mode", "SingleModel"),
            hostname=container.get("ContainerHostname"),
            caches_models=container.get("MultiModelConfig", {}).get("ModelCacheSetting") != "Disabled",
        )
