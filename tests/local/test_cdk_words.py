"""What is picked out of the output of a failed CDK run."""

from __future__ import annotations

from pathlib import Path

from pilotlight.local.cdk_run import CdkFailed
from pilotlight.local.cdk_words import words_of_app, words_of_stacks

ENDED = "python app.py: Subprocess exited with error 1\n"
REFUSALS = "f.yaml:1: name: a\nf.yaml:2: region: b"
OF_PYTHON = """Note: this costs money
Traceback (most recent call last):
  File "app.py", line 7, in <module>
    raise ValueError("no:\\n  two lines")
ValueError: no:
  two lines
"""
OF_JSII = """jsii.errors.JavaScriptError:
  @jsii/kernel.RuntimeError: DurationAmountsCannotNegative
      at Kernel.sinvoke (program.js:1:56572)

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "app.py", line 6, in <module>
    Duration.seconds(-1)
RuntimeError: DurationAmountsCannotNegative: Duration amounts cannot be negative
"""
OF_STACKS = """Fleet-foundation: creating CloudFormation changeset...
✅  Fleet-foundation
Fleet-intent | 1/17 | CREATE_COMPLETE | AWS::SNS::Topic
❌  Fleet-intent failed to deploy
‣ DeploymentError: Resource updates failed:
  endpoint intent is Failed: it did not start

   CloudTrail delivery can lag up to 15 minutes behind the failure; re-run `cdk diagnose` in a few minutes.
"""


def test_refusals_of_a_fleet_are_kept_word_by_word() -> None:
    """Only the line that the CDK adds goes."""
    assert REFUSALS == words_of_app(f"{REFUSALS}\n{ENDED}")


def test_a_traceback_becomes_the_error_it_ends_with() -> None:
    """Neither frames nor JavaScript's stack help the user of an app; the words of the error do."""
    assert "ValueError: no:\n  two lines" == words_of_app(OF_PYTHON + ENDED)
    assert "RuntimeError: DurationAmountsCannotNegative: Duration amounts cannot be negative" == words_of_app(
        OF_JSII + ENDED
    )


def test_the_stacks_that_failed_are_told_without_progress() -> None:
    """The reason stays; what only a real account has goes."""
    assert words_of_app(OF_STACKS) is None
    assert (
        "❌  Fleet-intent failed to deploy\n‣ DeploymentError: Resource updates failed:\n"
        "  endpoint intent is Failed: it did not start"
    ) == words_of_stacks(OF_STACKS)


def test_without_a_stack_the_last_lines_are_told() -> None:
    """The CDK ends with what went wrong."""
    lines = [f"line {number}" for number in range(50)]

    assert lines[-20:] == words_of_stacks("\n".join(lines)).splitlines()


def test_the_message_names_the_log_when_it_leaves_something_out(tmp_path: Path) -> None:
    """Refusals are complete; of everything else there is more to read."""
    log = tmp_path / "cdk.log"
    told = []
    for output in (f"{REFUSALS}\n{ENDED}", OF_PYTHON + ENDED, OF_STACKS):
        log.write_text(output)
        told.append(str(CdkFailed("deploy", 1, log)))

    assert REFUSALS == told[0]
    assert f"ValueError: no:\n  two lines\n(all of it: {log})" == told[1]
    assert told[2].startswith("cdk deploy failed with exit code 1:\n❌  Fleet-intent failed to deploy\n")
    assert told[2].endswith(f"\n(all of it: {log})")
