"""The functions may import nothing of ours and repeat a few names; here they meet the catalogue."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

from pilotlight.catalog import limits, multi_model
from pilotlight.catalog import status_table as catalog
from pilotlight.catalog import warm_up as warm_up_catalog
from tests.lambda_functions.conftest import load

LAMBDA = Path(__file__).resolve().parents[2] / "lambda"


def test_the_completion_function_agrees_with_the_catalogue(completion_modules: SimpleNamespace) -> None:
    """Keys, states, what is pending, event source and detail types."""
    table, announcement = completion_modules.status_table, completion_modules.announcement

    assert (catalog.PARTITION_KEY, catalog.TTL_ATTRIBUTE) == (table.PARTITION_KEY, table.TTL_ATTRIBUTE)
    assert (catalog.OVERDUE_INDEX_PARTITION_KEY, catalog.OVERDUE_INDEX_SORT_KEY) == table.INDEX_ATTRIBUTES
    assert (catalog.Status.SUBMITTED, catalog.Pending.EVENT) == (table.SUBMITTED, table.EVENT)
    assert set(catalog.DETAIL_TYPES) == set(completion_modules.notification.FINAL)
    assert catalog.EVENT_SOURCE == announcement.EVENT_SOURCE
    assert catalog.DETAIL_TYPES == {
        status: announcement.detail_type(status) for status in catalog.DETAIL_TYPES
    }


def test_the_sweeper_agrees_with_the_catalogue(sweeper_modules: SimpleNamespace) -> None:
    """Index, its keys, and what may be pending."""
    sweep = sweeper_modules.sweep

    assert catalog.OVERDUE_INDEX == sweep.OVERDUE_INDEX
    assert (catalog.OVERDUE_INDEX_PARTITION_KEY, catalog.OVERDUE_INDEX_SORT_KEY) == sweep.INDEX_KEYS
    assert set(catalog.Pending) == set(sweep.PENDING)


def test_inference_ids_have_the_length_aws_allows(completion_modules: SimpleNamespace) -> None:
    """The limit is the catalogue's."""
    assert limits.INFERENCE_ID.maximum == completion_modules.notification.INFERENCE_ID_LENGTH


def test_each_function_reads_the_variables_the_constructs_set() -> None:
    """No variable is read that nobody sets, and none is set that nobody reads."""
    assert set(catalog.COMPLETION_ENVIRONMENT) == _variables_read("completion")
    assert set(catalog.SWEEPER_ENVIRONMENT) == _variables_read("sweeper")
    assert set(warm_up_catalog.ENVIRONMENT) == _variables_read("warm_up")


def test_the_warm_up_function_agrees_with_the_catalogue() -> None:
    """Metrics, where samples lie, and how long an invocation may take."""
    modules = load("warm_up")
    handler = modules.handler

    assert (warm_up_catalog.NAMESPACE, warm_up_catalog.DIMENSION) == (handler.NAMESPACE, handler.DIMENSION)
    metrics = (warm_up_catalog.MODELS_LOADED, warm_up_catalog.MODELS_FAILED, warm_up_catalog.MODELS_SKIPPED)
    assert metrics == tuple(handler.COUNTS.values())
    assert (warm_up_catalog.WARM_UP_TIME, warm_up_catalog.SERVICE) == (handler.TIME, handler.SERVICE)
    assert f"a/v1{warm_up_catalog.SAMPLE_SUFFIX}" == modules.sample.sample_name("a/v1.tar.gz")
    assert warm_up_catalog.PATIENCE == handler.PATIENCE
    assert multi_model.MODEL_MEMORY_METADATA == modules.models.MEMORY_METADATA


def _variables_read(function: str) -> set[str]:
    sources = "".join(module.read_text() for module in (LAMBDA / function).glob("*.py"))
    return set(re.findall(r'environ(?:ment)?\["(\w+)"\]', sources))
