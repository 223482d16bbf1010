"""What we claim about CloudWatch alarms and metrics."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.hosting.behaviour import Behaviour

_EVALUATION = documented("CloudWatch User Guide, Evaluating an alarm")
_MISSING = documented("CloudWatch User Guide, How alarm state is evaluated when data is missing")
_PREMATURE = documented("CloudWatch User Guide, Avoiding premature transitions to alarm state")
_ACTIONS = documented("CloudWatch User Guide, Using Amazon CloudWatch alarms")

BEHAVIOURS = (
    Behaviour("ALARM means M of the last N datapoints breach.", "alarm.evaluate", _EVALUATION),
    Behaviour(
        "A percentile is the smallest value that so many of a hundred do not exceed.",
        "percentile.Percentile.of",
        assumed("the guide says what a percentile means, not how it is reckoned between values"),
    ),
    Behaviour(
        "Real datapoints from further back are used before a gap is filled; gaps count as missing, ignore, "
        "breaching or notBreaching only when fewer than N are real.",
        "alarm.evaluate",
        _MISSING,
    ),
    Behaviour("Without any datapoint, `missing` means INSUFFICIENT_DATA.", "alarm.evaluate", _MISSING),
    Behaviour(
        "Fewer than M datapoints, all breaching, mean ALARM once the oldest is M periods old.",
        "alarm.evaluate",
        _PREMATURE,
    ),
    Behaviour(
        "Until then they mean OK under `missing`.",
        "alarm.evaluate",
        assumed("the guide says that the alarm does not go to ALARM, not which state it has instead"),
    ),
    Behaviour(
        "An evaluation looks 2 periods further back than N.",
        "alarm.EXTRA_PERIODS",
        assumed(
            "the guide's example has 5 for 3; the exact number depends on the period and is not published"
        ),
    ),
    Behaviour(
        "Alarms are evaluated every minute, with a period below a minute every 10 seconds.",
        "alarm.evaluation_interval",
        _EVALUATION,
    ),
    Behaviour("A new alarm is in INSUFFICIENT_DATA.", "alarm_watch.AlarmWatch", _ACTIONS),
    Behaviour("Actions run once, when the state changes.", "alarm_watch.step", _ACTIONS),
    Behaviour(
        "Auto Scaling actions run again every minute while the alarm stays in ALARM.",
        "alarm_watch.REPEAT_INTERVAL",
        _ACTIONS,
    ),
    Behaviour("The window of a datapoint slides by the minute.", "metric.datapoints", _EVALUATION),
    Behaviour(
        "A value is seen by the first evaluation after its period has ended.",
        "metric.datapoints",
        assumed("how long CloudWatch takes to show a value is not published; nothing is added for it"),
    ),
    Behaviour(
        "Values are kept by the minute; shorter periods find gaps.",
        "metric.MetricSeries.resolution",
        documented("botocore 1.44.5, PutMetricAlarm, Period"),
    ),
    Behaviour(
        "Values older than a day are forgotten.",
        "metric.MetricSeries.keep",
        assumed("CloudWatch keeps them longer, but no alarm modelled here looks further back"),
    ),
    Behaviour(
        "An alarm sees only values with exactly its dimensions.",
        "metric_store.MetricKey",
        documented("CloudWatch User Guide, Amazon CloudWatch concepts, Dimensions"),
    ),
)
