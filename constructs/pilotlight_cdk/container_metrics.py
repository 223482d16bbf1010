"""The metrics of one container among several."""

from __future__ import annotations

from typing import ClassVar, Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import containers
from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight_cdk.answer_facts import AnswerFacts
from pilotlight_cdk.metric_of import MetricOptions, dimensions_of, metric_of


class StepMetrics:
    """Names a container of a pipeline: `endpoint.container("clean").metric_container_latency()`."""

    def __init__(self, endpoint_name: str, container_name: str) -> None:
        self.endpoint_name = endpoint_name
        self.container_name = container_name

    def dimensions(self, fact: MetricFact) -> dict[str, str]:
        """The dimensions that a metric of the catalogue has, of this container."""
        return dimensions_of(fact, self.endpoint_name, VARIANT_NAME, self.container_name)

    def metric(self, fact: MetricFact, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Any metric of the catalogue that is about a container."""
        return metric_of(fact, self.endpoint_name, VARIANT_NAME, container=self.container_name, **options)

    def metric_container_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the container took, in microseconds."""
        return self.metric(containers.CONTAINER_LATENCY, **options)


class ContainerMetrics(StepMetrics):
    """Names a container that answers for itself: `endpoint.container("sort").metric_invocations()`."""

    FACTS: ClassVar = AnswerFacts(
        containers.CONTAINER_5XX_ERRORS, containers.CONTAINER_LATENCY, containers.CONTAINER_OVERHEAD_LATENCY
    )

    def metric_invocations(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests to the container."""
        return self.metric(containers.CONTAINER_INVOCATIONS, **options)

    def metric_invocation_4xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container refused."""
        return self.metric(containers.CONTAINER_4XX_ERRORS, **options)

    def metric_invocation_5xx_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the container failed on."""
        return self.metric(containers.CONTAINER_5XX_ERRORS, **options)

    def metric_model_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """The same as `metric_container_latency`, by the name that it has of a whole endpoint."""
        return self.metric_container_latency(**options)

    def metric_overhead_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that SageMaker added to the container's, in microseconds."""
        return self.metric(containers.CONTAINER_OVERHEAD_LATENCY, **options)

    def metric_cpu_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """CPU use of the container in percent, summed over the cores."""
        return self.metric(containers.CONTAINER_CPU_UTILIZATION, **options)

    def metric_memory_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Memory use of the container in percent."""
        return self.metric(containers.CONTAINER_MEMORY_UTILIZATION, **options)
