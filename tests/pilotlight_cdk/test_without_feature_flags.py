"""The constructs work in apps that have none of our feature flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight_cdk import Notify


@pytest.fixture
def bare_stack(tmp_path: Path):
    """A stack for any account and region, in an app without context."""
    from aws_cdk import App, Stack  # noqa: PLC0415 - after Node was found

    return Stack(App(outdir=str(tmp_path), analytics_reporting=False), "Bare")


def test_an_endpoint_needs_no_feature_flag_and_no_region(bare_stack, new_endpoint, resources_of) -> None:
    """With an image of its own even the region may be open."""
    new_endpoint(bare_stack, notify=Notify(status_table=True))
    resources = resources_of(bare_stack)

    assert resources.one("SageMaker::Endpoint")
    assert 2 == len(resources.all("S3::Bucket"))
