"""How an asynchronous endpoint answers, parsed once from `AsyncInferenceConfig` (botocore 1.43.106)."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.local.control_plane.properties import Properties


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
