# ruff: noqa: SLF001 - as in `ministack`: there is no other way in
"""Mends what we rely on and ministack does otherwise than AWS.

Contract: `tests/local/emulator/test_ministack_contract.py`.
"""

from __future__ import annotations

from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cloudformation, cloudwatch, ecr
from ministack.services.cloudformation import handlers

_NO_CHANGES = "The submitted information didn't contain changes."


def mend() -> None:
    """Replace the functions; from then on alarms are evaluated by somebody else."""
    _evaluate_no_alarms()
    _keep_all_metrics()
    _accept_changes_of_outputs()
    _miss_images()


def _evaluate_no_alarms() -> None:
    """ministack pools dimensions and knows no missing data; `pilotlight.local.scaling` evaluates instead."""

    def leave_it(_alarm: dict[str, Any]) -> None:
        return None

    cloudwatch._evaluate_alarm = leave_it


def _keep_all_metrics() -> None:
    """ministack looks at every value there is, at every request, for one that is two weeks old."""

    def leave_them() -> None:
        return None

    cloudwatch._evict_old_metrics = leave_them


def _accept_changes_of_outputs() -> None:
    """A change set that changes only Outputs has changes; ministack says that it has none, and drops it."""
    create = handlers._ACTION_HANDLERS["CreateChangeSet"]

    def create_change_set(params: dict[str, Any]) -> Any:
        answer = create(params)
        for change_set in cloudformation._change_sets.values():
            if change_set["StatusReason"].startswith(_NO_CHANGES) and _changes_outputs(change_set):
                change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return answer

    handlers._ACTION_HANDLERS["CreateChangeSet"] = create_change_set


def _changes_outputs(change_set: dict[str, Any]) -> bool:
    stack = cloudformation._stacks.get(change_set["StackName"]) or {}
    before: object = stack.get("_template", {}).get("Outputs", {})
    return bool(change_set["_template"].get("Outputs", {}) != before)


def _miss_images() -> None:
    """DescribeImages refuses an image that is not there; ministack does not, and the CDK then builds none."""
    describe = ecr._describe_images

    def describe_images(data: dict[str, Any]) -> Any:
        name = data.get("repositoryName", "")
        wanted = data.get("imageIds") or []
        if name in ecr._repositories and not all(ecr._find_image(name, each) for each in wanted):
            return error_response_json("ImageNotFoundException", "The image does not exist", 400)
        return describe(data)

    ecr._describe_images = describe_images
