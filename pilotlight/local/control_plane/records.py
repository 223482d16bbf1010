"""What the control plane knows of models, endpoint configurations and endpoints, parsed once.

Field names follow `CreateModel` and `CreateEndpointConfig` (botocore 1.43.106, sagemaker 2017-07-24).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pilotlight.local.control_plane.data_capture_record import DataCaptureRecord
from pilotlight.local.control_plane.instance_pools import on_first_pool
from pilotlight.local.control_plane.serverless_record import ServerlessRecord

_PUBLISH_INTERVAL_S = 60
"""The default of `MetricsConfig` (botocore 1.43.106)."""

Properties = Mapping[str, Any]
"""The members of an API request, or the properties of a CloudFormation resource: both use the same names."""

ONLY_CONTAINER = "primary"
"""What SageMaker's messages call the container of a model that has just one."""


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


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A SageMaker model."""

    name: str
    arn: str
    containers: tuple[ContainerDefinition, ...]
    network_isolation: bool
    created: datetime
    properties: Properties
    """The members as given, for `DescribeModel`."""
    invoked_directly: bool = False
    """Whether a request names one of the containers; otherwise it goes through all of them in turn."""

    @property
    def is_pipeline(self) -> bool:
        """Whether a request goes through several containers."""
        return len(self.containers) > 1 and not self.invoked_directly

    @property
    def hostnames(self) -> tuple[str, ...]:
        """The host names of the containers; those without one are called by their position (assumed)."""
        if len(self.containers) == 1:
            return (self.containers[0].hostname or ONLY_CONTAINER,)
        return tuple(
            each.hostname or f"container-{position}" for position, each in enumerate(self.containers, start=1)
        )

    @classmethod
    def parse(cls, properties: Properties, *, name: str, arn: str, created: datetime) -> ModelRecord:
        """From the members of `CreateModel`."""
        primary = properties.get("PrimaryContainer")
        containers = [*([] if primary is None else [primary]), *properties.get("Containers", [])]
        execution = properties.get("InferenceExecutionConfig", {})
        return cls(
            name=name,
            arn=arn,
            containers=tuple(ContainerDefinition.parse(each) for each in containers),
            network_isolation=properties.get("EnableNetworkIsolation", False),
            created=created,
            properties=properties,
            invoked_directly=primary is None and execution.get("Mode") == "Direct",
        )


@dataclass(frozen=True, slots=True)
class VariantRecord:
    """One production variant: which model on how many instances of which type."""

    name: str
    model_name: str | None
    instance_type: str | None
    initial_instance_count: int
    initial_weight: float = 1.0
    startup_health_check_timeout_s: int | None = None
    volume_size_gb: int | None = None
    serverless: ServerlessRecord | None = None
    """None: it runs on instances."""
    properties: Properties = field(default_factory=dict)

    @classmethod
    def parse(cls, variant: Properties) -> VariantRecord:
        """From one entry of `ProductionVariants` or of `ShadowProductionVariants`."""
        serverless, chosen = ServerlessRecord.parse(variant), on_first_pool(variant)
        return cls(
            name=variant["VariantName"],
            model_name=chosen.get("ModelName"),
            instance_type=chosen.get("InstanceType"),
            initial_instance_count=0 if serverless else variant.get("InitialInstanceCount", 1),
            initial_weight=variant.get("InitialVariantWeight", 1.0),
            startup_health_check_timeout_s=variant.get("ContainerStartupHealthCheckTimeoutInSeconds"),
            volume_size_gb=variant.get("VolumeSizeInGB"),
            serverless=serverless,
            properties=variant,
        )


@dataclass(frozen=True, slots=True)
class AsyncInferenceRecord:
    """How an asynchronous endpoint answers: where to, whom it tells, how much at once."""

    output_path: str | None
    """`S3OutputPath`: prefix of the answers."""
    failure_path: str | None
    """`S3FailurePath`: prefix of the failure objects."""
    kms_key_id: str | None
    success_topic: str | None
    error_topic: str | None
    include_response_in: frozenset[str]
    """Members of `IncludeInferenceResponseIn`: `SUCCESS_NOTIFICATION_TOPIC`, `ERROR_NOTIFICATION_TOPIC`."""
    max_concurrent_invocations_per_instance: int | None
    """None: SageMaker chooses the value."""

    @classmethod
    def parse(cls, config: Properties) -> AsyncInferenceRecord:
        """From `AsyncInferenceConfig`."""
        output = config["OutputConfig"]
        topics = output.get("NotificationConfig", {})
        client = config.get("ClientConfig", {})
        return cls(
            output_path=output.get("S3OutputPath"),
            failure_path=output.get("S3FailurePath"),
            kms_key_id=output.get("KmsKeyId"),
            success_topic=topics.get("SuccessTopic"),
            error_topic=topics.get("ErrorTopic"),
            include_response_in=frozenset(topics.get("IncludeInferenceResponseIn", ())),
            max_concurrent_invocations_per_instance=client.get("MaxConcurrentInvocationsPerInstance"),
        )


@dataclass(frozen=True, slots=True)
class EndpointConfigRecord:
    """A SageMaker endpoint configuration."""

    name: str
    arn: str
    variants: tuple[VariantRecord, ...]
    async_inference: AsyncInferenceRecord | None
    created: datetime
    properties: Properties
    """The members as given, for `DescribeEndpointConfig`."""
    data_capture: DataCaptureRecord | None = None
    """None: nothing is captured."""
    shadows: tuple[VariantRecord, ...] = ()
    """Variants that get copies of requests, and whose answers nobody gets."""

    @classmethod
    def parse(cls, properties: Properties, *, name: str, arn: str, created: datetime) -> EndpointConfigRecord:
        """From the members of `CreateEndpointConfig`."""
        asynchronous = properties.get("AsyncInferenceConfig")
        return cls(
            name=name,
            arn=arn,
            variants=tuple(VariantRecord.parse(each) for each in properties["ProductionVariants"]),
            async_inference=None if asynchronous is None else AsyncInferenceRecord.parse(asynchronous),
            created=created,
            properties=properties,
            data_capture=DataCaptureRecord.parse(properties.get("DataCaptureConfig")),
            shadows=tuple(
                VariantRecord.parse(each) for each in properties.get("ShadowProductionVariants", ())
            ),
        )

    @property
    def all_variants(self) -> tuple[VariantRecord, ...]:
        """Those that answer, and those that get copies."""
        return (*self.variants, *self.shadows)

    @property
    def publish_interval_s(self) -> int:
        """Seconds of SageMaker time between two values of utilisation (`MetricsConfig`)."""
        seconds: int = self.properties.get("MetricsConfig", {}).get(
            "MetricPublishFrequencyInSeconds", _PUBLISH_INTERVAL_S
        )
        return seconds

    def variant(self, name: str) -> VariantRecord:
        """The variant called `name`; raises KeyError when there is none."""
        for each in self.all_variants:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def is_serverless(self) -> bool:
        """Whether it runs on no instances."""
        return any(each.serverless is not None for each in self.variants)

    @property
    def hosts_components(self) -> bool:
        """Whether inference components bring the models: the variants name none."""
        return not self.model_names

    @property
    def model_names(self) -> tuple[str, ...]:
        """The models the variants name, in order."""
        return tuple(each.model_name for each in self.all_variants if each.model_name is not None)
