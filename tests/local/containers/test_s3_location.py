"""S3 locations as SageMaker's API takes them."""

from __future__ import annotations

import pytest

from pilotlight.local.containers.s3_location import S3Location


@pytest.mark.parametrize(
    ("uri", "bucket", "key"),
    [
        ("s3://bucket/a/b.json", "bucket", "a/b.json"),
        ("s3://bucket/a?b#c d", "bucket", "a?b#c d"),
        ("s3://bucket", "bucket", ""),
        ("https://bucket.s3.us-east-1.amazonaws.com/a/b%20c", "bucket", "a/b c"),
        ("https://my.bucket.s3.cn-north-1.amazonaws.com.cn/a", "my.bucket", "a"),
        ("https://s3.us-east-1.amazonaws.com/bucket/a/b", "bucket", "a/b"),
    ],
)
def test_location_is_bucket_and_key(uri: str, bucket: str, key: str) -> None:
    """Both schemes name a bucket and a key; only web addresses are percent-encoded."""
    assert S3Location(bucket, key) == S3Location.parse(uri)


@pytest.mark.parametrize("uri", ["s3:///key", "https://example.com/bucket/key", "bucket/key", "ftp://s3/x"])
def test_fails_when_it_is_not_in_s3(uri: str) -> None:
    """Other addresses are refused with what is allowed."""
    with pytest.raises(ValueError, match=f"location must be s3://bucket/key .*, got {uri}"):
        S3Location.parse(uri)


@pytest.mark.parametrize(
    ("prefix", "key"), [("", "x"), ("out", "out/x"), ("out/", "out/x"), ("a/b//", "a/b/x")]
)
def test_name_goes_below_a_prefix_with_one_slash(prefix: str, key: str) -> None:
    """It does not matter whether a path in the configuration ends in a slash."""
    assert f"s3://bucket/{key}" == str(S3Location("bucket", prefix).below("x"))
