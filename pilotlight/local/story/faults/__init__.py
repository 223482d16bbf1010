"""Test only: one way for each step of the story to fail, to show that the step can."""

from __future__ import annotations

from .fault import Fault
from .of_containers import model_data_gone, nonsense_model, process_left_running
from .of_deployment import always_awake, broken_artefact, edited_fleet, no_change, refused_fleet
from .of_endpoints import endpoint_outside_the_stacks, kept_awake, one_instance, other_endpoint_gone
from .of_models import model_unreadable, models_without_endpoint
from .of_scaling import no_backlog_policy, no_wake_policy, wrong_alarm_dimension
from .of_topics import no_error_subscription, no_success_subscription

FAULTS = {
    fault.name: fault
    for fault in (
        Fault("refused-fleet", "synthesize both fleets", "", refused_fleet),
        Fault("broken-artefact", "deploy both fleets", "", broken_artefact),
        Fault("edited-fleet", "deploy again: nothing to do", "", edited_fleet),
        Fault("no-change", "a changed property shows in diff, deploys, and is described", "", no_change),
        Fault(
            "always-awake",
            "synthesize both fleets",
            "started with one instance, falls asleep",
            always_awake,
        ),
        Fault("kept-awake", "a batch is submitted and waits", "", kept_awake),
        Fault(
            "no-wake-policy",
            "a batch is submitted and waits",
            "the backlog alarm fires, 0 to 1",
            no_wake_policy,
        ),
        Fault(
            "wrong-alarm-dimension",
            "a batch is submitted and waits",
            "the backlog alarm fires, 0 to 1",
            wrong_alarm_dimension,
        ),
        Fault(
            "nonsense-model", "a batch is submitted and waits", "answers appear and are right", nonsense_model
        ),
        Fault(
            "no-success-subscription",
            "a batch is submitted and waits",
            "rows and events are written",
            no_success_subscription,
        ),
        Fault("no-error-subscription", "an input that makes the model fail", "", no_error_subscription),
        Fault("never-asleep-again", "asleep again", "", no_backlog_policy),
        Fault("never-awake-again", "awake again", "", no_wake_policy),
        Fault("no-replacement", "a container killed during a request is replaced", "", model_data_gone),
        Fault(
            "other-endpoint-gone",
            "one stack destroyed and re-created while the other answers",
            "",
            other_endpoint_gone,
        ),
        Fault(
            "models-without-endpoint",
            "tenants' models published after the deployment answer",
            "",
            models_without_endpoint,
        ),
        Fault("model-unreadable", "warm-up loads every model", "", model_unreadable),
        Fault(
            "one-instance",
            "uneven requests on two instances, by two routing strategies",
            "",
            one_instance,
        ),
        Fault("endpoint-by-hand", "all destroyed", "", endpoint_outside_the_stacks),
        Fault("process-left", "nothing left behind", "", process_left_running),
    )
}
"""By name. Chosen with `pilotlight local story --fault NAME`, which no help text mentions."""
