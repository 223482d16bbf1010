"""The metrics that every kind of endpoint with instances has."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight_cdk.metric_of import MetricOptions
from pilotlight_cdk.request_metrics import RequestMetrics


class HostingMetrics(RequestMetrics):
    """Gives an endpoint, or one of its variants, one method per metric; latencies are in AWS's unit."""

    def metric_cpu_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """CPU use in percent, summed over the cores."""
        return self.metric(catalog.CPU_UTILIZATION, **options)

    def metric_gpu_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """GPU use in percent, summed over the GPUs."""
        return self.metric(catalog.GPU_UTILIZATION, **options)

    def metric_gpu_memory_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """GPU memory use in percent, summed over the GPUs."""
        return self.metric(catalog.GPU_MEMORY_UTILIZATION, **options)

    def metric_disk_utilization(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Disk use in percent."""
        return self.metric(catalog.DISK_UTILIZATION, **options)
