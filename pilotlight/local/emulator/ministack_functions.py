# ruff: noqa: SLF001 - as in `ministack`: there is no other way in
"""What ministack leaves out around Lambda functions: metrics in their logs, and the fate of scheduled runs.

Contract: `tests/local/emulator/test_ministack_contract.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ministack.services import eventbridge, lambda_svc

Logged = Callable[[str, str], None]
"""Hears the region of a Lambda function, and what it wrote."""

_REGION_OF_ARN = 3


def tell_of_logs(logged: Logged) -> None:
    """ministack keeps the logs of functions, and leaves the metrics in them where they are."""
    emit = lambda_svc._emit_lambda_logs

    def emit_and_tell(func: dict[str, Any], request_id: str, log_text: str, *rest: Any, **more: Any) -> None:
        emit(func, request_id, log_text, *rest, **more)
        if log_text:
            logged((func.get("config") or func)["FunctionArn"].split(":")[_REGION_OF_ARN], log_text)

    lambda_svc._emit_lambda_logs = emit_and_tell


def run_events_asynchronously() -> None:
    """Rules and schedules start functions asynchronously: with retries, and a destination for what fails.

    ministack runs them once and forgets how it went (documented: Lambda Developer Guide, Asynchronous
    invocation; EventBridge Scheduler User Guide, Templated targets).
    """

    def dispatch(arn: str, payload: str) -> None:
        func, config, _ = lambda_svc._get_func_record_for_ref(arn)
        if func and config:
            record = lambda_svc._execution_record_for_config(func, config)
            lambda_svc.invoke_async_with_retry(record, json.loads(payload))

    eventbridge._dispatch_to_lambda = dispatch
