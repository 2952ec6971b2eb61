"""What is typed after `/schedule` and `/snooze`, in English or Chinese, read generously: pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.zones.named import zones_called, zones_named
from storage.model import Cadence, Schedule

_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_TEN = 10
_QUARTERS = {"一刻": 15, "半": 30, "三刻": 45}
_NOON = 12
_PART_OF_DAY = "凌晨|清晨|早上|早晨|早|上午|中午|正午|下午|傍晚|晚上|晚间|晚|夜里|夜间"
_LATE = {"下午", "傍晚", "晚上", "晚间", "晚", "夜里", "夜间"}
_NUMBER = r"\d{1,2}|[零〇一二两兩三四五六七八九十]{1,3}"
# 7:30, 7.30, 0730, 7am, 7:30 p.m., 8点, 早上八点半, 下午3点15分; a bare 8 is an hour, a bare 八 is none.
_TIME = (
    rf"(?P<part>{_PART_OF_DAY})?\s*"
    rf"(?:(?P<four>\d{{4}})|(?P<hour>{_NUMBER})\s*(?:[点點时時]|o'?clock)(?:钟|鐘|整)?\s*"
    rf"(?P<spoken>半|一刻|三刻|{_NUMBER})?分?"
    r"|(?P<figure>\d{1,2})(?:[:.h](?P<minute>\d{2}))?)"
    r"\s*(?P<half>am|pm|a\.m\.?|p\.m\.?)?(?![a-z0-9])"
)
_TIMES = re.compile(_TIME)
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0), "正午": time(12), "午夜": time(0)}
# Only where no hour is told.
_VAGUE_TIMES = {"morning": time(8), "evening": time(20), "早上": time(8), "早晨": time(8), "晚上": time(20)}
_VAGUE_TIMES |= {"中午": time(12), "noon": time(12), "每早": time(8), "每晚": time(20)}

_CADENCES: tuple[tuple[Cadence, str], ...] = (
    ("weekdays", r"monday (?:to|till|through) friday|mon ?(?:-|to) ?fri|weekdays?|work(?:ing )?days?"),
    ("weekdays", r"周一(?:到|至|-)周五|每个?工作日|工作日|平日|上班日"),
    ("daily", r"daily|every ?day|each day|a day|every (?=morning|evening|noon)|每天|每日|天天|每(?=早|晚)"),
    ("at once", r"at once|right away|immediate(?:ly)?|instant(?:ly)?|as they (?:come|are published)|real-?time"),
    ("at once", r"\bnow\b|\basap\b|一发布就发?送?|立即|立刻|马上|即时|實時|实时|随时|及时"),
)
_WEEKLY = re.compile(r"weekly|every week|once a week|a week|每周|每週|每星期|每个?礼拜")
_WEEKDAYS_ENGLISH = (
    *("mon(?:day)?s?", "tue(?:s(?:day)?)?s?", "wed(?:nesday)?s?", "thu(?:r(?:s(?:day)?)?)?s?"),
    *("fri(?:day)?s?", "sat(?:urday)?s?", "sun(?:day)?s?"),
)
_WEEKDAY = re.compile(
    "|".join(rf"\b(?P<e{day}>{name})\b" for day, name in enumerate(_WEEKDAYS_ENGLISH))
    + r"|(?:周|週|星期|礼拜|禮拜)(?P<chinese>[一二三四五六日天1-7])"
)
# As in 每周一三五.
_MORE_DAYS = re.compile(r"[一二三四五六日天和 ]+")
_QUIET = re.compile(r"quiet(?: hours?)?|silen(?:t|ce)|do not disturb|dnd|免打扰|免打擾|勿扰|勿擾|静音|安静|不打扰")
_OFF = re.compile(r"\b(?:off|none|no|never|end|stop|cancel)\b|关闭?|取消|不要|停止|結束|结束")
_BETWEEN = r"\s*(?:-|–|—|~|to|until|till|到|至)+\s*"
_FILLERS = re.compile(
    r"\b(?:at|on|in|every|each|the|from|by|and|please|time ?zone|zone|tz|time|send|o'?clock)\b"
    r"|时区|時區|时间|時間|发送|推送|发给我|发|收|汇总|我在|我|请|在|按|的|每个|每|从|定时|[,，、:;；。]"
)
_SPANS = re.compile(
    r"(?<![a-z明今后後])(?P<number>\d{1,3}|an?|one|two|three|半|[一二两兩三四五六七八九十]{1,3})?\s*(?:个|個)?\s*"
    r"(?P<unit>hours?|hrs?|h|小时|小時|钟头|days?|d|天|日|weeks?|w|周|週|星期|礼拜)(?![a-z])"
)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_WAKE = re.compile(r"\b(?:off|wake|end|stop|resume|now|none|0)\b|恢复|恢復|取消|结束|結束|醒")
# Longer is a farewell, for which there is /stop.
LONGEST_SNOOZE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be another in a schedule; None, and empty, is what stays."""

    cadence: Cadence | None = None
    send_time: time | None = None
    weekday: int | None = None
    # Both the same: there is to be none.
    quiet_hours: tuple[time, time] | None = None
    # What was typed for a place, and the time zones that may be meant; none: it is not known.
    place: str = ""
    zones: tuple[str, ...] = ()

    def applied(self, schedule: Schedule) -> Schedule:
        """Give *schedule* as it is asked for; who names only an hour wants a roundup each day at least."""
        quiet = schedule.quiet_hours
        if self.quiet_hours is not None:
            quiet = self.quiet_hours if self.quiet_hours[0] != self.quiet_hours[1] else None
        return replace(
            schedule,
            cadence=self.cadence or ("daily" if self.send_time and schedule.cadence == "at once" else schedule.cadence),
            send_time=self.send_time or schedule.send_time,
            weekday=schedule.weekday if self.weekday is None else self.weekday,
            quiet_hours=quiet,
            time_zone=self.zones[0] if len(self.zones) == 1 else schedule.time_zone,
        )


def read_asked(text: str) -> Asked | None:
    """Read what is typed after `/schedule`; None: that it says nothing of the kind. A place may be unknown."""
    left = unicodedata.normalize("NFKC", text).casefold().strip()
    # A city may be called like anything.
    if zones := zones_called(left):
        return Asked(place=text, zones=zones)
    if _QUIET.search(left):
        return _read_quiet(_QUIET.sub(" ", left))
    asked, left = _read_rhythm(left)
    left = " ".join(_FILLERS.sub(" ", left).split())
    if not left.strip(".!"):
        return None if asked == Asked() else asked
    if any(character.isdigit() for character in left) or _is_no_place(left):
        return None
    return replace(asked, place=left, zones=zones_named(left))


def read_snooze(text: str) -> timedelta | None:
    """Read for how long nothing is to come; zero: no longer. None: it does not say."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _WAKE.search(folded):
        return timedelta()
    span = _SPANS.search(folded)
    if span is None:
        return None
    number = 0.5 if span["number"] == "半" else float(_number(span["number"] or "1"))
    unit = span["unit"]
    hours = 1 if unit[0] in "h小钟" else 24 if unit[0] in "d天日" else 7 * 24
    wait = timedelta(hours=number * hours)
    return wait if timedelta() < wait <= LONGEST_SNOOZE else None


def _read_rhythm(left: str) -> tuple[Asked, str]:
    asked = Asked()
    for cadence, words in _CADENCES:
        if re.search(words, left):
            asked, left = replace(asked, cadence=cadence), re.sub(words, " ", left, count=1)
            break
    if day := _WEEKDAY.search(left):
        asked, left = replace(asked, cadence="weekly", weekday=_weekday(day)), _WEEKDAY.sub(" ", left, count=1)
    if _WEEKLY.search(left) or re.search(r"每(?=\s)", left):
        left = _WEEKLY.sub(" ", left, count=1)
        asked = replace(asked, cadence="weekly")
    for match in _TIMES.finditer(left):
        if (at := _time(match)) is not None:
            return replace(asked, send_time=at), left[: match.start()] + " " + left[match.end() :]
    for words, at in (_NAMED_TIMES | _VAGUE_TIMES).items():
        if words in left:
            return replace(asked, send_time=at), left.replace(words, " ", 1)
    return asked, left


def _is_no_place(left: str) -> bool:
    """Say whether that is a second day, of which a week has but one here, or a wish for none of it."""
    return bool(_WEEKDAY.search(left) or _MORE_DAYS.fullmatch(left) or _OFF.fullmatch(left))


def _read_quiet(left: str) -> Asked | None:
    ends = list(_ends(left))
    if len(ends) == 2:  # noqa: PLR2004 - from and until
        return Asked(quiet_hours=(ends[0], ends[1]))
    return Asked(quiet_hours=(time(), time())) if _OFF.search(left) and not ends else None


def _ends(left: str) -> Iterator[time]:
    for part in re.split(_BETWEEN, left):
        match = _TIMES.search(part)
        at = None if match is None else _time(match)
        if at is not None:
            yield at


def _time(match: re.Match[str]) -> time | None:
    if match["four"]:
        hour, minute = int(match["four"][:2]), int(match["four"][2:])
    else:
        hour = _number(match["hour"] or match["figure"])
        minute = _minutes(match["spoken"] or match["minute"])
    half, part = (match["half"] or "").replace(".", ""), match["part"] or ""
    if half and not 0 < hour <= _NOON:
        return None
    is_late = half == "pm" or part in _LATE or (part == "中午" and hour < _TEN)
    if hour == _NOON and (half == "am" or part in {"凌晨", "晚上", "夜里", "半夜"}):
        hour = 0
    elif is_late and hour < _NOON:
        hour += _NOON
    if hour == 24 and minute == 0:  # noqa: PLR2004 - as one says for midnight
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a day, an hour


def _minutes(told: str | None) -> int:
    if not told:
        return 0
    return _QUARTERS[told] if told in _QUARTERS else _number(told)


def _number(told: str) -> int:
    """Read 8, 八, 十, 十二, 二十 and 二十三."""
    if told.isascii():
        return _WORDS.get(told) or int(told)
    if "十" not in told:
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in told))
    tens, _, ones = told.partition("十")
    return (_number(tens) if tens else 1) * _TEN + (_number(ones) if ones else 0)


def _weekday(day: re.Match[str]) -> int:
    if day["chinese"]:
        return "一二三四五六日1234567一二三四五六天".index(day["chinese"]) % 7
    return next(number for number in range(7) if day[f"e{number}"])
