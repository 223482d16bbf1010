"""The pages about constructs: each construct is in the title of one, and all have the same parts."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.docs.pages import FENCE, ROOT, headings, name_of, prose

PAGES = sorted((ROOT / "docs/constructs").glob("*.md"))
PARTS = ["What it makes", "Defaults", "What it costs", "What goes wrong"]
NAME = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
NAMES_OF_OTHERS = {"model_warmup", "retain_all_variant_properties"}
"""Triton's and the CDK's, which nothing here calls."""

FAILURES = "| what you see | why | what to do |\n|---|---|---|\n"


def _in_title(page: Path) -> list[str]:
    return re.findall(r"`(\w+)`", page.read_text().partition("\n")[0])


def test_every_construct_is_in_one_title() -> None:
    """Somebody who has met a construct finds its page, and a page is about nothing else.

    Alarms and scaling are groups of resources, which are placed and named like constructs.
    """
    from constructs import Construct  # noqa: PLC0415 - as above

    import pilotlight_cdk  # noqa: PLC0415 - starts Node, which the other tests do not need
    from pilotlight_cdk.scaling import Scaling  # noqa: PLC0415 - as above
    from pilotlight_cdk.topic_alarms import TopicAlarms  # noqa: PLC0415 - as above

    public = {name: getattr(pilotlight_cdk, name) for name in pilotlight_cdk.__all__}
    kinds = (Construct, Scaling, TopicAlarms)
    made = [name for name, value in public.items() if isinstance(value, type) and issubclass(value, kinds)]

    assert sorted(made) == sorted(chain.from_iterable(_in_title(page) for page in PAGES))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_begins_with_the_smallest_snippet(page: Path) -> None:
    """Before any heading."""
    begins = page.read_text().partition("\n## ")[0]

    assert {"yaml", "python"} & {language for language, _ in FENCE.findall(begins)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_has_all_parts_in_one_order(page: Path) -> None:
    """What is made, what is left out, what it costs, how it fails; others may stand between them."""
    assert [each for each in headings(page) if each in PARTS] == PARTS


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_failures_are_told_as_they_are_seen(page: Path) -> None:
    """Symptom, reason and remedy: a table with a line for each."""
    _, _, told = page.read_text().partition("\n## What goes wrong\n\n")
    rows = [line for line in told.partition("\n## ")[0].splitlines() if line.startswith("| ")]

    assert told.startswith(FAILURES)
    assert len(rows) > 1
    assert all(4 == len(re.findall(r"(?<!\\)\|", row)) for row in rows)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_name_on_a_page_is_a_name_in_the_code(page: Path) -> None:
    """What was renamed or deleted is not told any more."""
    told = {name for code in re.findall(r"`([^`\n]+)`", prose(page)) for name in NAME.findall(code)}

    assert set() == told - _names_in_the_code() - NAMES_OF_OTHERS


@cache
def _names_in_the_code() -> frozenset[str]:
    tops = ("constructs", "pilotlight", "lambda", "tests/hosting")
    files = (file for top in tops for file in (ROOT / top).rglob("*.py"))
    return frozenset(name for file in files for name in (file.stem, *NAME.findall(file.read_text())))
