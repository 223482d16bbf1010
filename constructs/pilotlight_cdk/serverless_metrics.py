"""The metrics of a serverless endpoint: those that AWS publishes for it, and no others."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import serverless
from pilotlight_cdk.answer_metrics import AnswerMetrics
from pilotlight_cdk.metric_of import MetricOptions


class ServerlessMetrics(AnswerMetrics):
    """Gives an endpoint one method per metric; latencies are in AWS's unit."""

    def metric_model_setup_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that launching new compute took, in microseconds."""
        return self.metric(serverless.MODEL_SETUP_TIME, **options)

    def metric_concurrent_executions_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests in flight, divided by the maximum concurrency."""
        return self.metric(serverless.CONCURRENT_EXECUTIONS_UTILIZATION, **options)

    def metric_provisioned_concurrency_executions(
        self, **options: Unpack[MetricOptions]
    ) -> cloudwatch.Metric:
        """Requests in flight on the provisioned concurrency."""
        return self.metric(serverless.PROVISIONED_CONCURRENCY_EXECUTIONS, **options)

    def metric_provisioned_concurrency_utilization(
        self, **options: Unpack[MetricOptions]
    ) -> cloudwatch.Metric:
        """Requests in flight, divided by the provisioned concurrency: what its scaling follows."""
        return self.metric(serverless.PROVISIONED_CONCURRENCY_UTILIZATION, **options)

    def metric_provisioned_concurrency_invocations(
        self, **options: Unpack[MetricOptions]
    ) -> cloudwatch.Metric:
        """Requests that the provisioned concurrency answered."""
        return self.metric(serverless.PROVISIONED_CONCURRENCY_INVOCATIONS, **options)

    def metric_provisioned_concurrency_spillover_invocations(
        self, **options: Unpack[MetricOptions]
    ) -> cloudwatch.Metric:
        """Requests that found none of it free, and may have met a cold start."""
        return self.metric(serverless.PROVISIONED_CONCURRENCY_SPILLOVER, **options)
