"""The metrics of an asynchronous endpoint: those that AWS publishes for it, and no others."""

from __future__ import annotations

from typing import Unpack

from aws_cdk import aws_cloudwatch as cloudwatch

from pilotlight.catalog import metrics as catalog
from pilotlight_cdk.hosting_metrics import HostingMetrics
from pilotlight_cdk.metric_of import MetricOptions


class AsyncMetrics(HostingMetrics):
    """Gives an asynchronous endpoint one method per metric; latencies are in the unit AWS publishes.

    There is no `metric_invocations` and no `metric_overhead_latency`: AWS does not publish them for
    asynchronous endpoints, so an alarm on them would never see data.
    """

    def metric_approximate_backlog_size(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that wait or are being worked on."""
        return self.metric(catalog.APPROXIMATE_BACKLOG_SIZE, **options)

    def metric_approximate_backlog_size_per_instance(
        self, **options: Unpack[MetricOptions]
    ) -> cloudwatch.Metric:
        """Backlog per instance: what scaling follows."""
        return self.metric(catalog.APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE, **options)

    def metric_approximate_age_of_oldest_request(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """How long the oldest request has been waiting, in seconds."""
        return self.metric(catalog.APPROXIMATE_AGE_OF_OLDEST_REQUEST, **options)

    def metric_has_backlog_without_capacity(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """1 while requests wait and no instance runs: what wakes the endpoint."""
        return self.metric(catalog.HAS_BACKLOG_WITHOUT_CAPACITY, **options)

    def metric_expired_requests(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that waited longer than they may; nobody is notified of them."""
        return self.metric(catalog.EXPIRED_REQUESTS, **options)

    def metric_invocation_failures(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that the model did not answer."""
        return self.metric(catalog.INVOCATION_FAILURES, **options)

    def metric_request_download_failures(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Requests that could not be read from S3."""
        return self.metric(catalog.REQUEST_DOWNLOAD_FAILURES, **options)

    def metric_response_upload_failures(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Answers that could not be written to S3."""
        return self.metric(catalog.RESPONSE_UPLOAD_FAILURES, **options)

    def metric_notification_failures(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Notifications that SNS did not take."""
        return self.metric(catalog.NOTIFICATION_FAILURES, **options)

    def metric_request_download_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time to read a request from S3, in microseconds."""
        return self.metric(catalog.REQUEST_DOWNLOAD_LATENCY, **options)

    def metric_response_upload_latency(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time to write an answer to S3, in microseconds."""
        return self.metric(catalog.RESPONSE_UPLOAD_LATENCY, **options)

    def metric_time_in_backlog(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time that a request waited, in milliseconds."""
        return self.metric(catalog.TIME_IN_BACKLOG, **options)

    def metric_total_processing_time(self, **options: Unpack[MetricOptions]) -> cloudwatch.Metric:
        """Time from request to answer, in milliseconds."""
        return self.metric(catalog.TOTAL_PROCESSING_TIME, **options)
