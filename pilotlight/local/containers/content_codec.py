"""Bodies to arrays and back, as the scikit-learn image does for scripts without input_fn or output_fn.

After sagemaker-containers 2.8.6.post2, _encoders.py, with one deliberate difference: NPY bodies that hold
pickled objects are refused here, because loading them would run what a caller sent.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

JSON = "application/json"
CSV = "text/csv"
NPY = "application/x-npy"
TEXT_TYPES = frozenset({JSON, CSV})
"""The content types whose bodies reach the script as text; it gets all others as bytes."""


class UnsupportedFormatError(Exception):
    """Nothing here reads or writes this content type."""

    def __init__(self, content_type: str) -> None:
        super().__init__(
            f"content type {content_type} is not supported by this framework, "
            "allowed application/json, text/csv and application/x-npy (or implement input_fn and output_fn)"
        )


def decode(body: Any, content_type: str) -> Any:
    """The array that a body holds; raises UnsupportedFormatError for other content types."""
    if content_type not in _DECODERS:
        raise UnsupportedFormatError(content_type)
    return _DECODERS[content_type](body)


def encode(array_like: Any, content_type: str) -> Any:
    """The body that holds an array; raises UnsupportedFormatError for other content types."""
    if content_type not in _ENCODERS:
        raise UnsupportedFormatError(content_type)
    return _ENCODERS[content_type](array_like)


def _json_to_numpy(text: str) -> Any:
    import numpy as np  # noqa: PLC0415 - most scripts bring their own input_fn: do not make them wait for it

    return np.array(json.loads(text))


def _csv_to_numpy(text: str) -> Any:
    import numpy as np  # noqa: PLC0415 - as above

    return np.array(list(csv.reader(io.StringIO(text), strict=True))).squeeze()


def _npy_to_numpy(body: bytes) -> Any:
    import numpy as np  # noqa: PLC0415 - as above

    return np.load(io.BytesIO(body), allow_pickle=False)


def _to_json(array_like: Any) -> str:
    return json.dumps(array_like, default=_as_list)


def _as_list(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    msg = f"object of type {type(value).__name__} is not JSON serializable"
    raise TypeError(msg)


def _to_csv(array_like: Any) -> str:
    import numpy as np  # noqa: PLC0415 - as above

    array = np.array(array_like)
    rows = io.StringIO()
    csv.writer(rows, lineterminator="\n").writerows(array.reshape(-1, 1) if array.ndim == 1 else array)
    return rows.getvalue()


def _to_npy(array_like: Any) -> bytes:
    import numpy as np  # noqa: PLC0415 - as above

    body = io.BytesIO()
    np.save(body, array_like)
    return body.getvalue()


_DECODERS: dict[str, Callable[[Any], Any]] = {JSON: _json_to_numpy, CSV: _csv_to_numpy, NPY: _npy_to_numpy}
_ENCODERS: dict[str, Callable[[Any], str | bytes]] = {JSON: _to_json, CSV: _to_csv, NPY: _to_npy}
