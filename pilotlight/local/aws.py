"""The way from the parts of the embedded AWS to the services of the emulator they live in."""

from __future__ import annotations

import os
from threading import Lock
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

from pilotlight.local.home import DEFAULT_ACCOUNT

_SECRET = "local"  # noqa: S105 - the emulator takes any, but clients must have one

_CONFIG = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"max_attempts": 3, "mode": "standard"},
    max_pool_connections=64,
    s3={"addressing_style": "path"},
    proxies={},  # the emulator is on this machine, whatever proxy the user has
)

_NO_USER_SETTINGS = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
"""botocore session variables that keep the user's profile and files out."""


class Aws:
    """Makes boto3 clients of the emulator that listens on `port` of this machine.

    An access key id of twelve digits selects the account in the emulator.
    """

    def __init__(self, port: int, region: str, account: str = DEFAULT_ACCOUNT) -> None:
        self.port = port
        self.region = region
        self.account = account
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = Lock()

    @property
    def endpoint_url(self) -> str:
        """The address of every service of the emulator."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def session(self) -> boto3.Session:
        """A new session with the account of the emulator; sessions are not thread-safe, clients are."""
        return boto3.Session(
            aws_access_key_id=self.account,
            aws_secret_access_key=_SECRET,
            region_name=self.region,
            botocore_session=botocore.session.Session(session_vars=_NO_USER_SETTINGS),
        )

    def client(self, service: str, region: str | None = None) -> Any:
        """The shared, thread-safe client of `service`. Default: in the region of this object."""
        key = (service, self.region if region is None else region)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self.session.client(
                    service, endpoint_url=self.endpoint_url, region_name=key[1], config=_CONFIG
                )
            return self._clients[key]

    def environment(self) -> dict[str, str]:
        """The environment variables that point any AWS tool at the emulator."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": _SECRET,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
