"""Puts together what a Lambda function of this project deploys: its modules and the libraries they use.

The modules come from the repository's `lambda/` or, in an installed wheel, from `pilotlight_cdk/_lambda`. The
libraries are copied out of the environment that runs synth: their versions are the locked ones, they are pure
Python, and neither Docker nor a network is needed. boto3 comes with the runtime. The same environment gives
the same bytes, hence the same asset hash.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

LIBRARIES = ("aws-lambda-powertools", "jmespath", "typing-extensions")
"""aws-lambda-powertools and what it requires."""

PLACES = (Path(__file__).parent / "_lambda", Path(__file__).parents[2] / "lambda")


@cache
def lambda_asset(function: str) -> Path:
    """The folder to deploy for a function, entry `handler.handler`; it is removed when this process ends.

    Raises:
        LookupError: there is no such function, or a library is not installed.
    """
    return assemble(function, Path(_workshop().name) / function)


def assemble(function: str, target: Path) -> Path:
    """Fill a new folder with the modules of a function and its libraries, and return it.

    Raises:
        LookupError: there is no such function, or a library is not installed.
    """
    for source, name in _parts(function):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(0o644)
    return target


def lambda_source(function: str) -> Path:
    """The folder with the modules of a function.

    Raises:
        LookupError: there is no such function.
    """
    for place in PLACES:
        if (place / function / "handler.py").is_file():
            return place / function
    known = sorted({entry.parent.name for place in PLACES for entry in place.glob("*/handler.py")})
    raise LookupError(f"no such lambda function, got {function!r}, allowed {', '.join(known)}")


def _parts(function: str) -> Iterator[tuple[Path, PurePosixPath]]:
    for module in lambda_source(function).glob("*.py"):
        yield module, PurePosixPath(module.name)
    for library in LIBRARIES:
        yield from _modules_of(library)


def _modules_of(library: str) -> Iterator[tuple[Path, PurePosixPath]]:
    try:
        installed = distribution(library)
    except PackageNotFoundError:
        raise LookupError(f"{library} is not installed, hint: pip install 'pilotlight[cdk]'") from None
    if installed.files is None:
        raise LookupError(f"{library} is installed without a list of its files, hint: install it with pip")
    for file in installed.files:
        if _is_deployed(file):
            yield Path(str(installed.locate_file(file))), PurePosixPath(file)


def _is_deployed(file: PurePosixPath) -> bool:
    """Whether an installed file belongs to the library: not compiled, no metadata, no command."""
    beside = any(part in ("..", "__pycache__") or part.endswith(".dist-info") for part in file.parts)
    return not beside and file.suffix != ".pyc"


@cache
def _workshop() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="pilotlight-lambda-", ignore_cleanup_errors=True)
