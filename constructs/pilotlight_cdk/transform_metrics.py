"""The metrics of a batch transform: those of its executions."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight_cdk.metric_of import MetricOptions, metric_of


class TransformMetrics:
    """Gives a batch transform one method per metric."""

    state_machine_name: str
    state_machine_arn: str

    def dimensions(self, fact: catalog.MetricFact) -> dict[str, str]:
        """The dimensions that a metric of the catalogue has, of this state machine."""
        return dict.fromkeys(fact.dimensions, self.state_machine_arn)

    def metric(self, fact: catalog.MetricFact, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Any metric of the catalogue, of this state machine."""
        metric = metric_of(fact, self.state_machine_name, **options)
        return metric.with_(dimensions_map={catalog.STATE_MACHINE[0]: self.state_machine_arn})

    def metric_executions_started(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Executions that began."""
        return self.metric(catalog.EXECUTIONS_STARTED, **options)

    def metric_executions_succeeded(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Executions whose answers are there."""
        return self.metric(catalog.EXECUTIONS_SUCCEEDED, **options)

    def metric_executions_failed(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Executions that failed after all their retries."""
        return self.metric(catalog.EXECUTIONS_FAILED, **options)

    def metric_executions_aborted(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Executions that somebody stopped."""
        return self.metric(catalog.EXECUTIONS_ABORTED, **options)

    def metric_execution_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """How long executions took, in milliseconds."""
        return self.metric(catalog.EXECUTION_TIME, **options)
