"""A serial pipeline: the answer of each container is the request of the next one."""

from __future__ import annotations

from collections.abc import Mapping

CONTENT_TYPE, ACCEPT = "Content-Type", "Accept"


def stage_headers(
    caller: Mapping[str, str], *, content_type: str | None, is_first: bool, is_last: bool
) -> dict[str, str]:
    """The headers that one container of a pipeline gets.

    caller: those of the request. content_type: of the body that comes to this container, when it is not the
    first. What the caller accepts is asked of the last container; the others answer in their own default.
    """
    headers = {name: value for name, value in caller.items() if is_last or name != ACCEPT}
    if not is_first:
        headers.pop(CONTENT_TYPE, None)
        if content_type is not None:
            headers[CONTENT_TYPE] = content_type
    return headers
