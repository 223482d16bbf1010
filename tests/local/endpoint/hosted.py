"""A running endpoint of any kind, with containers as small real processes, and what it published."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from pilotlight.hosting.instance import LaunchTiming
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.direct_request import direct_answer
from pilotlight.local.endpoint.surroundings import Surroundings
from pilotlight.local.home import Home
from pilotlight.local.runtimes import runtime_kind

TINY = [sys.executable, "-S", "-E", str(Path(__file__).parent / "tiny_container.py")]
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tiny:1"
BROKEN = "123456789012.dkr.ecr.us-east-1.amazonaws.com/broken:1"
AT_ONCE = LaunchTiming(provisioning=0, image_pull=0, model_download=0)


def model_of(*, name: str = "model", **members: Any) -> ModelRecord:
    """A model of these members of CreateModel."""
    given = {"EnableNetworkIsolation": True, **members}
    return ModelRecord.parse(given, name=name, arn=f"arn:{name}", created=datetime.now(UTC))


def config_of(name: str = "first", **variant: Any) -> EndpointConfigRecord:
    """A configuration of one variant; variant: its members, on one instance by default."""
    on_instances = {"ModelName": "model", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
    given = {"VariantName": "AllTraffic", **(variant or on_instances)}
    return EndpointConfigRecord.parse(
        {"ProductionVariants": [given]}, name=name, arn=f"arn:{name}", created=datetime.now(UTC)
    )


class Hosted:
    """A running endpoint, of the kind that its configuration says. statuses: every one that was told of."""

    def __init__(
        self,
        home: Home,
        metrics: Any,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        *,
        scale: float = 60.0,
        aws: Any = None,
        random: Random | None = None,
    ) -> None:
        no_aws = {"environment": lambda self: {}, "client": lambda self, name: None}
        aws = type("NoAws", (), no_aws)() if aws is None else aws
        self.aws = aws
        commands = {IMAGE: TINY, BROKEN: [*TINY, "broken"]}
        self.metrics = metrics
        self.models: Mapping[str, ModelRecord] = models
        self.host = ContainerHost(home, aws, time_scale=scale, commands=commands)
        chance = Random() if random is None else random
        around = Surroundings(aws, ScaledClock(scale), metrics, self.host, timing=AT_ONCE, random=chance)
        kind = runtime_kind(config, models)
        self.statuses: list[str] = []
        self.runtime: Any = kind(
            "ranker",
            config=config,
            models=models,
            around=around,
            on_change=lambda: self.statuses.append(self.runtime.describe().status),
        )
        self.runtime.start()

    def ask(self, text: str, **said: Any) -> str:
        """The answer to a request."""
        result = self.runtime.invoke(DirectInvocation("ranker", text.encode(), **said))
        return direct_answer(result).body.decode()

    def pids(self) -> list[int]:
        """The processes of containers that are ready."""
        return [each.pid for each in self.runtime.describe().containers if each.ready]
