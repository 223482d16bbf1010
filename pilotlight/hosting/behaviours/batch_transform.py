"""What we claim about how a transform job takes objects apart, asks its model and writes the answers."""

from __future__ import annotations

from pilotlight.catalog.batch_transform import (
    CONTAINER_GUIDE,
    CREATE_TRANSFORM_JOB,
    DATA_PROCESSING_GUIDE,
    TRANSFORM_GUIDE,
)
from pilotlight.catalog.evidence import assumed
from pilotlight.hosting.behaviour import Behaviour

BEHAVIOURS = (
    Behaviour(
        "SplitType says what a record is: the object, a line, or a record of RecordIO or TFRecord.",
        "transform_records.records_of",
        CREATE_TRANSFORM_JOB,
    ),
    Behaviour(
        "Empty lines are no records.",
        "transform_records._lines",
        assumed("AWS does not say; a model could not answer them"),
    ),
    Behaviour(
        "MultiRecord fills a request with records of one object, SingleRecord sends each alone.",
        "mini_batches.mini_batches",
        CREATE_TRANSFORM_JOB,
    ),
    Behaviour(
        "What wraps a binary record is removed for SingleRecord only.",
        "transform_records.Record",
        CREATE_TRANSFORM_JOB,
    ),
    Behaviour(
        "A record larger than MaxPayloadInMB is an error.",
        "mini_batches.PayloadTooLargeError",
        TRANSFORM_GUIDE,
    ),
    Behaviour(
        "A MB has 1024 x 1024 bytes.",
        "mini_batches.MEGABYTE",
        assumed("AWS does not say which; the larger one refuses less"),
    ),
    Behaviour(
        "The request goes before /execution-parameters of the container, and that before the defaults.",
        "transform_settings.TransformSettings",
        CONTAINER_GUIDE,
    ),
    Behaviour(
        "The container is told by environment variables what the request says of batches.",
        "transform_settings.container_variables",
        CONTAINER_GUIDE,
    ),
    Behaviour(
        "InputFilter selects what the model sees, OutputFilter what is written of the joined record.",
        "transform_processing.Processing",
        DATA_PROCESSING_GUIDE,
    ),
    Behaviour(
        "A slice of a path holds both of its ends: $[1:4] selects four columns.",
        "json_path_selection._elements",
        DATA_PROCESSING_GUIDE,
    ),
    Behaviour(
        "A slice that reaches past the end of a record ends with it; an index there is an error.",
        "json_path_selection._element",
        assumed("the API says that indexes outside are an error, and nothing of slices"),
    ),
    Behaviour(
        "Joining appends columns to a row of CSV, and SageMakerOutput to an object of JSON.",
        "transform_processing.Processing.written",
        CREATE_TRANSFORM_JOB,
    ),
    Behaviour(
        "A request of many records is answered with as many lines, or else the object fails.",
        "transform_processing.Processing.answers_of",
        assumed("AWS joins records one by one, but does not say how it tells their answers apart"),
    ),
    Behaviour(
        "AssembleWith Line ends every answer with a new line that it does not have yet.",
        "transform_processing.assembled",
        assumed("the API says that a new line is added to every record, not what if the model wrote one"),
    ),
    Behaviour(
        "A manifest lists paths below its prefix.",
        "transform_objects.manifest_uris",
        CREATE_TRANSFORM_JOB,
    ),
    Behaviour(
        "Every object goes to one instance.",
        "transform_objects.shared_out",
        TRANSFORM_GUIDE,
    ),
    Behaviour(
        "Instances take objects in turn.",
        "transform_objects.shared_out",
        assumed("AWS does not say how objects are distributed"),
    ),
    Behaviour(
        "The answers of an object are written below the output path, at its path below the input, with .out.",
        "transform_objects.output_name",
        assumed("the example of the API drops one folder and keeps another; text and field use say this"),
    ),
)
