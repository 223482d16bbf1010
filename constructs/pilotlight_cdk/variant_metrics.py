"""The metrics of one variant of an endpoint."""

from __future__ import annotations

from pilotlight_cdk.realtime_metrics import RealtimeMetrics


class VariantMetrics(RealtimeMetrics):
    """Names a variant, so that its metrics can be asked for: `endpoint.variant("canary").metric_…`."""

    def __init__(self, endpoint_name: str, variant_name: str) -> None:
        self.endpoint_name = endpoint_name
        self.variant_name = variant_name
