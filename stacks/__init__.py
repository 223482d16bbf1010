"""Deployment units: what is deployed and destroyed together."""

from __future__ import annotations

import pilotlight_cdk.node  # noqa: F401 - first: aws_cdk starts Node as soon as it is imported
