"""Days so many years, months, weeks or days later."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def later(day: date, count: int, unit: str) -> date:
    """Return the day so many 年, 个月, 周 or 日 later; the last of a month where it has no such day."""
    if unit in ("日", "天"):
        return day + timedelta(days=count)
    if unit == "周":
        return day + timedelta(weeks=count)
    months = day.month - 1 + count * (12 if unit == "年" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(iso: str, count: int, unit: str) -> str:
    """Return the last day of a term that begins on a day: 5年 from 2019-07-01 end on 2024-06-30."""
    return (later(date.fromisoformat(iso), count, unit) - timedelta(days=1)).isoformat()
