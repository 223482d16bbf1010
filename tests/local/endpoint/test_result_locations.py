"""Where answers and failures go."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pilotlight.local.control_plane.async_inference_record import AsyncInferenceRecord
from pilotlight.local.endpoint.async_invocation import AsyncInvocation
from pilotlight.local.endpoint.result_locations import result_locations

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def config(**output: Any) -> AsyncInferenceRecord:
    """The asynchronous part of a configuration."""
    return AsyncInferenceRecord.parse({"OutputConfig": {"S3OutputPath": "s3://data/out", **output}})


def locations(given: AsyncInferenceRecord, **invocation: Any) -> tuple[str, str]:
    """Output and failure location of a request with the inference id `mine`."""
    found = result_locations(AsyncInvocation("tickets", body=b"x", **invocation), "mine", given)
    return str(found.output), str(found.failure)


def test_generated_name_follows_from_the_inference_id_but_is_not_it() -> None:
    """Callers must take the location from the answer: real names are UUIDs of their own."""
    output, failure = locations(config(S3FailurePath="s3://data/failed/"))

    assert re.fullmatch(rf"s3://data/out/{UUID}\.out", output)
    assert output.replace("/out/", "/failed/").replace(".out", "-error.out") == failure
    assert (output, failure) == locations(config(S3FailurePath="s3://data/failed/"))


def test_filename_and_extension_are_the_callers() -> None:
    """S3OutputPath, then S3OutputPathExtension, then Filename."""
    given = {"filename": "answer.json", "output_path_extension": "tenant/7/"}

    assert ("s3://data/out/tenant/7/answer.json", "s3://bad/tenant/7/answer-error.out") == locations(
        config(S3FailurePath="s3://bad"), **given
    )


def test_failures_go_to_the_output_path_when_there_is_no_other() -> None:
    """S3FailurePath may be left out."""
    assert locations(config())[1].startswith("s3://data/out/")


def test_fails_when_there_is_no_output_path() -> None:
    """A configuration without S3OutputPath has nowhere to put answers."""
    with pytest.raises(ValueError, match="has no S3OutputPath"):
        locations(AsyncInferenceRecord.parse({"OutputConfig": {}}))
