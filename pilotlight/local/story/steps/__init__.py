"""The steps of the story, one idea a file, in the order in which they are told."""

from __future__ import annotations

from pilotlight.local.story.step import Step

from .awake_again import awake_again
from .batch_waits import batch_waits
from .change import change
from .container_killed import container_killed
from .deploy import deploy, synthesize
from .deploy_again import deploy_again
from .destroy import destroy, nothing_left
from .fall_asleep import asleep_again, fall_asleep
from .independent_stacks import independent_stacks
from .model_fails import model_fails
from .right_answers import right_answers
from .rows_and_events import rows_and_events
from .tenants_models import tenants_models
from .uneven_requests import uneven_requests
from .wake import wake
from .warm_up import warm_up

STEPS = (
    Step("synthesize both fleets", synthesize),
    Step("deploy both fleets", deploy),
    Step("deploy again: nothing to do", deploy_again),
    Step("a changed property shows in diff, deploys, and is described", change),
    Step("started with one instance, falls asleep", fall_asleep),
    Step("a batch is submitted and waits", batch_waits),
    Step("the backlog alarm fires, 0 to 1", wake),
    Step("answers appear and are right", right_answers),
    Step("rows and events are written", rows_and_events),
    Step("an input that makes the model fail", model_fails),
    Step("asleep again", asleep_again),
    Step("awake again", awake_again),
    Step("a container killed during a request is replaced", container_killed),
    Step("one stack destroyed and re-created while the other answers", independent_stacks),
    Step("tenants' models published after the deployment answer", tenants_models),
    Step("warm-up loads every model", warm_up),
    Step("uneven requests on two instances, by two routing strategies", uneven_requests),
    Step("all destroyed", destroy, always=True),
    Step("nothing left behind", nothing_left, always=True),
)
