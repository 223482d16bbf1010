"""The completion function has turned the notifications into rows and events."""

from __future__ import annotations

from pilotlight.catalog.status_table import DETAIL_TYPES, Status
from pilotlight.local.story.looking import row
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.submission import Submission
from pilotlight.local.story.waiting import wait_until

_WALL_SECONDS = 30.0
"""SNS, SQS and Lambda run on the wall clock."""


def rows_and_events(scene: Scene) -> str:
    """Each request of the batch has a Completed row with its answer's location, and one event."""
    for sent in scene.submissions.values():
        ended = wait_until_ended(scene, sent, Status.COMPLETED)
        if ended["outputLocation"] != sent.output_location:
            location = ended["outputLocation"]
            msg = f"the row of {sent.inference_id} points to {location}, not {sent.output_location}"
            raise StepFailed(msg)
    ended_well = len(scene.submissions)
    return f"{ended_well} rows Completed, {ended_well} events {DETAIL_TYPES[Status.COMPLETED]}"


def wait_until_ended(scene: Scene, sent: Submission, status: Status) -> dict[str, str]:
    """Wait for the row of a request to reach a final state and for its event; return the row."""
    table = scene.status_table(scene.starter)
    ended = wait_until(
        f"the row of {sent.inference_id} says {status}",
        lambda: row(scene, table, sent) if row(scene, table, sent).get("status") == status else None,
        seconds=_WALL_SECONDS,
    )
    heard = wait_until(
        f"an event about {sent.inference_id}",
        lambda: scene.listener.events(sent.inference_id),
        seconds=_WALL_SECONDS,
    )
    if heard != [DETAIL_TYPES[status]]:
        msg = f"the events about {sent.inference_id} are {heard}, not one {DETAIL_TYPES[status]}"
        raise StepFailed(msg)
    return ended
