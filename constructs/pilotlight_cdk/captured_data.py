"""Where SageMaker keeps captured requests and answers, and who may write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.spec import DataCapture
from pilotlight_cdk.data_bucket import DataBucket
from pilotlight_cdk.key_use import use_key
from pilotlight_cdk.permission import allow

MODES: Final = {"input": "Input", "output": "Output"}
MANY_OBJECTS: Final = "SageMaker names the files of captured requests by the hour"


@dataclass(frozen=True, slots=True)
class CapturedData:
    """A prefix of a bucket."""

    bucket: s3.IBucket
    prefix: str
    key: kms.IKey

    @classmethod
    def of(cls, scope: Construct, prefix: str, key: kms.IKey, given: s3.IBucket | None) -> CapturedData:
        """Use the given bucket, or create one."""
        bucket = DataBucket(scope, "Data", encryption_key=key).bucket if given is None else given
        return cls(bucket, prefix, key)

    def allow_endpoint(self, role: iam.IGrantable) -> None:
        """Let the role of a model write what is captured."""
        objects = self.bucket.arn_for_objects(f"{self.prefix}*")
        allow(role, (actions.PUT_OBJECT,), (objects,), wildcard_because=MANY_OBJECTS)
        use_key(role, self.key)

    def config(self, spec: DataCapture) -> CfnEndpointConfig.DataCaptureConfigProperty:
        """Give the capture in the words of an endpoint configuration."""
        return CfnEndpointConfig.DataCaptureConfigProperty(
            enable_capture=True,
            initial_sampling_percentage=spec.sampling_percent,
            destination_s3_uri=f"s3://{self.bucket.bucket_name}/{self.prefix.rstrip('/')}",
            kms_key_id=self.key.key_arn,
            capture_options=[
                CfnEndpointConfig.CaptureOptionProperty(capture_mode=MODES[what]) for what in spec.capture
            ],
        )
