"""Reads a Python file without running it."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path


class NotPython(ValueError):  # noqa: N818 (its name says what happened)
    """A file is no Python, or none that can be read; `line` is where it stops to be, if that is known."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def parsed(file: Path) -> ast.Module:
    """Read a file. Raises NotPython."""
    try:
        if not file.is_file():
            raise NotPython("neither a file nor a link to one")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the author's editor says it better
            return ast.parse(file.read_bytes())
    except OSError as error:
        raise NotPython(f"cannot be read: {(error.strerror or type(error).__name__).lower()}") from None
    except SyntaxError as error:
        raise NotPython(error.msg, error.lineno) from None
    except (RecursionError, MemoryError):
        raise NotPython("nested too deeply") from None
