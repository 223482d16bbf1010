"""Where SageMaker keeps captured requests and answers, and who may write them."""

from __future__ import annotations

from typing import Final

from aws_cdk.aws_sagemaker import CfnEndpointConfig

from pilotlight.catalog import actions
from pilotlight.spec import DataCapture
from pilotlight_cdk.permission import Permission
from pilotlight_cdk.written_prefix import WrittenPrefix

MODES: Final = {"input": "Input", "output": "Output"}
MANY_OBJECTS: Final = "SageMaker names the files of captured requests by the hour"


class CapturedData(WrittenPrefix):
    """Where captured requests and answers are."""

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """What the role of a model needs to write what is captured."""
        return self._written((actions.PUT_OBJECT,), MANY_OBJECTS)

    def config(self, spec: DataCapture) -> CfnEndpointConfig.DataCaptureConfigProperty:
        """Give the capture in the words of an endpoint configuration."""
        return CfnEndpointConfig.DataCaptureConfigProperty(
            enable_capture=True,
            initial_sampling_percentage=spec.sampling_percent,
            destination_s3_uri=self.uri,
            kms_key_id=self.key.key_arn,
            capture_options=[
                CfnEndpointConfig.CaptureOptionProperty(capture_mode=MODES[what]) for what in spec.capture
            ],
        )
