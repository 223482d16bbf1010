"""A right description of an ensemble, and ways to break one rule of it: path, value, where, what is wrong."""

from __future__ import annotations

from typing import Any

RIGHT: dict[str, Any] = {
    "name": "acme",
    "max_batch_size": 4,
    "input": {"TEXT": {"data_type": "STRING", "dims": [1]}},
    "output": {"SUM": {"data_type": "FP32", "dims": [2]}},
    "steps": {
        "count": {
            "backend": "python",
            "files": {"model.py": "count.py"},
            "input": {"TEXT": {"data_type": "STRING", "dims": [1]}},
            "output": {"COUNTS": {"data_type": "FP32", "dims": [3]}},
            "output_map": {"COUNTS": "counts"},
            "instance_groups": {"cpu": {"kind": "CPU", "count": 2}},
            "parameters": {"language": "en"},
        },
        "add": {
            "backend": "python",
            "files": {"model.py": "add.py"},
            "input": {"ROW": {"data_type": "FP32", "dims": [-1]}},
            "output": {"SUM": {"data_type": "FP32", "dims": [2]}},
            "input_map": {"ROW": "counts"},
            "dynamic_batching": {"preferred_batch_size": [2, 4], "max_queue_delay_microseconds": 100},
        },
    },
}

BROKEN: list[tuple[str, Any, str | None, str]] = [
    ("name", "Acme", "name", "not a name"),
    ("name", "a" * 129, "name", "not a name"),
    ("nam", "x", "nam", "unknown key"),
    ("max_batch_size", -1, "max_batch_size", "too small"),
    ("max_batch_size", 2.5, "max_batch_size", "not a whole number"),
    ("input", {}, "input", "empty"),
    ("input.TEXT.data_type", "BYTES", "input.TEXT.data_type", "unknown data type"),
    ("input.TEXT.data_type", "TYPE_STRING", "input.TEXT.data_type", "unknown data type"),
    ("input.TEXT.data_type", "FP32", "steps.count.input.TEXT", "another data type"),
    ("input.TEXT.dims", [], "input.TEXT.dims", "no dimension"),
    ("input.TEXT.dims", [0], "input.TEXT.dims", "not a dimension"),
    ("input.TEXT.dims", [-2], "input.TEXT.dims", "not a dimension"),
    ("input.TEXT.dims", 1, "input.TEXT.dims", "not a list"),
    ("input.TEXT.dims", [1, 1], "steps.count.input.TEXT", "another shape"),
    ("input.TEXT.shape", [1], "input.TEXT.shape", "unknown key"),
    ("input.LANGUAGE", {"data_type": "STRING", "dims": [1]}, "input.LANGUAGE", "nothing uses this tensor"),
    ("output.SUM.data_type", "FP64", "output.SUM", "another data type"),
    ("output.SUM.dims", [3], "output.SUM", "another shape"),
    ("output.MEAN", {"data_type": "FP32", "dims": [2]}, "output.MEAN", "nothing makes this tensor"),
    ("steps.Add", {}, "steps.Add", "not a name"),
    ("steps.add.backend", "pyton", "steps.add.backend", "unknown backend"),
    ("steps.add.files", {}, "steps.add.files", "empty"),
    (
        "steps.add.files",
        {"../model.py": "add.py"},
        "steps.add.files.../model.py",
        "not a path inside the folder",
    ),
    ("steps.add.files.x", "/etc/passwd", "steps.add.files.x", "not a path inside the folder"),
    ("steps.add.files.x", "../secret", "steps.add.files.x", "not a path inside the folder"),
    ("steps.add.input.ROW.dims", [4], "steps.add.input_map.ROW", "another shape"),
    ("steps.add.input.ROW.data_type", "INT32", "steps.add.input_map.ROW", "another data type"),
    ("steps.add.input_map.ROW", "count", "steps.add.input_map.ROW", "nothing makes this tensor"),
    ("steps.add.input_map.COLUMN", "counts", "steps.add.input_map.COLUMN", "no such input"),
    ("steps.add.output_map", {"SUMS": "SUM"}, "steps.add.output_map.SUMS", "no such output"),
    ("steps.count.output_map.COUNTS", "SUM", "steps.add.output.SUM", "made twice"),
    ("steps.add.dynamic_batching.preferred_batch_size", [8], None, "larger than max_batch_size"),
    ("steps.add.dynamic_batching.preferred_batch_size", [0], None, "too small"),
    ("steps.add.dynamic_batching.max_queue_delay_microseconds", -1, None, "too small"),
    ("steps.add.instance_groups", {"a": {"count": 0}}, "steps.add.instance_groups.a.count", "too small"),
    (
        "steps.add.instance_groups",
        {"a": {"kind": "TPU"}},
        "steps.add.instance_groups.a.kind",
        "unknown value",
    ),
    ("steps.count.instance_groups.cpu.gpus", [0], None, "GPUs for instances of kind CPU"),
    ("steps.count.parameters.workers", 4, None, "not text"),
    ("max_batch_size", 0, "steps.add.dynamic_batching", "batches of a model that takes none"),
]
"""The place is that of the fault; None where it is that of the value."""
