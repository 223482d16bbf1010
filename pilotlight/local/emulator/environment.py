"""The environment of the emulator process: read by ministack when it is imported, so it is set before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pilotlight.local.aws import Aws

_NOT_INHERITED = ("AWS_", "MINISTACK_", "LAMBDA_", "GATEWAY_", "EDGE_", "LOCALSTACK_")


def emulator_environment(inherited: Mapping[str, str], aws: Aws, temporary: Path) -> dict[str, str]:
    """What the emulator, its Lambda functions and its containers run in.

    Nothing of the user's AWS settings reaches it; it listens on this machine only, keeps everything in memory
    or in `temporary`, opens no further port and touches no Docker.
    """
    kept = {key: value for key, value in inherited.items() if not key.startswith(_NOT_INHERITED)}
    return {
        **kept,
        **aws.environment(),
        "GATEWAY_PORT": str(aws.port),
        "MINISTACK_ACCOUNT_ID": aws.account,
        "MINISTACK_REGION": aws.region,
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "LAMBDA_EXECUTOR": "local",
        "LAMBDA_STRICT": "0",
        "DOCKER_HOST": f"unix://{temporary}/no-docker.sock",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "0",
        "S3_PERSIST": "0",
        "STATE_DIR": str(temporary / "state"),
        "S3_DATA_DIR": str(temporary / "s3"),
        "TMPDIR": str(temporary),
        "LOG_LEVEL": kept.get("LOG_LEVEL", "WARNING"),
    }
