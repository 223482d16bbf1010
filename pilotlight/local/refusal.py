"""What the embedded AWS says when it cannot do what it was asked to."""

from __future__ import annotations


class LocalRefused(Exception):  # noqa: N818 - it is raised for what a user can put right, not for our errors
    """The message says what is wrong and what to run instead."""
