"""Where something stands, in words: section, page or line."""

from __future__ import annotations


def render_place(section: str, line: int | None, page: int | None) -> str:
    """``第二部分>七>（一），第321行``; only what is known."""
    where = f"第{page}页" if page is not None else f"第{line}行" if line is not None else ""
    return "，".join(part for part in (section, where) if part)
