"""What Python says of a container."""

from __future__ import annotations

from pilotlight.spec.base import Spec


class ContainerKeywords(Spec):
    """The kinds of values only: which texts are references, that no rule can judge, is asked later."""

    environment: dict[str, str]
    """Variables of the container."""

    secrets: dict[str, str]
    """Variable → the secret that holds its value."""

    network_isolation: bool
    """Whether it has no network."""

    accept_eula: bool
    """Whether the licence of the model is accepted."""
