"""Days as Zalo counts them: in Vietnam, seven hours before UTC (reference §1.3; the zone is our reading)."""

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
NIGHT_FROM, NIGHT_UNTIL = 22, 6


def local_time(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(VIETNAM)


def day_text(at_ms: int) -> str:
    """DD/MM/YYYY, as in all of Zalo's answers."""
    return local_time(at_ms).strftime("%d/%m/%Y")


def day_start_ms(at_ms: int) -> int:
    return _ms(local_time(at_ms).replace(hour=0, minute=0, second=0, microsecond=0))


def month_start_ms(at_ms: int) -> int:
    return _ms(local_time(at_ms).replace(day=1, hour=0, minute=0, second=0, microsecond=0))


def is_night(at_ms: int) -> bool:
    """22:00 to 05:59: no promotions."""
    hour = local_time(at_ms).hour
    return hour >= NIGHT_FROM or hour < NIGHT_UNTIL


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
