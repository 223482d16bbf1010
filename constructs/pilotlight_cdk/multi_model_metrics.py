"""The metrics of an endpoint of many models: those of any that answers at once, and those of its models."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import multi_model as catalog
from pilotlight_cdk.invocation_metrics import InvocationMetrics
from pilotlight_cdk.metric_of import MetricOptions


class MultiModelMetrics(InvocationMetrics):
    """Gives an endpoint of many models one method per metric; all its models count together."""

    def metric_model_cache_hit(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """The share of the requests that found their model loaded, 0 to 1."""
        return self.metric(catalog.MODEL_CACHE_HIT, **options)

    def metric_model_loading_wait_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that requests waited for their model, in microseconds."""
        return self.metric(catalog.MODEL_LOADING_WAIT_TIME, **options)

    def metric_model_downloading_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time to fetch a model from S3, in microseconds."""
        return self.metric(catalog.MODEL_DOWNLOADING_TIME, **options)

    def metric_model_loading_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the container took to load a model, in microseconds."""
        return self.metric(catalog.MODEL_LOADING_TIME, **options)

    def metric_model_unloading_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that the container took to unload a model, in microseconds."""
        return self.metric(catalog.MODEL_UNLOADING_TIME, **options)

    def metric_loaded_model_count(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Models loaded on an instance; as a Sum, a model on two instances counts twice."""
        return self.metric(catalog.LOADED_MODEL_COUNT, **options)
