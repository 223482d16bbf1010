"""The metrics of an inference component: those that AWS publishes under its name, and no others."""

from __future__ import annotations

from typing import ClassVar, Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import component_metrics as catalog
from pilotlight.catalog.metrics import MetricFact
from pilotlight_cdk.answer_facts import AnswerFacts
from pilotlight_cdk.metric_of import MetricOptions, dimensions_of, metric_of


class ComponentMetrics:
    """Gives a component one method per metric; latencies are in AWS's unit."""

    component_name: str

    FACTS: ClassVar = AnswerFacts(
        catalog.COMPONENT_5XX_ERRORS, catalog.COMPONENT_MODEL_LATENCY, catalog.COMPONENT_OVERHEAD_LATENCY
    )

    def dimensions(self, fact: MetricFact) -> dict[str, str]:
        """The dimensions that a metric of the catalogue has, of this component."""
        return dimensions_of(fact, self.component_name)

    def metric(self, fact: MetricFact, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Any metric of the catalogue, of this component."""
        return metric_of(fact, self.component_name, **options)

    def metric_invocations(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests."""
        return self.metric(catalog.COMPONENT_INVOCATIONS, **options)

    def metric_invocations_per_copy(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests, each divided by the copies there were: what scaling on invocations follows."""
        return self.metric(catalog.INVOCATIONS_PER_COPY, **options)

    def metric_concurrent_requests_per_copy(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests in flight on a copy: what scaling on concurrency follows."""
        return self.metric(catalog.CONCURRENT_REQUESTS_PER_COPY, **options)

    def metric_no_capacity_invocation_failures(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that found no copy: what wakes the component."""
        return self.metric(catalog.NO_CAPACITY_INVOCATION_FAILURES, **options)

    def metric_model_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the container took, in microseconds."""
        return self.metric(catalog.COMPONENT_MODEL_LATENCY, **options)

    def metric_overhead_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that SageMaker added to that, in microseconds."""
        return self.metric(catalog.COMPONENT_OVERHEAD_LATENCY, **options)

    def metric_invocation_4xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container refused."""
        return self.metric(catalog.COMPONENT_4XX_ERRORS, **options)

    def metric_invocation_5xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container failed on."""
        return self.metric(catalog.COMPONENT_5XX_ERRORS, **options)

    def metric_invocation_model_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the model did not answer with status 2xx."""
        return self.metric(catalog.COMPONENT_MODEL_ERRORS, **options)
