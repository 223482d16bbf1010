"""The key of the storage volumes of instances."""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk import aws_kms as kms

from pilotlight.catalog.instance_types import has_local_nvme
from pilotlight_cdk.key_arn import key_arn


def volume_key_arn(key: kms.IKey, instance_types: Iterable[str]) -> str | None:
    """Give the key of the volumes; None where a local NVMe disk is encrypted by the hardware, not by it."""
    return None if any(has_local_nvme(each) for each in instance_types) else key_arn(key)
