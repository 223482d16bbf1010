"""Headers along a serial pipeline."""

from __future__ import annotations

from pilotlight.hosting.container_chain import stage_headers

CALLER = {"Content-Type": "text/csv", "Accept": "application/json", "X-Amzn-SageMaker-Custom-Attributes": "a"}


def test_the_first_container_gets_the_body_as_the_caller_sent_it() -> None:
    """What the caller accepts is for the last one."""
    headers = stage_headers(CALLER, content_type=None, is_first=True, is_last=False)

    assert {"Content-Type": "text/csv", "X-Amzn-SageMaker-Custom-Attributes": "a"} == headers


def test_the_last_container_gets_the_type_of_the_answer_before_it() -> None:
    """And is asked for what the caller accepts."""
    headers = stage_headers(CALLER, content_type="application/x-npy", is_first=False, is_last=True)

    assert ("application/x-npy", "application/json") == (headers["Content-Type"], headers["Accept"])


def test_an_answer_without_a_type_is_passed_on_without_one() -> None:
    """The caller's own type would be wrong for it."""
    assert "Content-Type" not in stage_headers(CALLER, content_type=None, is_first=False, is_last=True)
