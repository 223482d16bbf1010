"""The metrics of every endpoint on instances that answers while the caller waits."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight_cdk.answer_metrics import AnswerMetrics
from pilotlight_cdk.hosting_metrics import HostingMetrics
from pilotlight_cdk.metric_of import MetricOptions


class InvocationMetrics(AnswerMetrics, HostingMetrics):
    """Gives an endpoint, or one of its variants, one method per metric; latencies are in AWS's unit."""

    def metric_invocations_per_instance(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests, each divided by the instances there were: what scaling on invocations follows."""
        return self.metric(catalog.INVOCATIONS_PER_INSTANCE, **options)

    def metric_invocation_model_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the model did not answer with status 2xx."""
        return self.metric(catalog.INVOCATION_MODEL_ERRORS, **options)

    def metric_concurrent_requests_per_model(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests in flight: what scaling on concurrency follows."""
        return self.metric(catalog.CONCURRENT_REQUESTS_PER_MODEL, **options)
