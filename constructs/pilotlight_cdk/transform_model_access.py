"""What the role of a model needs beside its data when it runs in transform jobs."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog import batch_transform as facts
from pilotlight_cdk.hosting_permissions import NO_RESOURCE
from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import Permission

STREAMS: Final = "log streams are named after jobs and instances that do not exist yet"


def job_permissions(scope: Construct) -> tuple[Permission, ...]:
    """To write into the log group of all jobs, and to publish their metrics."""
    group = Location.of(scope).arn("logs", f"log-group:{facts.LOG_GROUP}")
    return (
        Permission(actions.WRITE_LOGS, (group, f"{group}:*"), wildcard_because=STREAMS),
        Permission(
            (actions.PUT_METRIC_DATA,),
            ("*",),
            conditions={"StringEquals": {"cloudwatch:namespace": [facts.INSTANCE_NAMESPACE]}},
            wildcard_because=NO_RESOURCE,
        ),
    )
