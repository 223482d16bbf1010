"""The tags of SageMaker resources, by ARN."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pilotlight.local.emulator.api_error import ValidationError


class Tags:
    """Keeps tags. `exists` tells whether a resource with an ARN is there."""

    def __init__(self, exists: Callable[[str], bool]) -> None:
        self._exists = exists
        self._tags: dict[str, dict[str, str]] = {}

    def put(self, arn: str, tags: Iterable[Mapping[str, str]]) -> None:
        """Add or overwrite tags, given as `{"Key", "Value"}`."""
        self._tags.setdefault(arn, {}).update({each["Key"]: each["Value"] for each in tags})

    def replace(self, arn: str, tags: Iterable[Mapping[str, str]]) -> None:
        """Make these the only tags of the resource."""
        self.forget(arn)
        self.put(arn, tags)

    def forget(self, arn: str) -> None:
        """Drop the tags of a resource that is deleted."""
        self._tags.pop(arn, None)

    def add(self, request: dict[str, Any]) -> dict[str, Any]:
        """AddTags."""
        arn = self._known(request)
        self.put(arn, request["Tags"])
        return {"Tags": self._of(arn)}

    def delete(self, request: dict[str, Any]) -> None:
        """DeleteTags."""
        held = self._tags.get(self._known(request), {})
        for key in request["TagKeys"]:
            held.pop(key, None)

    def list_tags(self, request: dict[str, Any]) -> dict[str, Any]:
        """ListTags."""
        return {"Tags": self._of(self._known(request))}

    def _known(self, request: dict[str, Any]) -> str:
        arn: str = request["ResourceArn"]
        if not self._exists(arn):
            msg = f'Could not find resource "{arn}".'
            raise ValidationError(msg)
        return arn

    def _of(self, arn: str) -> list[dict[str, str]]:
        return [{"Key": key, "Value": value} for key, value in self._tags.get(arn, {}).items()]
