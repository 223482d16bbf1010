"""Where a batch transform reads its records and writes its answers, and who may touch them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog.naming import TransformPrefixes
from pilotlight.spec import TransformInput, TransformOutput
from pilotlight_cdk.data_bucket import DataBucket
from pilotlight_cdk.key_use import key_of, use_keys
from pilotlight_cdk.permission import allow

MANY_OBJECTS: Final = "a job reads every object below a prefix and writes one for each"


@dataclass(frozen=True, slots=True)
class Place:
    """A prefix or an object of a bucket."""

    bucket: s3.IBucket
    key: str

    @property
    def uri(self) -> str:
        """As `s3://bucket/key`."""
        return f"s3://{self.bucket.bucket_name}/{self.key}"

    @property
    def path(self) -> str:
        """The same without a slash at the end, for SageMaker adds it itself."""
        return self.uri.rstrip("/")

    @property
    def folder(self) -> Place:
        """What is beside it, itself included."""
        head, slash, _ = self.key.rpartition("/")
        return Place(self.bucket, f"{head}{slash}")

    def allow(self, grantee: iam.IGrantable, *what: str) -> iam.Grant:
        """Let somebody do something with everything whose key begins like this one."""
        objects = self.bucket.arn_for_objects(f"{self.key}*")
        return allow(grantee, what, (objects,), wildcard_because=MANY_OBJECTS)

    def allow_listing(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody see what there is."""
        conditions = {"StringLike": {"s3:prefix": f"{self.key}*"}}
        return allow(grantee, (actions.LIST_BUCKET,), (self.bucket.bucket_arn,), conditions=conditions)


@dataclass(frozen=True, slots=True)
class TransformStorage:
    """The input, the objects it stands for, and the output.

    `objects` is the folder of a manifest, or else the input itself.
    """

    source: Place
    objects: Place
    output: Place
    key: kms.IKey

    @classmethod
    def of(
        cls,
        scope: Construct,
        *,
        input: TransformInput,
        output: TransformOutput,
        bucket: s3.IBucket | None,
        prefixes: TransformPrefixes,
        key: kms.IKey,
    ) -> TransformStorage:
        """Take what the spec names, and the bucket for the rest; creates one when none is given."""
        own = _Own(scope, bucket, key)
        is_manifest = input.s3_data_type == "ManifestFile"
        source = own.place("Input", input.s3_uri, prefixes.manifest if is_manifest else prefixes.input)
        objects = source.folder if is_manifest else source
        return cls(source, objects, own.place("Output", output.s3_output_path, prefixes.output), key)

    def allow_model(self, role: iam.IGrantable) -> None:
        """Let the role of the model read the input and write the output."""
        self.objects.allow(role, actions.GET_OBJECT)
        self.objects.allow_listing(role)
        self.output.allow(role, actions.PUT_OBJECT, actions.ABORT_MULTIPART_UPLOAD)
        self._use_keys(role)

    def allow_caller(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody put records where they are read, and get the answers."""
        grant = self.objects.allow(grantee, actions.PUT_OBJECT)
        grant = grant.combine(self.output.allow(grantee, actions.GET_OBJECT))
        grant = grant.combine(self.output.allow_listing(grantee))
        self._use_keys(grantee)
        return grant

    def _use_keys(self, grantee: iam.IGrantable) -> None:
        """Records have the key of their bucket, answers that of the batch transform."""
        use_keys(grantee, self.key, key_of(self.objects.bucket, self.key))


class _Own:
    """Finds places: in a bucket that is named, or in the one of the batch transform."""

    def __init__(self, scope: Construct, bucket: s3.IBucket | None, key: kms.IKey) -> None:
        self._scope, self._bucket, self._key = scope, bucket, key

    def place(self, id: str, uri: str | None, default_key: str) -> Place:
        if uri is None:
            return Place(self._own_bucket(), default_key)
        name, _, key = uri.removeprefix("s3://").partition("/")
        return Place(s3.Bucket.from_bucket_name(self._scope, f"{id}Bucket", name), key)

    def _own_bucket(self) -> s3.IBucket:
        if self._bucket is None:
            self._bucket = DataBucket(self._scope, "Data", encryption_key=self._key).bucket
        return self._bucket
