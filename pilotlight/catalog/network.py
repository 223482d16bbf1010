"""Names what a network without a way to the internet needs, so that models can be hosted in it."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import assumed, documented

VPC_ID: Final = "VpcId"
SUBNET_IDS: Final = ("FirstSubnetId", "SecondSubnetId")
"""Outputs of the network stack."""

S3_SOURCE: Final = documented(
    "SageMaker Developer Guide, Give SageMaker Hosted Endpoints Access to Resources in Your Amazon VPC"
)
"""The files of a model in a VPC come through it, so it needs a gateway to S3."""

INTERFACES: Final = ("ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sagemaker.runtime", "sts")
"""Services that a container without network isolation may call: interface endpoints of the network."""

SECRETS_INTERFACE: Final = "secretsmanager"
"""The one more that containers need which read secrets."""

INTERFACES_SOURCE: Final = assumed(
    "what containers use of AWS: images of private registries, keys, logs, metrics, other endpoints, roles"
)
