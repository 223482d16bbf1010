"""The metrics of an endpoint that answers at once: those that AWS publishes for it, and no others."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight_cdk.invocation_metrics import InvocationMetrics
from pilotlight_cdk.metric_of import MetricOptions


class RealtimeMetrics(InvocationMetrics):
    """Gives an endpoint, or one of its variants, one method per metric; latencies are in AWS's unit."""

    def metric_mid_stream_errors(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Streams that broke after their first part."""
        return self.metric(catalog.MID_STREAM_ERRORS, **options)

    def metric_first_chunk_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time to the first part of a stream, in microseconds."""
        return self.metric(catalog.FIRST_CHUNK_LATENCY, **options)

    def metric_first_chunk_model_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the model took to the first part of a stream, in microseconds."""
        return self.metric(catalog.FIRST_CHUNK_MODEL_LATENCY, **options)

    def metric_first_chunk_overhead_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that SageMaker added to that, in microseconds."""
        return self.metric(catalog.FIRST_CHUNK_OVERHEAD_LATENCY, **options)
