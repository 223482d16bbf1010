"""Turns a metric of the catalogue into CloudWatch objects, so that no name or dimension is typed twice."""

from __future__ import annotations

from typing import Final, TypedDict, Unpack

from aws_cdk import Aws, Duration
from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.naming import VARIANT_NAME

MINUTE: Final = Duration.minutes(1)


class MetricOptions(TypedDict, total=False):
    """What may be chosen about a metric; defaults come from the catalogue, the period is a minute."""

    statistic: str
    period: Duration
    label: str
    color: str
    account: str
    region: str


def dimensions_of(
    fact: MetricFact, endpoint_name: str, variant: str = VARIANT_NAME, container: str = ""
) -> dict[str, str]:
    """Give the dimensions that a metric of this endpoint, component or state machine carries."""
    known = {
        "EndpointName": endpoint_name,
        "VariantName": variant,
        "ContainerName": container,
        "InferenceComponentName": endpoint_name,
    }
    if "StateMachineArn" in fact.dimensions:
        known["StateMachineArn"] = (
            f"arn:{Aws.PARTITION}:states:{Aws.REGION}:{Aws.ACCOUNT_ID}:stateMachine:{endpoint_name}"
        )
    return {name: known[name] for name in fact.dimensions}


def metric_of(
    fact: MetricFact,
    endpoint_name: str,
    variant: str = VARIANT_NAME,
    *,
    container: str = "",
    **options: Unpack[MetricOptions],
) -> cloudwatch.Metric:
    """Give the metric of an endpoint, with the statistic that makes sense unless another is asked for."""
    chosen: MetricOptions = {"statistic": fact.statistic, "period": MINUTE}
    chosen.update(options)
    return cloudwatch.Metric(
        namespace=fact.namespace,
        metric_name=fact.name,
        dimensions_map=dimensions_of(fact, endpoint_name, variant, container),
        **chosen,
    )


def tracked_metric(
    fact: MetricFact, endpoint_name: str, variant: str = VARIANT_NAME
) -> autoscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty:
    """Give the metric in the words of a target tracking policy."""
    policy = autoscaling.CfnScalingPolicy
    return policy.CustomizedMetricSpecificationProperty(
        namespace=fact.namespace,
        metric_name=fact.name,
        statistic=fact.statistic,
        dimensions=[
            policy.MetricDimensionProperty(name=name, value=value)
            for name, value in dimensions_of(fact, endpoint_name, variant).items()
        ],
    )
