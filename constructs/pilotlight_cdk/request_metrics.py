"""The metrics that every kind of endpoint has, with instances or without."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight_cdk.metric_of import MetricOptions, dimensions_of, metric_of


class RequestMetrics:
    """Gives an endpoint, or one of its variants, one method per metric; latencies are in AWS's unit.

    List it after `Resource` where that is possible: jsii asks every member before that whether it overrides
    one of the CDK's, whenever an endpoint is created.
    """

    endpoint_name: str
    variant_name: str = VARIANT_NAME

    def dimensions(self, fact: catalog.MetricFact) -> dict[str, str]:
        """The dimensions that a metric of the catalogue has, of this endpoint."""
        return dimensions_of(fact, self.endpoint_name, self.variant_name)

    def metric(self, fact: catalog.MetricFact, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Any metric of the catalogue, of this endpoint."""
        return metric_of(fact, self.endpoint_name, self.variant_name, **options)

    def metric_model_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the container took, in microseconds."""
        return self.metric(catalog.MODEL_LATENCY, **options)

    def metric_invocation_4xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container refused."""
        return self.metric(catalog.INVOCATION_4XX_ERRORS, **options)

    def metric_invocation_5xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container failed on."""
        return self.metric(catalog.INVOCATION_5XX_ERRORS, **options)

    def metric_memory_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Memory use in percent."""
        return self.metric(catalog.MEMORY_UTILIZATION, **options)
