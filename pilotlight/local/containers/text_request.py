"""How much text a request asks for, and whether in parts: what a stand-in must know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

USUAL_TOKENS = 256
"""Tokens of the answer whose time is declared as that of an invocation (assumed)."""


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A request for generated text, in the shape that TGI, LMI and vLLM share.

    tokens: `parameters.max_new_tokens`. Default: the usual answer. streams: `stream`, or the same among the
    parameters.
    """

    tokens: int = USUAL_TOKENS
    streams: bool = False

    @classmethod
    def parse(cls, body: bytes) -> TextRequest:
        """From the body; whatever is no such request asks for a usual answer."""
        try:
            document: Any = json.loads(body)
        except ValueError:
            return cls()
        if not isinstance(document, dict):
            return cls()
        parameters = document.get("parameters")
        given = parameters if isinstance(parameters, dict) else {}
        tokens = given.get("max_new_tokens")
        if not isinstance(tokens, int) or isinstance(tokens, bool) or tokens < 1:
            tokens = USUAL_TOKENS
        return cls(tokens, True in (document.get("stream"), given.get("stream")))

    @property
    def share(self) -> float:
        """How long this takes, measured in usual answers."""
        return self.tokens / USUAL_TOKENS
