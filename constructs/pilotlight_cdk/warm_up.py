"""Keeps the models of an endpoint warm: a schedule, and a function that asks each model once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog import warm_up as fact
from pilotlight.spec import WarmUpSpec, warm_up_bounds, warm_up_memory
from pilotlight.spec.warm_up_keywords import WarmUpKeywords
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.endpoint_arn import arn_of_endpoint
from pilotlight_cdk.function_schedule import build_schedule
from pilotlight_cdk.key_use import use_keys
from pilotlight_cdk.live_references import refuse_plain
from pilotlight_cdk.model_store import ModelStore
from pilotlight_cdk.named_endpoint import NamedEndpoint
from pilotlight_cdk.permission import allow
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.warm_up_faults import refuse_unfit
from pilotlight_cdk.worker_function import WorkerFunction

LONGEST_PERIOD: Final = timedelta(days=1)
"""Of an alarm (botocore 1.44.5, PutMetricAlarm)."""

MANY_MODELS = "each model has an artefact and a sample of its own, and models come and go"
DEFAULT_TERMS: Final = WarmUpSpec()


class WarmUp(Construct):
    """Asks every model of an endpoint once an hour, so that callers find it in memory.

    One request warms a model on one instance: no API addresses an instance, so of several instances each run
    warms one per model, and an instance that joins later starts cold. Where its first requests matter, let
    the container warm itself before it answers SageMaker's ping: Triton has `model_warmup` for that.

    A run is never repeated and never overlaps another. It starts fewer invocations a minute than scaling
    aims at, so that warming alone adds no instance, and asks no more models than fit into an instance
    together, so that it never pushes one out for another.

    Args:
        endpoint: whose models are asked. One that can sleep is refused: asking would keep it awake; so is
            one that keeps no model after its answer.
        models: where the models of a multi-model endpoint are, as its attribute `models`; beside
            `tenant/v1.tar.gz` its sample is `tenant/v1.sample.json`. Default: there is a single model.
        terms: how often, how fast, what is sent. Default: hourly, for models with a sample of their own.
        encryption_key: encrypts models, logs and the topic; it must let CloudWatch Logs use it.
        alarm_topic: is told of runs that fail and of models that fail.

    Attributes:
        function: the Lambda function; its answer is a summary of the run.
        cfn_schedule: starts it.
        failures: goes off when models did not answer.

    Raises FleetRefused when the endpoint can sleep or keeps no model, when `models` does not fit it, when a
    single model has no sample, or when a keyword is no value of its kind.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint: NamedEndpoint,
        encryption_key: kms.IKey,
        alarm_topic: sns.ITopic,
        models: ModelStore | None = None,
        terms: WarmUpSpec = DEFAULT_TERMS,
    ) -> None:
        where = ConstructPath(scope, id)
        live = {"endpoint": endpoint, "encryption_key": encryption_key, "alarm_topic": alarm_topic}
        refuse_plain(where, {**live, "models": models}, required=live)
        terms = spec_of(WarmUpKeywords, where, {"terms": terms}).terms
        refuse_unfit(where, endpoint, models, terms)
        super().__init__(scope, id)
        self._name, self._terms = endpoint.endpoint_name, terms
        self.function = self._build_function(endpoint, models, encryption_key)
        self._allow(models, encryption_key)
        self.function.configure_async_invoke(
            retry_attempts=0,
            max_event_age=Duration.minutes(15),
            on_failure=destinations.SnsDestination(alarm_topic),
        )
        self.cfn_schedule = build_schedule(
            self,
            function=self.function,
            every=Duration.minutes(round(terms.every.total_seconds() / 60)),
            what=f"the warm-up of {self._name}",
            called="the warm-up",
            retries=0,
        )
        self.failures = self._build_alarm(alarm_topic)

    def metric_models_loaded(self) -> cloudwatch.Metric:
        """Models that answered."""
        return self._metric(fact.MODELS_LOADED)

    def metric_models_failed(self) -> cloudwatch.Metric:
        """Models that did not answer."""
        return self._metric(fact.MODELS_FAILED)

    def metric_models_skipped(self) -> cloudwatch.Metric:
        """Models that were not asked: no sample, no room, no time."""
        return self._metric(fact.MODELS_SKIPPED)

    def _build_function(
        self, endpoint: NamedEndpoint, models: ModelStore | None, key: kms.IKey
    ) -> lambda_.Function:
        budget = round(self._terms.time_budget.total_seconds())
        return WorkerFunction(
            self,
            "Function",
            source="warm_up",
            of=f"the endpoint {self._name}",
            description=f"Asks each model of {self._name} once, so that it stays in memory",
            timeout=Duration.seconds(budget + fact.PATIENCE + fact.ENDING),
            environment=_environment(endpoint, models, self._terms),
            encryption_key=key,
            memory_size=512,
            reserved_concurrent_executions=1,
        ).function

    def _allow(self, models: ModelStore | None, key: kms.IKey) -> None:
        allow(self.function, (actions.INVOKE_ENDPOINT,), (arn_of_endpoint(self, self._name),))
        use_keys(self.function, key, None if models is None else models.encrypted_with)
        if models is not None:
            below = models.bucket.arn_for_objects(f"{models.prefix}*")
            allow(self.function, (actions.GET_OBJECT,), (below,), wildcard_because=MANY_MODELS)
            allow(
                self.function,
                (actions.LIST_BUCKET,),
                (models.bucket.bucket_arn,),
                conditions={"StringEquals": {"s3:prefix": models.prefix}},
            )

    def _build_alarm(self, alarm_topic: sns.ITopic) -> cloudwatch.Alarm:
        alarm = self.metric_models_failed().create_alarm(
            self,
            "Failures",
            alarm_description=f"Models of {self._name} did not answer when they were warmed",
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(cloudwatch_actions.SnsAction(alarm_topic))
        return alarm

    def _metric(self, name: str) -> cloudwatch.Metric:
        period = min(self._terms.every, LONGEST_PERIOD)
        return cloudwatch.Metric(
            namespace=fact.NAMESPACE,
            metric_name=name,
            dimensions_map={fact.DIMENSION: self._name, fact.SERVICE_DIMENSION: fact.SERVICE},
            statistic="Sum",
            period=Duration.seconds(round(period.total_seconds())),
        )


def _environment(endpoint: NamedEndpoint, models: ModelStore | None, terms: WarmUpSpec) -> dict[str, str]:
    per_minute, at_once = warm_up_bounds(terms, getattr(endpoint.spec, "scaling", None))
    sample, memory = terms.sample, warm_up_memory(terms, endpoint.spec)
    return {
        "ENDPOINT_NAME": endpoint.endpoint_name,
        "MODELS_BUCKET": "" if models is None else models.bucket.bucket_name,
        "MODELS_PREFIX": "" if models is None else models.prefix,
        "CONCURRENCY": str(at_once),
        "TIME_BUDGET_SECONDS": str(round(terms.time_budget.total_seconds())),
        "INVOCATIONS_PER_MINUTE": _text(per_minute),
        "MEMORY_BUDGET_MIB": _text(memory),
        "MODEL_MEMORY_MIB": _text(getattr(endpoint.spec, "model_memory", None)),
        "DEFAULT_SAMPLE": "" if sample is None else json.dumps(sample.model_dump(exclude_none=True)),
    }


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}"  # without the noise of a product
