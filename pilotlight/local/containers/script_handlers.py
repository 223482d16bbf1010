"""The functions of a model's script, with the image's own where the script has none."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from pilotlight.local.containers.content_codec import TEXT_TYPES, decode, encode

Handler = Callable[..., Any]


class ScriptError(Exception):
    """A function of the script failed, or the script does not fit the image."""


class ScriptHandlers:
    """Calls the functions of a script as the scikit-learn image does.

    After sagemaker-scikit-learn-container v1.4.2, serving.py, and sagemaker-containers 2.8.6.post2,
    _transformer.py. Raises ScriptError when the script has both transform_fn and parts of it.
    """

    def __init__(self, script: ModuleType) -> None:
        parts = ("input_fn", "predict_fn", "output_fn")
        self._transform = getattr(script, "transform_fn", None)
        if self._transform is not None and any(hasattr(script, part) for part in parts):
            msg = "cannot use transform_fn together with input_fn, predict_fn or output_fn"
            raise ScriptError(msg)
        self._model_fn: Handler = getattr(script, "model_fn", default_model_fn)
        self._input_fn: Handler = getattr(script, "input_fn", default_input_fn)
        self._predict_fn: Handler = getattr(script, "predict_fn", default_predict_fn)
        self._output_fn: Handler = getattr(script, "output_fn", default_output_fn)

    def load(self, model_dir: str) -> Any:
        """The model, as model_fn returns it."""
        return self._model_fn(model_dir)

    def transform(self, model: Any, content: str | bytes, content_type: str, accept: str) -> Any:
        """What the script makes of a request: a body, or a body with its content type."""
        if self._transform is not None:
            return self._transform(model, content, content_type, accept)
        prediction = self._predict_fn(self._input_fn(content, content_type), model)
        return self._output_fn(prediction, accept)


def default_model_fn(model_dir: str) -> Any:
    """There is no way to load a scikit-learn model that fits all."""
    msg = f"the script must have a model_fn to load {model_dir}"
    raise NotImplementedError(msg)


def default_input_fn(content: str | bytes, content_type: str) -> Any:
    """The array in the body: of 32-bit numbers when it came as text."""
    array = decode(content, content_type)
    return array.astype("float32") if content_type in TEXT_TYPES else array


def default_predict_fn(data: Any, model: Any) -> Any:
    """The model's own predict."""
    return model.predict(data)


def default_output_fn(prediction: Any, accept: str) -> tuple[Any, str]:
    """The prediction as an array, in the accepted content type."""
    return encode(prediction, accept), accept
