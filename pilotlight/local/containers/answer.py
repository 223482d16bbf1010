"""What a container answers to one request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: status, body, and the content type when there is one."""

    status: int = 200
    body: bytes = b""
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers, by the names the sender gave them."""
    parts: Iterator[bytes] | None = None
    """What follows the body, part by part; None: nothing does."""

    @property
    def is_success(self) -> bool:
        """Whether the model answered, rather than refused or failed."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the meaning of HTTP's status classes
