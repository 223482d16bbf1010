"""Names of buckets: what S3 never has is refused before anything is made of it, wherever it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from pilotlight.catalog.buckets import BUCKET_NAME
from pilotlight.spec import ModelSpec, Refusal, build
from pilotlight.spec.bucket import BucketName
from pilotlight.spec.from_file import FROM_FILE
from tests.spec.single_faults import broken
from tests.spec.smallest_endpoints import smallest

Refuse = Callable[..., tuple[Refusal, ...]]

IMPOSSIBLE = (
    "",
    "b",
    "ab",
    "Models",
    "two..dots",
    ".models",
    "models.",
    "-models",
    "models-",
    "a.-b",
    "a-.b",
    "under_score",
    "with space",
    "192.168.5.4",
    "mödels",
    "models\n",
    "x" * 64,
)
PLACES = {
    "model.source": ("async", "s3://{}/model.tar.gz"),
    "input.s3_uri": ("batch-transform", "s3://{}/in/"),
    "output.s3_output_path": ("batch-transform", "s3://{}/out/"),
    "components.ocr.adapters.legal.source": ("inference-components", "s3://{}/legal.tar.gz"),
}
"""Key of an endpoint that names a place in S3 → a kind that has it, and a value without its bucket."""


def is_name(name: str, context: str | None = None) -> bool:
    """Whether a text is taken as the name of a bucket."""
    try:
        TypeAdapter(BucketName).validate_python(name, context=context)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_fails_when_s3_has_no_bucket_of_this_name(name: str) -> None:
    """Each breaks one rule of S3's."""
    assert not is_name(name)


@pytest.mark.parametrize("name", ["abc", "my.models", "amzn-s3-models", "123", "1.2.3", "a--b", "x" * 63])
def test_every_other_name_is_taken(name: str) -> None:
    """Dots and hyphens are fine where S3 takes them."""
    assert is_name(name)


@given(st.text("ab.-", max_size=66))
def test_a_name_is_what_its_rules_say(name: str) -> None:
    """The pattern says no more and no less than the rules one by one."""
    ends = bool(name) and not {name[0], name[-1]} & {".", "-"}
    apart = not any(pair in name for pair in ("..", ".-", "-."))

    assert is_name(name) == (BUCKET_NAME.allows(len(name)) and ends and apart)


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("name", ["b", "Models", "two..dots", "${AWS::AccountId}-models"])
def test_fails_wherever_a_fleet_file_says_it(refuse: Refuse, path: str, name: str) -> None:
    """One refusal, at the key, that shows the name alone."""
    kind, uri = PLACES[path]
    fleet = broken(smallest(kind), ["endpoints", "ocr", *path.split(".")], uri.format(name))
    (refusal,) = refuse(yaml.safe_dump(fleet))

    assert f"endpoints.ocr.{path}" == refusal.path
    assert refusal.got in {name, uri.format(name)}
    assert refusal.allowed


@pytest.mark.parametrize("key", ["*", "a?", "{a}", "${Key}", "a\nb", "a\x7f"])
def test_fails_when_a_policy_would_take_a_key_for_others(refuse: Refuse, key: str) -> None:
    """The role may read exactly the files of its model, and no policy could say so."""
    fleet = broken(smallest("async"), ["endpoints", "ocr", "model", "source"], f"s3://models/{key}/")
    (refusal,) = refuse(yaml.safe_dump(fleet))

    assert "not a key that a policy can name" == refusal.what
    assert "endpoints.ocr.model.source" == refusal.path


@pytest.mark.parametrize("key", ["", "a b", "é", "a:b@c", "(1)", "'", "$x", "a%20b"])
def test_any_other_key_is_taken(key: str) -> None:
    """S3 takes what UTF-8 can write."""
    assert build(ModelSpec, image="c:1", source=f"s3://models/{key}/")


def test_what_only_a_deployment_knows_is_taken_out_of_a_template() -> None:
    """But not out of a fleet file, where nothing would ever fill it in."""
    name = "cdk-hnb659fds-assets-${AWS::AccountId}-us-east-1"

    assert is_name(name)
    assert is_name("${Bucket}")
    assert not is_name(name, FROM_FILE)
    assert not is_name("${Bucket}_x")
    assert build(ModelSpec, image="c:1", source=f"s3://{name}/${{Key}}.tar.gz")
