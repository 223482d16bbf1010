"""Answers the CDK CLI in place of Docker: an image is the directory that it would be built from.

Started as `python -m pilotlight.local.images.docker_stand_in <folder of the images> <arguments of docker>`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pilotlight.local.images.image_push import push
from pilotlight.local.images.image_store import ImageStore, ImageUnbuildable
from pilotlight.local.images.own_environment import RequirementsRefused

NO_SUCH_IMAGE = 1
"""What Docker ends with when there is no such image; the CDK CLI builds it then."""

UNKNOWN_COMMAND = 125


def main(arguments: Sequence[str]) -> int:
    """Do what the CDK CLI asks of Docker, and give the exit code."""
    folder, command, *options = arguments
    store = ImageStore(Path(folder))
    match command:
        case "build":
            return _build(store, options)
        case "inspect":
            return 0 if options[0] in store else NO_SUCH_IMAGE
        case "tag":
            store.tag(options[0], options[1])
            return 0
        case "push":
            push(options[0])
            return 0
        case "login" | "images":
            return 0  # the registry is the emulator's own
        case _:
            print(f"the embedded AWS has no Docker, and cannot `docker {command}`", file=sys.stderr)  # noqa: T201
            return UNKNOWN_COMMAND


def _build(store: ImageStore, options: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("docker build")
    parser.add_argument("--tag", required=True)
    asked, _ = parser.parse_known_args(options)
    try:
        store.build(asked.tag, Path.cwd())
    except (ImageUnbuildable, RequirementsRefused) as refused:
        print(refused, file=sys.stderr)  # noqa: T201 - the CDK CLI shows it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
