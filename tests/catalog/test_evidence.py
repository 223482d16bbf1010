"""Evidence: how well a fact is known is a part of the fact."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pilotlight.catalog.evidence import Evidence, Source, assumed, confirmed, documented, field


@pytest.mark.parametrize(
    ("mark", "evidence"),
    [
        (documented, Evidence.DOCUMENTED),
        (field, Evidence.FIELD),
        (assumed, Evidence.ASSUMED),
        (confirmed, Evidence.CONFIRMED),
    ],
)
def test_a_mark_reads_as_a_sentence(mark: Callable[[str], Source], evidence: Evidence) -> None:
    """Documents and reports print sources as they are."""
    assert (evidence, f"{evidence.value}: the guide") == (mark("the guide").evidence, str(mark("the guide")))
