"""Each asset brings all it imports, except what Lambda's Python runtime has: boto3 and its libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from pilotlight_cdk.lambda_asset import lambda_asset

RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3")
IMPORTER = """
import json, sys
sys.path[:0] = sys.argv[1:]
import handler
assert callable(handler.handler)
print(json.dumps([m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)]))
"""


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the libraries of Lambda's runtime and nothing else."""
    folder = tmp_path_factory.mktemp("runtime")
    for library in RUNTIME:
        for top in {Path(file.parts[0]) for file in distribution(library).files or ()} - {Path("..")}:
            if top.suffix != ".dist-info":
                (folder / top).symlink_to(Path(str(distribution(library).locate_file(top))))
    return folder


@pytest.mark.parametrize("function", ["completion", "sweeper", "warm_up"])
def test_an_asset_imports_with_nothing_else_around(function: str, runtime: Path) -> None:
    """Without site-packages, environment or credentials the handler imports, from these folders only."""
    asset = lambda_asset(function)
    command = [sys.executable, "-I", "-S", "-B", "-c", IMPORTER, str(asset), str(runtime)]
    ran = subprocess.run(command, env={}, capture_output=True, text=True, check=True)

    places = (str(asset), str(runtime), str(Path(json.__file__).parents[1]))
    assert [] == [file for file in json.loads(ran.stdout) if not file.startswith(places)]
    assert str(asset / "aws_lambda_powertools" / "__init__.py") in json.loads(ran.stdout)
