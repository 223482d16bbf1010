"""What the environment of the function says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sample import Sample, read_sample


@dataclass(frozen=True, slots=True)
class Settings:
    """What is warmed, and within which bounds.

    Attributes:
        endpoint: the name of the endpoint.
        bucket: where its models are; empty for an endpoint with one model.
        prefix: below which they are.
        concurrency: invocations at once.
        time_budget: seconds after which no invocation starts.
        per_minute: invocations in a minute at most; None means as fast as concurrency allows.
        memory_budget_mib: what the models may take together; None means everything is warmed.
        model_memory_mib: what a model takes that does not declare it; None means the size of its artefact.
        default: sent to models without a sample of their own.
    """

    endpoint: str
    bucket: str
    prefix: str
    concurrency: int
    time_budget: float
    per_minute: float | None
    memory_budget_mib: float | None
    model_memory_mib: float | None
    default: Sample

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """The settings of a process environment; an empty value means that there is none."""
        return cls(
            endpoint=environment["ENDPOINT_NAME"],
            bucket=environment["MODELS_BUCKET"],
            prefix=environment["MODELS_PREFIX"],
            concurrency=int(environment["CONCURRENCY"]),
            time_budget=float(environment["TIME_BUDGET_SECONDS"]),
            per_minute=_number(environment["INVOCATIONS_PER_MINUTE"]),
            memory_budget_mib=_number(environment["MEMORY_BUDGET_MIB"]),
            model_memory_mib=_number(environment["MODEL_MEMORY_MIB"]),
            default=read_sample(environment["DEFAULT_SAMPLE"] or "{}"),
        )


def _number(text: str) -> float | None:
    return float(text) if text else None
