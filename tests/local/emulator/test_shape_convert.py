"""CloudFormation accepts texts where an API wants numbers; we turn them into what the API takes."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.json_service import checked, input_shape
from pilotlight.local.emulator.shape_convert import converted

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"InitialInstanceCount": "2"}, {"InitialInstanceCount": 2}),
        ({"InitialVariantWeight": "0.5"}, {"InitialVariantWeight": 0.5}),
        ({"EnableSSMAccess": "True"}, {"EnableSSMAccess": True}),
        ({"VariantName": 7}, {"VariantName": "7"}),
        ({"VariantName": True}, {"VariantName": "true"}),
        ({"Unknown": "2"}, {"Unknown": "2"}),
    ],
)
def test_turns_texts_into_what_the_api_takes(given: dict[str, Any], expected: dict[str, Any]) -> None:
    """In structures inside lists too; what the model does not know stays."""
    shape = input_shape("sagemaker", "CreateEndpointConfig")

    assert {"ProductionVariants": [expected]} == converted(shape, {"ProductionVariants": [given]})


def test_environment_numbers_become_texts() -> None:
    """A template may give an environment variable as a number."""
    given = {"PrimaryContainer": {"Environment": {"WORKERS": 4}}}

    request = converted(input_shape("sagemaker", "CreateModel"), given)

    assert {"WORKERS": "4"} == request["PrimaryContainer"]["Environment"]


def test_leaves_what_is_no_number_for_the_check() -> None:
    """A text that is no number is refused by the check, with its value."""
    shape = input_shape("application-autoscaling", "RegisterScalableTarget")
    request = converted(shape, {"MinCapacity": "two"})

    assert {"MinCapacity": "two"} == request
    with pytest.raises(Exception, match="'two' at 'minCapacity'"):
        checked("application-autoscaling", "RegisterScalableTarget", request)
