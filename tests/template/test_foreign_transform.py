"""Batch transforms that somebody else wrote: what can be read is read, the rest is named."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from pilotlight.template import read_template

HAND_WRITTEN: dict[str, Any] = {
    "Resources": {
        "Model": {
            "Type": "AWS::SageMaker::Model",
            "Properties": {
                "ExecutionRoleArn": "arn:aws:iam::123456789012:role/r",
                "PrimaryContainer": {
                    "Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/ocr:1",
                    "ModelDataUrl": "s3://models/ocr.tar.gz",
                },
            },
        },
        "Machine": {
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {
                "RoleArn": "arn:aws:iam::123456789012:role/s",
                "DefinitionString": {
                    "Fn::Join": [
                        "",
                        [
                            '{"StartAt": "Score", "States": {"Score": {"Type": "Task", "End": true, '
                            '"Resource": "arn:aws:states:::sagemaker:createTransformJob.sync", "Parameters": '
                            '{"TransformJobName.$": "$$.Execution.Name", "ModelName": "',
                            {"Fn::GetAtt": ["Model", "ModelName"]},
                            '", "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", '
                            '"S3Uri": "s3://data/in/"}}, "SplitType": "Line"}, "TransformOutput": '
                            '{"S3OutputPath": "s3://data/out"}, "TransformResources": '
                            '{"InstanceType": "ml.m5.xlarge", "InstanceCount": 2}}}, '
                            '"Other": {"Type": "Wait", "Seconds": 5, "End": true}}}',
                        ],
                    ]
                },
            },
        },
    }
}


def test_a_definition_that_is_written_as_text_is_read() -> None:
    """With the model that it refers to; what the States Language means by itself is said."""
    reading = read_template(HAND_WRITTEN)
    assert reading.fleet is not None
    (spec,) = reading.fleet.endpoints.values()

    assert ("batch-transform", "ml.m5.xlarge", 2) == (spec.kind, spec.instance_type, spec.instance_count)
    assert ("s3://data/in/", "Line") == (spec.input.s3_uri, spec.input.split_type)
    assert "s3://models/ocr.tar.gz" == spec.model.source
    assert (0, 0) == (spec.retries.failed.max_attempts, spec.retries.throttled.max_attempts)
    assert timedelta(seconds=99_999_999) == spec.timeout
    assert not spec.notify.success
    assert not spec.notify.failure


def test_what_a_fleet_would_not_have_said_is_named() -> None:
    """A state that does something else, and a name that is worked out in another way."""
    unread = "\n".join(map(str, read_template(HAND_WRITTEN).unread))

    assert "Machine" in unread
    assert "Other" in unread
    assert "TransformJobName.$" in unread


def test_a_text_that_is_no_definition_is_left_alone() -> None:
    """Nothing tells that it is about a transform job."""
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {"DefinitionString": "{", "RoleArn": "r"},
    }
    reading = read_template({"Resources": {"Machine": json.loads(json.dumps(machine))}})

    assert reading.fleet is None
