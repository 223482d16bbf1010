"""Input is checked against the service's own model: every fault, in one pass, in AWS's words."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.emulator.json_service import checked, input_shape
from pilotlight.local.emulator.shape_check import faults

pytestmark = pytest.mark.thorough

VARIANT = {
    "VariantName": "AllTraffic",
    "ModelName": "m",
    "InstanceType": "ml.m5.large",
    "InitialInstanceCount": 1,
}


def _config(**variant: Any) -> dict[str, Any]:
    return {"EndpointConfigName": "c", "ProductionVariants": [VARIANT | variant]}


def _refused(**variant: Any) -> list[tuple[str, str]]:
    found = faults(input_shape("sagemaker", "CreateEndpointConfig"), _config(**variant))
    return [(path.rpartition(".")[2], constraint) for path, _, constraint in found]


def test_accepts_what_the_model_allows() -> None:
    """A valid request comes back as it was."""
    assert _config() == checked("sagemaker", "CreateEndpointConfig", _config())


@pytest.mark.parametrize(
    ("variant", "member", "constraint"),
    [
        (
            {"InitialInstanceCount": 0},
            "initialInstanceCount",
            "Member must have value greater than or equal to 1",
        ),
        ({"VolumeSizeInGB": 513}, "volumeSizeInGB", "Member must have value less than or equal to 512"),
        ({"VariantName": "-x"}, "variantName", "Member must satisfy regular expression pattern"),
        ({"InitialInstanceCount": "1"}, "initialInstanceCount", "Member must be a integer"),
        ({"InitialInstanceCount": True}, "initialInstanceCount", "Member must be a integer"),
        ({"InstanceTyp": "ml.m5.large"}, "instanceTyp", "Member must be one of"),
        ({"VariantName": "x" * 64}, "variantName", "Member must have length less than or equal to 63"),
        ({"RoutingConfig": {}}, "routingStrategy", "Member must not be null"),
    ],
)
def test_fails_when_a_member_is_not_allowed(variant: dict[str, Any], member: str, constraint: str) -> None:
    """Ranges, lengths, patterns, types, unknown and missing members are each named."""
    found = _refused(**variant)

    assert member == found[0][0]
    assert found[0][1].startswith(constraint)


def test_fails_when_an_instance_type_does_not_exist() -> None:
    """The enum of the service model decides."""
    [(member, constraint)] = _refused(InstanceType="ml.nonsense.large")

    assert "instanceType" == member
    assert "ml.m5.large" in constraint


def test_names_all_faults_at_once() -> None:
    """A caller mends everything in one go."""
    request = {"ProductionVariants": [VARIANT | {"VolumeSizeInGB": 0}]}

    with pytest.raises(ValidationError) as refusal:
        checked("sagemaker", "CreateEndpointConfig", request)

    assert "2 validation errors detected: Value null at 'endpointConfigName'" in refusal.value.message
    assert "Value 0 at 'productionVariants.1.member.volumeSizeInGB'" in refusal.value.message


def test_leaves_out_patterns_of_another_engine() -> None:
    """Application Auto Scaling's patterns name surrogates, which Python's engine cannot compile."""
    request = {
        "ServiceNamespace": "sagemaker",
        "ResourceId": "endpoint/e/variant/v",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
    }

    assert request == checked("application-autoscaling", "RegisterScalableTarget", request)
