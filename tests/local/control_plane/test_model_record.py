"""A model of a request becomes a record once; what is not given stays not given, and 0 stays 0."""

from __future__ import annotations

from datetime import UTC, datetime

from pilotlight.local.control_plane.container_definition import S3ModelData
from pilotlight.local.control_plane.model_record import ModelRecord

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_model_has_its_containers_in_order() -> None:
    """The primary container is a list of one."""
    container = {
        "Image": "i",
        "Environment": {"WORKERS": 0},
        "ModelDataSource": {
            "S3DataSource": {
                "S3Uri": "s3://b/m/",
                "S3DataType": "S3Prefix",
                "CompressionType": "None",
            }
        },
    }

    [parsed] = ModelRecord.parse({"PrimaryContainer": container}, name="m", arn="a", created=NOW).containers
    chain = ModelRecord.parse(
        {"Containers": [{"Image": "1"}, {"Image": "2"}]}, name="m", arn="a", created=NOW
    )

    assert S3ModelData("s3://b/m/", "S3Prefix", "None") == parsed.model_data
    assert {"WORKERS": "0"} == parsed.environment
    assert ["1", "2"] == [each.image for each in chain.containers]
