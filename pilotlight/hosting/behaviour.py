"""A behaviour of SageMaker hosting as we model it, marked with how we know it."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.catalog.evidence import Source


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One sentence about hosting, where it is modelled, and its evidence.

    where: module and name below `pilotlight.hosting`; of an assumption, the parameter or function to change.
    """

    says: str
    where: str
    source: Source
