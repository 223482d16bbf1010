"""Keeps an expensive fleet from being deployed to a real account by somebody who did not mean it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from pilotlight.spec import FleetSpec, Refusal, hourly_cost, usd

HARMLESS: Final = Decimal(1)
"""US dollars per hour up to which nobody is asked."""

KEY: Final = "accept_hourly_cost"
"""The context key that repeats the figure: `cdk deploy -c accept_hourly_cost=7.09`."""


def acceptance_refusals(
    fleet: FleetSpec, *, accepted: str | None, account: str | None
) -> tuple[Refusal, ...]:
    """Say why a fleet may not be deployed yet; empty when it may.

    Args:
        fleet: what would be deployed.
        accepted: the figure that was typed, if any.
        account: the real account whose credentials are in use; see `real_account`.
    """
    maximum = hourly_cost(fleet).maximum
    harmless = maximum is not None and maximum <= HARMLESS
    if account is None or harmless or _is(accepted, maximum):
        return ()
    figure = "unknown" if maximum is None else usd(maximum)
    what = f"the fleet may cost {figure} per hour in account {account}, which has to be accepted first"
    flag = "unknown" if maximum is None else f"{maximum.normalize():f}"
    got = "nothing" if accepted is None else accepted
    return (Refusal("", None, "name", what, got, f"-c {KEY}={flag}"),)


def real_account(environment: Mapping[str, str]) -> str | None:
    """Give the account that a deployment would bill; None without one.

    The CDK CLI tells the app the account of the credentials it found. Nobody is billed by an AWS on this
    machine, which is where `AWS_ENDPOINT_URL` points when an embedded one is used.
    """
    host = urlsplit(environment.get("AWS_ENDPOINT_URL", "")).hostname
    return None if host is not None and _is_this_machine(host) else environment.get("CDK_DEFAULT_ACCOUNT")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is(accepted: str | None, maximum: Decimal | None) -> bool:
    if maximum is None:
        return accepted == "unknown"
    try:
        return accepted is not None and Decimal(accepted) == maximum
    except InvalidOperation:
        return False
