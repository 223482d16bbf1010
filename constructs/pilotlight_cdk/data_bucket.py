"""The bucket of requests, answers and models, with the bucket of its access logs."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from pilotlight.catalog.naming import async_prefixes

ASYNC_RETENTION = Duration.days(30)
"""How long requests and answers are kept: far longer than the 6 hours that a request may wait."""

ABANDONED_UPLOADS = Duration.days(7)
ACCESS_LOG_RETENTION = Duration.days(90)


class DataBucket(Construct):
    """Keeps what endpoints read and write: encrypted, private, over TLS only.

    Requests and answers of asynchronous endpoints expire, models, captured data, dumps and what batch
    transforms read and write do not; unfinished uploads are removed. Both buckets outlive their stack.

    Attributes:
        bucket: holds the data, encrypted with the customer-managed key.
        access_log_bucket: holds its access logs. S3 can write them only where S3's own key encrypts
            (Amazon S3 User Guide, Enabling Amazon S3 server access logging).
    """

    def __init__(self, scope: Construct, id: str, *, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id)
        self.access_log_bucket = self._build_access_log_bucket()
        self.bucket = self._build_bucket(encryption_key)

    def _build_access_log_bucket(self) -> s3.Bucket:
        return s3.Bucket(
            self,
            "AccessLogs",
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[s3.LifecycleRule(id="old-access-logs", expiration=ACCESS_LOG_RETENTION)],
        )

    def _build_bucket(self, encryption_key: kms.IKey) -> s3.Bucket:
        return s3.Bucket(
            self,
            "Resource",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=encryption_key,
            bucket_key_enabled=True,
            enforce_ssl=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=RemovalPolicy.RETAIN,
            server_access_logs_bucket=self.access_log_bucket,
            server_access_logs_prefix="data/",
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="old-requests-and-answers", prefix=_root_of_requests(), expiration=ASYNC_RETENTION
                ),
                s3.LifecycleRule(
                    id="abandoned-uploads", abort_incomplete_multipart_upload_after=ABANDONED_UPLOADS
                ),
            ],
        )


def _root_of_requests() -> str:
    """Give what the prefixes of all asynchronous endpoints begin with: `async/`."""
    return async_prefixes("/key/").input.partition("/key/")[0]
