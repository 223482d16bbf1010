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
from pilotlight_cdk.key_use import key_of, key_permissions
from pilotlight_cdk.permission import Permission, grant

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

    def permission(self, *what: str) -> Permission:
        """To do something with everything whose key begins like this one."""
        objects = self.bucket.arn_for_objects(f"{self.key}*")
        return Permission(what, (objects,), wildcard_because=MANY_OBJECTS)

    @property
    def listing(self) -> Permission:
        """To see what there is."""
        conditions = {"StringLike": {"s3:prefix": f"{self.key}*"}}
        return Permission((actions.LIST_BUCKET,), (self.bucket.bucket_arn,), conditions)


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

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """What the role of the model needs to read the input and write the output."""
        return (
            self.objects.permission(actions.GET_OBJECT),
            self.objects.listing,
            self.output.permission(actions.PUT_OBJECT, actions.ABORT_MULTIPART_UPLOAD),
            *self._keys,
        )

    def allow_caller(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody put records where they are read, and get the answers."""
        return grant(
            grantee,
            self.objects.permission(actions.PUT_OBJECT),
            self.output.permission(actions.GET_OBJECT),
            self.output.listing,
            *self._keys,
        )

    @property
    def _keys(self) -> tuple[Permission, ...]:
        """Records have the key of their bucket, answers that of the batch transform."""
        return key_permissions(self.key, key_of(self.objects.bucket, self.key))


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
