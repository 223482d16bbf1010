"""What can be imported can be read about."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT


def test_every_public_name_is_on_a_page() -> None:
    """Its users need not read the sources to learn that it exists."""
    import pilotlight_cdk  # noqa: PLC0415 - starts Node, which most tests do not need

    told = "\n".join(page.read_text() for page in (ROOT / "docs").rglob("*.md"))
    words = {*re.findall(r"\w+", told)}

    assert [] == [name for name in pilotlight_cdk.__all__ if name not in words]
