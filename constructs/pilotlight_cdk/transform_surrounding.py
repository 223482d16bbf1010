"""What the state machine of a batch transform refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TransformSurrounding:
    """What the definition refers to; each is a `${name}` that CloudFormation fills in, or a literal."""

    partition: str
    name: str
    model_name: str
    input_uri: str
    output_uri: str
    output_key_id: str
    volume_key_id: str | None
    success_topic_arn: str | None
    error_topic_arn: str | None
    job_tags: Mapping[str, str]
