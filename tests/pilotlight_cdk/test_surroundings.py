"""Key, buckets and topics: encrypted, private, and no more open than a service needs."""

from __future__ import annotations

from typing import Any

import pytest

SERVICES = {
    "cloudwatch.amazonaws.com",
    "events.amazonaws.com",
    "logs.us-east-1.amazonaws.com",
    "sns.amazonaws.com",
}


@pytest.fixture(scope="module")
def resources(new_stack, new_endpoint, resources_of) -> Any:
    """The resources of an endpoint that brings everything along."""
    stack = new_stack("Surroundings")
    new_endpoint(stack)
    return resources_of(stack)


def buckets(resources: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The bucket of the data and that of its access logs."""
    found = resources.all("S3::Bucket")
    (data,) = [each for each in found if "LoggingConfiguration" in each]
    (logs,) = [each for each in found if "LoggingConfiguration" not in each]
    return data, logs


def test_services_may_use_the_key_on_behalf_of_this_account(resources) -> None:
    """A stack that imports the key cannot add this, so the key says it once, with a condition each."""
    statements = resources.one("KMS::Key")["KeyPolicy"]["Statement"]
    services = {each["Principal"]["Service"]: each for each in statements if "Service" in each["Principal"]}

    assert SERVICES == {*services}
    assert all(each["Condition"]["ArnLike"] for each in services.values())


def test_in_china_the_logs_have_another_name(new_stack, new_endpoint, resources_of) -> None:
    """The one service whose principal carries region and suffix."""
    stack = new_stack(region="cn-north-1")
    new_endpoint(stack)

    assert "logs.cn-north-1.amazonaws.com.cn" in str(resources_of(stack).one("KMS::Key"))


def test_the_key_rotates_and_outlives_its_stack(resources) -> None:
    """What it encrypted would be lost with it."""
    (key,) = [each for each in resources.by_id.values() if each["Type"] == "AWS::KMS::Key"]

    assert key["Properties"]["EnableKeyRotation"] is True
    assert "Retain" == key["DeletionPolicy"]


def test_requests_and_answers_do_not_stay_for_ever(resources) -> None:
    """They expire, long after the six hours a request may wait; unfinished uploads go as well."""
    data, _ = buckets(resources)
    rules = {rule["Id"]: rule for rule in data["LifecycleConfiguration"]["Rules"]}

    assert ("async/", 30) == (
        rules["old-requests-and-answers"]["Prefix"],
        rules["old-requests-and-answers"]["ExpirationInDays"],
    )
    assert {"DaysAfterInitiation": 7} == rules["abandoned-uploads"]["AbortIncompleteMultipartUpload"]


def test_every_access_is_logged(resources) -> None:
    """The log bucket has S3's own encryption: S3 cannot write logs under a customer's key."""
    data, logs = buckets(resources)
    (encryption,) = logs["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert (
        "AWS::S3::Bucket"
        == resources.by_id[data["LoggingConfiguration"]["DestinationBucketName"]["Ref"]]["Type"]
    )
    assert "AES256" == encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"]


def test_buckets_are_private(resources) -> None:
    """No public access, and nothing without TLS."""
    for bucket in buckets(resources):
        assert all(bucket["PublicAccessBlockConfiguration"].values())
    denied = [each["PolicyDocument"]["Statement"][0] for each in resources.all("S3::BucketPolicy")]
    assert [("Deny", {"Bool": {"aws:SecureTransport": "false"}})] * 2 == [
        (each["Effect"], each["Condition"]) for each in denied
    ]
