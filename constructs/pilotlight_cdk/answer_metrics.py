"""The metrics of every endpoint that answers while the caller waits, with instances or without."""

from __future__ import annotations

from typing import ClassVar, Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight_cdk.answer_facts import AnswerFacts
from pilotlight_cdk.metric_of import MetricOptions
from pilotlight_cdk.request_metrics import RequestMetrics


class AnswerMetrics(RequestMetrics):
    """Gives an endpoint, or one of its variants, one method per metric; latencies are in AWS's unit."""

    FACTS: ClassVar = AnswerFacts(
        catalog.INVOCATION_5XX_ERRORS, catalog.MODEL_LATENCY, catalog.OVERHEAD_LATENCY
    )

    def metric_invocations(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests."""
        return self.metric(catalog.INVOCATIONS, **options)

    def metric_overhead_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that SageMaker added to the model's, in microseconds; cold starts are in it."""
        return self.metric(catalog.OVERHEAD_LATENCY, **options)
