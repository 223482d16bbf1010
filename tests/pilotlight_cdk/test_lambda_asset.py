"""The folders that are deployed as Lambda functions: complete, clean, reproducible."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest

from pilotlight_cdk import lambda_asset as asset_module
from pilotlight_cdk.lambda_asset import LIBRARIES, assemble, lambda_asset, lambda_source

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ["completion", "sweeper"]


@pytest.fixture
def umask() -> Iterator[None]:
    """Puts the process's umask back."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes()) for path in files}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_asset_has_the_function_s_modules_and_its_libraries(function: str) -> None:
    """All modules lie beside handler.py, unchanged, and the libraries beside them."""
    asset = lambda_asset(function)
    modules = sorted((ROOT / "lambda" / function).glob("*.py"))

    assert [module.read_bytes() for module in modules] == [
        (asset / module.name).read_bytes() for module in modules
    ]
    assert (asset / "handler.py").is_file()
    others = {path.name for path in asset.iterdir()} - {module.name for module in modules}
    assert {"aws_lambda_powertools", "jmespath", "typing_extensions.py"} == others


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_asset_holds_nothing_compiled_and_no_metadata(function: str) -> None:
    """Bytecode and installation records differ between machines, so they would change the asset's hash."""
    noise = re.compile(r"__pycache__|\.py[co]$|\.so$|\.dist-info|/RECORD$|^bin/")

    assert [] == [name for name in _contents(lambda_asset(function)) if noise.search(name)]


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_same_environment_gives_the_same_bytes(function: str, tmp_path: Path) -> None:
    """Neither the folder nor the umask of whoever synthesizes shows in an asset."""
    os.umask(0o022)
    first = _contents(assemble(function, tmp_path / "first"))
    os.umask(0o077)

    assert first == _contents(assemble(function, tmp_path / "elsewhere" / "second"))


def test_every_library_a_library_requires_is_deployed() -> None:
    """A new requirement of a library shows here before it is missing on Lambda."""
    needed = [line for library in LIBRARIES for line in requires(library) or () if "extra ==" not in line]
    names = {re.split(r"[<>=!~; \[]", line)[0].lower().replace("_", "-") for line in needed}

    assert names <= set(LIBRARIES)


def test_an_installed_wheel_brings_its_own_sources(tmp_path: Path) -> None:
    """Beside the installed module lies `_lambda`; there is no repository to look into."""
    package = tmp_path / "site-packages" / "pilotlight_cdk"
    (package / "_lambda").mkdir(parents=True)
    shutil.copy(ROOT / "constructs/pilotlight_cdk/lambda_asset.py", package)
    shutil.copytree(ROOT / "lambda/sweeper", package / "_lambda/sweeper")
    code = "import lambda_asset; print(lambda_asset.lambda_source('sweeper'))"
    command = [sys.executable, "-B", "-c", code]
    ran = subprocess.run(command, cwd=package, capture_output=True, text=True, check=True)

    assert str(package / "_lambda/sweeper") == ran.stdout.strip()


def test_the_repository_uses_its_own_sources() -> None:
    """An editable installation copies lambda/ somewhere when it is made; that stale copy is not used."""
    assert ROOT / "lambda/completion" == lambda_source("completion")


def test_fails_when_the_function_is_unknown() -> None:
    """The refusal names what there is."""
    with pytest.raises(LookupError, match="got 'complete', allowed completion, sweeper"):
        lambda_asset("complete")


def test_fails_when_a_library_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal says which and how to get it."""
    monkeypatch.setattr(asset_module, "LIBRARIES", ("no-such-library",))

    with pytest.raises(
        LookupError, match=r"no-such-library is not installed, hint: pip install 'pilotlight\[cdk\]'"
    ):
        assemble("sweeper", tmp_path / "asset")


def test_assets_are_gone_when_the_process_ends() -> None:
    """Synth leaves nothing in the temporary folder; CDK has copied the asset by then."""
    code = "import lambda_asset; print(lambda_asset.lambda_asset('sweeper'))"
    command, module = [sys.executable, "-B", "-c", code], ROOT / "constructs/pilotlight_cdk"
    ran = subprocess.run(command, cwd=module, capture_output=True, text=True, check=True)

    assert ran.stdout.strip().endswith("/sweeper")
    assert not Path(ran.stdout.strip()).parent.exists()
