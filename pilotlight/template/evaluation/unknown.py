"""Lists what is not known of a value, whichever way a template leaves it to the deployment."""

from __future__ import annotations

import re
from typing import Final

from pilotlight.template.evaluation.symbol import Symbol, Text, Value, symbols_in

DYNAMIC_REFERENCE: Final = re.compile(r"\{\{resolve:.*?\}\}")
"""What CloudFormation fills in out of Systems Manager or Secrets Manager."""


def unknown_in(value: Value) -> tuple[Symbol, ...]:
    """List the symbols of a value, and what its dynamic references stand for."""
    text = str(value) if isinstance(value, str | Text) else ""
    references = DYNAMIC_REFERENCE.findall(text)
    return (
        *symbols_in(value),
        *(Symbol(each, f"only the deployment resolves {each}") for each in references),
    )
