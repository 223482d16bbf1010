"""The pages of this repository, as their readers see them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""A block of code: its language and what is in it."""


def pages() -> list[Path]:
    """Every page, generated ones included."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def name_of(page: Path) -> str:
    """Its path in the repository, which is also the id of a test about it."""
    return page.relative_to(ROOT).as_posix()


def snippets(page: Path, language: str) -> list[str]:
    """Its blocks of code in a language."""
    return [code for found, code in FENCE.findall(page.read_text()) if found == language]


def prose(page: Path) -> str:
    """What is no block of code."""
    return FENCE.sub("", page.read_text())


def headings(page: Path) -> list[str]:
    """Its headings below the title."""
    return re.findall(r"^#{2,} (.+)$", prose(page), re.MULTILINE)
