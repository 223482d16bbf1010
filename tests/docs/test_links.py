"""Links between pages lead somewhere, and from the README to everything within two clicks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, headings, name_of, pages, prose

README = ROOT / "README.md"


def _links(page: Path) -> list[tuple[str, str]]:
    """The files and headings that a page leads to, without what is elsewhere on the web."""
    found = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    return [tuple(each.partition("#")[::2]) for each in found if "://" not in each]


def _target(page: Path, link: str) -> Path:
    return (page.parent / link).resolve() if link else page


def _anchor(heading: str) -> str:
    """What a heading is called in a link: small letters, dashes for spaces, nothing else."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file that there is, and to a heading in it."""
    lost = [link for link, _ in _links(page) if not _target(page, link).exists()]
    without = [
        f"{link}#{anchor}"
        for link, anchor in _links(page)
        if anchor and anchor not in map(_anchor, headings(_target(page, link)))
    ]

    assert ([], []) == (lost, without)


def test_every_page_is_two_clicks_from_the_readme() -> None:
    """Whoever reads the README finds what there is."""
    first = {_target(README, link) for link, _ in _links(README)}
    second = {_target(page, link) for page in first if page.suffix == ".md" for link, _ in _links(page)}

    assert [] == [name_of(page) for page in (ROOT / "docs").rglob("*.md") if page not in first | second]
