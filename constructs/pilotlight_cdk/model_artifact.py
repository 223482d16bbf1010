"""Says where the files of a model are, and what its role needs to read exactly them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path

from aws_cdk import aws_s3 as s3
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.spec import FleetRefused, Refusal
from pilotlight.spec.model_files import ModelFiles
from pilotlight.spec.model_layout import layout_faults
from pilotlight_cdk.key_use import key_permissions
from pilotlight_cdk.location import Location
from pilotlight_cdk.pack_directory import files_to_pack
from pilotlight_cdk.permission import Permission
from pilotlight_cdk.upload_directory import upload_directory


@dataclass(frozen=True, slots=True)
class BoundArtifact:
    """Where an artefact is in S3.

    Attributes:
        uri: `s3://bucket/prefix/` or `s3://bucket/key.tar.gz`.
        source: what a spec says of it.
        permissions: what it takes to read it.
    """

    uri: str
    source: str
    permissions: tuple[Permission, ...]

    @property
    def is_prefix(self) -> bool:
        """Whether it is a prefix with the model's files, not one archive of them."""
        return self.uri.endswith("/")


class ModelArtifact(ABC):
    """The files of a model: a prefix, an archive, or a directory on this machine."""

    @staticmethod
    def from_bucket(bucket: s3.IBucket, key_or_prefix: str) -> ModelArtifact:
        """Take a `.tar.gz` object, or all objects below a prefix that ends in a slash, of a bucket."""
        return _InBucket(bucket, key_or_prefix)

    @staticmethod
    def from_uri(uri: str) -> ModelArtifact:
        """Take `s3://bucket/key.tar.gz` or `s3://bucket/prefix/`. The role gets no access to a KMS key."""
        return _AtUri(uri)

    @staticmethod
    def from_directory(directory: str | Path) -> ModelArtifact:
        """Pack a directory as model.tar.gz and upload it under the hash of its content.

        A `.modelignore` in it names what stays out, in gitignore patterns. The same content always has the
        same key, so an update never overwrites what instances still load.
        """
        return _Directory(Path(directory))

    def refuse_unfit(self, framework: str, where: object) -> None:
        """Raise FleetRefused at `where` when the image of a framework would not find what it looks for.

        Only a directory is looked into; what is in S3 already is not.
        """
        del framework, where

    @abstractmethod
    def bind(self, scope: Construct) -> BoundArtifact:
        """Make the artefact available to the stack of `scope`. Raises FleetRefused when it cannot be."""


@dataclass(frozen=True, slots=True)
class _InBucket(ModelArtifact):
    bucket: s3.IBucket
    key_or_prefix: str

    def bind(self, scope: Construct) -> BoundArtifact:
        del scope
        uri = self.bucket.s3_url_for_object(self.key_or_prefix)
        readable = _reading(self.bucket.bucket_arn, self.key_or_prefix)
        return BoundArtifact(uri, uri, (*readable, *key_permissions(self.bucket.encryption_key)))


@dataclass(frozen=True, slots=True)
class _AtUri(ModelArtifact):
    uri: str

    def bind(self, scope: Construct) -> BoundArtifact:
        name, slash, key = self.uri.removeprefix("s3://").partition("/")
        if not self.uri.startswith("s3://") or not name or not slash:
            allowed = "s3://bucket/key.tar.gz or s3://bucket/prefix/"
            raise FleetRefused(
                (Refusal("", None, f"{scope.node.path}.artifact", "not in S3", self.uri, allowed),)
            )
        return BoundArtifact(self.uri, self.uri, _reading(Location.of(scope).arn_of_bucket(name), key))


@dataclass(frozen=True, slots=True)
class _Directory(ModelArtifact):
    directory: Path

    def refuse_unfit(self, framework: str, where: object) -> None:
        files = ModelFiles(self.directory, files_to_pack(self.directory))
        found = tuple(layout_faults(framework, files))
        if found:
            placed = (str(self.directory / each.path) for each in found)
            raise FleetRefused(
                tuple(
                    replace(each, path=f"{where}.artifact: {at}")
                    for each, at in zip(found, placed, strict=True)
                )
            )

    def bind(self, scope: Construct) -> BoundArtifact:
        archive = upload_directory(scope, self.directory)
        bucket_arn = Location.of(scope).arn_of_bucket(archive.bucket_name)
        readable = Permission((actions.GET_OBJECT,), (f"{bucket_arn}/{archive.object_key}",))
        return BoundArtifact(archive.s3_object_url, str(self.directory), (readable,))


def _reading(bucket_arn: str, key_or_prefix: str) -> tuple[Permission, ...]:
    """To read the artefact and to see whether it is there."""
    is_prefix = key_or_prefix == "" or key_or_prefix.endswith("/")
    objects = f"{key_or_prefix}*" if is_prefix else key_or_prefix
    because = "a model that is a prefix has many files" if is_prefix else None
    return (
        Permission((actions.GET_OBJECT,), (f"{bucket_arn}/{objects}",), wildcard_because=because),
        Permission((actions.LIST_BUCKET,), (bucket_arn,), {"StringLike": {"s3:prefix": objects}}),
    )
