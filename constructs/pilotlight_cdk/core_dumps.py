"""Where SageMaker keeps the memory of containers that crashed, and who may write it."""

from __future__ import annotations

from typing import Final

from aws_cdk.aws_sagemaker import CfnEndpointConfig

from pilotlight.catalog import actions
from pilotlight_cdk.permission import Permission
from pilotlight_cdk.written_prefix import WrittenPrefix

MANY_OBJECTS: Final = "SageMaker names each dump itself"


class CoreDumps(WrittenPrefix):
    """Where the dumps are. There are requests and weights in them: treat them as both."""

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """What the role of a model needs to write and encrypt dumps (botocore 1.44.5, CoreDumpConfig)."""
        return (
            *self._written((actions.PUT_OBJECT, actions.ABORT_MULTIPART_UPLOAD), MANY_OBJECTS),
            Permission((actions.KMS_ENCRYPT,), (self.key.key_arn,)),
        )

    @property
    def config(self) -> CfnEndpointConfig.CoreDumpConfigProperty:
        """The destination in the words of a production variant."""
        return CfnEndpointConfig.CoreDumpConfigProperty(
            destination_s3_uri=self.uri, kms_key_id=self.key.key_arn
        )
