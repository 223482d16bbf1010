"""Refreshing the images: the SDK's rules for tags, on a small copy of its data."""

from __future__ import annotations

import json
import zipfile
from typing import Any

import pytest

from scripts.refresh_images import FRAMEWORKS, images_json

HERE = {"us-east-1": "111111111111"}
CPU = {
    "processors": ["cpu"],
    "py_versions": ["py3"],
    "registries": HERE,
    "repository": "sagemaker-scikit-learn",
}
BOTH = {"processors": ["cpu", "gpu"], "versions": {}}
CONFIGS: dict[str, dict[str, Any]] = {
    "sklearn": {
        "inference": {"versions": {"1.9-0": CPU}},
        "training": {"versions": {"1.4-2": CPU, "1.9-0": CPU}},
        "inference_graviton": {"versions": {"1.0-1": CPU}},
    },
    "xgboost": {
        "inference": {
            "version_aliases": {"latest": "1.7-1"},
            "versions": {"1.7-1": {"registries": HERE, "repository": "x"}},
        },
        "training": {"versions": {}},
    },
    "pytorch": {
        "inference": BOTH
        | {
            "version_aliases": {"2.6": "2.6.0", "9": "9.0.0"},
            "versions": {
                "0.3": {"py_versions": ["py2"], "registries": HERE, "repository": "pt"},
                "1.5.0": {"py_versions": ["py3", "py36"], "registries": HERE, "repository": "pt"},
                "2.6.0": {"py_versions": ["py312"], "registries": HERE, "repository": "pt"},
            },
        },
        "inference_graviton": {
            "versions": {
                "2.6.0": {
                    "py_versions": ["py312"],
                    "container_version": {"cpu": "ubuntu22.04"},
                    "registries": HERE,
                    "repository": "pt-arm64",
                }
            }
        },
    },
    "huggingface": {
        "inference": {
            "versions": {
                "5.5.3": {
                    "version_aliases": {"pytorch2.6": "pytorch2.6.0"},
                    "pytorch2.6.0": {
                        "py_versions": ["py312"],
                        "container_version": {"gpu": "cu124", "cpu": "ubuntu22.04"},
                        "registries": HERE,
                        "repository": "hf",
                    },
                }
            }
        }
    },
    "huggingface-neuronx": {
        "inference": {
            "version_aliases": {"4.55": "4.55.4"},
            "versions": {
                "4.55.4": {
                    "version_aliases": {"pytorch2.8": "pytorch2.8.0"},
                    "pytorch2.8.0": {
                        "py_versions": ["py310"],
                        "container_version": {"inf": "ubuntu22.04"},
                        "sdk_versions": ["sdk2.24.1", "sdk2.26.0"],
                        "registries": HERE,
                        "repository": "hfx",
                    },
                }
            },
        }
    },
    "huggingface-llm-neuronx": {
        "inference": {
            "processors": ["inf2"],
            "versions": {
                "0.3.0": {
                    "py_versions": ["py310"],
                    "container_version": {"inf2": "ubuntu22.04"},
                    "registries": HERE,
                    "repository": "tgi",
                    "tag_prefix": "2.7.0-optimum3.3.6",
                }
            },
        }
    },
    "mxnet": {
        "inference": {
            "processors": ["cpu", "gpu"],
            "versions": {"1.4.1": {"py2": {}, "py3": {"registries": HERE, "repository": "mx"}}},
        }
    },
    "djl-neuronx": {
        "versions": {
            "0.29.0": {"registries": HERE, "repository": "djl", "tag_prefix": "0.29.0-neuronx-sdk2.19.1"}
        }
    },
    "djl-lmi": {
        "versions": {
            "0.36.0": {"registries": HERE, "repository": "djl", "tag_prefix": "0.36.0-lmi27.0.0-cu130"}
        }
    },
    "sagemaker-tritonserver": BOTH
    | {"versions": {"26.05": {"registries": HERE, "repository": "triton", "tag_prefix": "26.05-py3"}}},
}


@pytest.fixture(scope="module")
def frameworks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Refresh from a wheel that holds the small copy."""
    wheel = tmp_path_factory.mktemp("dist") / "sagemaker_core-0.0.1-py3-none-any.whl"
    files = {file for names in FRAMEWORKS.values() for file in names}
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in files:
            config = CONFIGS.get(file, {"inference": {"versions": {}}})
            archive.writestr(f"sagemaker/core/image_uri_config/{file}.json", json.dumps(config))
    document = json.loads(images_json(wheel))
    assert document["source"] == "sagemaker-core 0.0.1, image_uri_config"
    images: dict[str, Any] = document["frameworks"]
    return images


@pytest.mark.parametrize(
    ("framework", "version", "images"),
    [
        ("scikit-learn", "1.4-2", {"cpu": "sagemaker-scikit-learn:1.4-2-cpu-py3"}),
        ("scikit-learn", "1.0-1", {"arm64": "sagemaker-scikit-learn:1.0-1-arm64-cpu-py3"}),
        ("xgboost", "1.7-1", {"cpu": "x:1.7-1", "gpu": "x:1.7-1"}),
        ("pytorch", "1.5.0", {"cpu": "pt:1.5.0-cpu-py36", "gpu": "pt:1.5.0-gpu-py36"}),
        (
            "pytorch",
            "2.6.0",
            {
                "cpu": "pt:2.6.0-cpu-py312",
                "gpu": "pt:2.6.0-gpu-py312",
                "arm64": "pt-arm64:2.6.0-cpu-py312-ubuntu22.04-sagemaker",
            },
        ),
        (
            "huggingface-pytorch",
            "2.6.0-transformers5.5.3",
            {
                "gpu": "hf:2.6.0-transformers5.5.3-gpu-py312-cu124",
                "cpu": "hf:2.6.0-transformers5.5.3-cpu-py312-ubuntu22.04",
            },
        ),
        (
            "huggingface-pytorch",
            "2.8.0-transformers4.55.4",
            {"neuronx": "hfx:2.8.0-transformers4.55.4-neuronx-py310-sdk2.26.0-ubuntu22.04"},
        ),
        ("huggingface-tgi-neuronx", "0.3.0", {"neuronx": "tgi:2.7.0-optimum3.3.6-neuronx-py310-ubuntu22.04"}),
        ("mxnet", "1.4.1", {"cpu": "mx:1.4.1-cpu-py3", "gpu": "mx:1.4.1-gpu-py3"}),
        ("djl-lmi", "0.29.0", {"neuronx": "djl:0.29.0-neuronx-sdk2.19.1"}),
        ("djl-lmi", "0.36.0", {"gpu": "djl:0.36.0-lmi27.0.0-cu130"}),
        ("triton", "26.05", {"cpu": "triton:26.05-py3-cpu", "gpu": "triton:26.05-py3"}),
    ],
)
def test_tags_follow_the_rules_of_the_sdk(
    frameworks: dict[str, Any], framework: str, version: str, images: dict[str, str]
) -> None:
    """Repository and tag per processor are what the SDK would compute."""
    found = frameworks[framework]["versions"][version]

    assert images == {processor: image for processor, (_, image) in found.items()}


def test_images_of_python_2_are_left_out(frameworks: dict[str, Any]) -> None:
    """Nobody starts with those."""
    assert "0.3" not in frameworks["pytorch"]["versions"]


def test_only_aliases_that_stay_are_kept(frameworks: dict[str, Any]) -> None:
    """An alias of nothing and one that moves are both left out."""
    assert {"2.6": "2.6.0"} == frameworks["pytorch"]["aliases"]
    assert {} == frameworks["xgboost"]["aliases"]


def test_short_versions_of_both_names_are_aliases(frameworks: dict[str, Any]) -> None:
    """PyTorch and transformers may be short, each alone and together."""
    full = "2.8.0-transformers4.55.4"
    short = {"2.8-transformers4.55.4", "2.8.0-transformers4.55", "2.8-transformers4.55"}
    aliases = frameworks["huggingface-pytorch"]["aliases"]

    assert short == {alias for alias, version in aliases.items() if version == full}
