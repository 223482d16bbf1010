"""Reads files that hold text: no more of them than there can be, and in words what is no text."""

from __future__ import annotations

from pathlib import Path

from pilotlight.spec.refusal import FleetRefused, Refusal


def text_of(file: Path, most_bytes: int) -> str:
    """Give what a file says, without the mark that some editors begin it with. Raises FleetRefused."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(most_bytes + 1)  # a device never ends
    except (OSError, ValueError) as error:  # a name with a null character is a wrong value
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise FleetRefused((Refusal(str(file), None, "", f"cannot be read: {reason}"),)) from None
    if len(raw) > most_bytes:
        what, got = "the file is too large", f"more than {most_bytes} bytes"
        raise FleetRefused((Refusal(str(file), None, "", what, got, f"{most_bytes} bytes"),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        got = f"the byte 0x{raw[error.start]:02x}"
        raise FleetRefused((Refusal(str(file), line, "", "not text", got, "UTF-8"),)) from None
