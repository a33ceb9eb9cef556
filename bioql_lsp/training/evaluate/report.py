"""What was measured, as a table and as data."""

from __future__ import annotations

import math
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bioql_lsp.training.evaluate.judging import Judged
from bioql_lsp.training.evaluate.tasks import GROUPS

_Z: Final = 1.959964
MEASURES: Final[dict[str, tuple[str, ...]]] = {
    "generate": (
        "shown",
        "valid of shown",
        "right",
        "right but for what it shows",
        "exact",
        "wrongly refused",
    ),
    "infill": ("shown", "valid of shown", "exact", "equivalent"),
    "fix": ("shown", "valid of shown", "resolved", "untouched", "kept", "right", "exact"),
    "refusal": ("refused", "nothing shown", "free"),
}
BARS: Final[tuple[tuple[str, str, float], ...]] = (
    ("generate", "right", 0.90),
    ("generate", "shown", 0.85),
    ("generate", "valid of shown", 1.0),
    ("infill, single line", "exact", 0.70),
    ("infill", "valid of shown", 1.0),
    ("fix", "right", 0.95),
    ("fix", "valid of shown", 1.0),
    ("refusal", "refused", 0.95),
)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson's score)."""
    if count == 0:
        return 0.0, 1.0
    share, square = hits / count, _Z * _Z
    middle = share + square / (2 * count)
    width = _Z * math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    scale = 1 + square / count
    return max((middle - width) / scale, 0.0), min((middle + width) / scale, 1.0)


def report(judged: Sequence[Judged], about: Mapping[str, object]) -> dict[str, Any]:
    """Everything that was measured; ``about`` is told first."""
    groups = dict(_groups(judged))
    return {
        **about,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": cpu_name(),
        "groups": {name: _group(own) for name, own in groups.items()},
    }


def _groups(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """The groups, then what is told apart in them."""
    for group in GROUPS:
        own = [each for each in judged if each.reply.asked.group == group]
        if not own:
            continue
        yield group, own
        if group == "infill":
            single = [each for each in own if each.holds["single line"]]
            if single:
                yield "infill, single line", single
            kinds = sorted({each.reply.asked.kind for each in own})
            for kind in kinds:
                yield f"infill, {kind}", [each for each in own if each.reply.asked.kind == kind]


def _group(judged: Sequence[Judged]) -> dict[str, Any]:
    times = sorted(each.reply.milliseconds for each in judged)
    named = Counter(fault for each in judged for fault in each.faults)
    return {
        "count": len(judged),
        "measures": {
            name: _measure(name, judged) for name in MEASURES[judged[0].reply.asked.group]
        },
        "faults": {name: share(number, len(judged)) for name, number in sorted(named.items())},
        "milliseconds": {"p50": _quantile(times, 0.5), "p95": _quantile(times, 0.95)},
    }


def _measure(name: str, judged: Sequence[Judged]) -> dict[str, object]:
    what, is_of_shown, _ = name.partition(" of shown")
    among = [each for each in judged if each.holds["shown"]] if is_of_shown else judged
    return share(sum(each.holds[what] for each in among), len(among))


def share(hits: int, count: int) -> dict[str, object]:
    """A share with its count and its confidence interval."""
    low, high = wilson(hits, count)
    part = round(hits / count, 4) if count else None
    return {
        "hits": hits,
        "count": count,
        "share": part,
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _quantile(times: Sequence[float], part: float) -> float:
    """The nearest-rank quantile of sorted times."""
    return round(times[max(math.ceil(part * len(times)) - 1, 0)], 1)


def cpu_name() -> str:
    """The processor's name, with how many there are to run on."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} x {len(names)}" if names else platform.processor() or platform.machine()


def missed_bars(found: Mapping[str, Any]) -> list[str]:
    """The bars that are missed, each in words; a bar of a group that was not asked is none."""
    missed = []
    for group, name, bar in BARS:
        measured = found["groups"].get(group, {}).get("measures", {}).get(name)
        if measured and measured["share"] is not None and measured["share"] < bar:
            missed.append(f"{group}: {name} {measured['share']:.1%} < {bar:.0%}")
    return missed


def show(found: Mapping[str, Any], console: Console) -> None:
    """Print the report as tables."""
    head = [f"{name}: {value}" for name, value in found.items() if name != "groups"]
    console.print("\n".join(head), highlight=False, markup=False)
    table = Table("task", "count", "measure", "share", "95 %", "p50 ms", "p95 ms")
    for group, measured in found["groups"].items():
        times = measured["milliseconds"]
        first = (group, str(measured["count"]), str(times["p50"]), str(times["p95"]))
        for name, value in (*measured["measures"].items(), *measured["faults"].items()):
            is_fault = name not in measured["measures"]
            label = f"  {name}" if is_fault else name
            table.add_row(*first[:2], label, _percent(value), _interval(value), *first[2:])
            first = ("", "", "", "")
        table.add_section()
    console.print(table)


def _percent(value: Mapping[str, Any]) -> str:
    return "-" if value["share"] is None else f"{value['share']:.1%}"


def _interval(value: Mapping[str, Any]) -> str:
    return f"{value['low']:.1%} - {value['high']:.1%}"


def show_failures(judged: Sequence[Judged], number: int, write: Callable[[str], object]) -> None:
    """Print some failures of each kind with request, expected code and answer."""
    left: Counter[str] = Counter()
    for each in judged:
        if each.is_good:
            continue
        asked = each.reply.asked
        kinds = [f"{asked.group}: {fault}" for fault in sorted(each.faults) or ("not the same",)]
        if all(left[kind] >= number for kind in kinds):
            continue
        left.update(kinds)
        write(f"\n==== {', '.join(kinds)} [{asked.kind}]\n{asked.words}")
        write(f"---- expected\n{asked.expected}---- answer\n{each.reply.code}")
