"""A spreadsheet number as its cell shows it: number formats with decimals, thousands, percent, literals, scaling.

Negative numbers are always written with a minus sign, also where the format shows them red or in brackets: a lost
sign would be a wrong figure.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

_COLOUR = re.compile(r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\d+|黑色|红色|蓝色|[<>=].*?)\]", re.I)
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]|\[DBNum\d\]", re.I)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*")
_SHIFTED = re.compile(r"[#0?,]*[!\\]\.([0#?]+)(,*)")


def render_number(value: float | int, pattern: str | None) -> str:
    """The number in its number format; with General (常规) all stored digits, at most 15.

    >>> render_number(7413.5, "#,##0.00"), render_number(0.988, "0.0%"), render_number(7413.59, "General")
    ('7,413.50', '98.8%', '7413.59')
    """
    if pattern in (None, "General") and "e" not in (text := f"{value:.15g}"):
        return text
    exact = exact_number(value)
    section = _section(pattern or "General", exact)
    if re.search(r"general|常规|@|[eE][+-]|/", section, re.I):
        return plain(exact)
    return _render_section(abs(exact), section, "-" if exact < 0 else "")


def exact_number(value: float | int) -> Decimal:
    """What a spreadsheet means by a stored binary number: its first 15 significant digits."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def plain(number: Decimal) -> str:
    """All digits, no exponent."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def render_date(value: date | time) -> str:
    """A date cell in ISO form, with the time of day only where the cell has one."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.time() != time() else "%Y-%m-%d")
    return value.isoformat()


def _section(pattern: str, number: Decimal) -> str:
    """The part of a format (positive;negative;zero) that applies, without colours and locale marks."""
    parts = _LOCALE.sub(lambda match: match[1] or "", _COLOUR.sub("", pattern)).split(";")
    if number == 0 and len(parts) > 2:
        return parts[2]
    if number < 0 and len(parts) > 1:
        return parts[1]
    return parts[0]


def _render_section(number: Decimal, section: str, sign: str) -> str:
    skeleton = re.sub(r"_.|\*.", "", section)
    shifted = _SHIFTED.search(skeleton)
    if shifted:
        return sign + _render_shifted(number, shifted)
    literals = re.sub(r'"([^"]*)"|[\\!](.)', lambda match: "\0" * len(match[1] or match[2]), skeleton)
    words = re.sub(r'"([^"]*)"|[\\!](.)', lambda match: match[1] or match[2], skeleton)
    digits = _DIGITS.search(literals)
    if digits is None:
        return words.strip() if number == 0 else sign + plain(number)
    before, after = words[: digits.start()], words[digits.end() :]
    percent = "%" in literals
    text = _render_digits(number * 100 if percent else number, digits[0])
    if not text:
        return (before + after).strip()
    before, after = before.strip().strip("(-+"), after.strip().strip(")")
    return before + (sign if text.strip("0.,") else "") + text + after


def _render_digits(number: Decimal, skeleton: str) -> str:
    body = skeleton.rstrip(",")
    number = number.scaleb(-3 * (len(skeleton) - len(body)))
    whole, _, fraction = body.partition(".")
    if number == 0 and "0" not in skeleton:
        return ""
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole else "f")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    return text.rstrip(".")


def _render_shifted(number: Decimal, match: re.Match[str]) -> str:
    """Formats such as ``0!.0000`` that show yuan as 万元: a point written before the last digits."""
    places = len(match[1])
    whole = number.scaleb(-3 * len(match[2])).quantize(Decimal(1), ROUND_HALF_UP)
    return format(whole.scaleb(-places), "f")
