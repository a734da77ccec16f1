"""Deep links: ``t.me/<bot>?start=f-<figure>`` opens the private chat at one figure, so that a citation can be shared."""

from __future__ import annotations

import re

from telegram.helpers import create_deep_linked_url

_PREFIX = "f-"
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def figure_link(username: str, figure_id: str) -> str | None:
    """The link to a figure; None where its id does not fit into a link."""
    payload = _PREFIX + figure_id
    return create_deep_linked_url(username, payload) if _PAYLOAD.fullmatch(payload) else None


def linked_figure(payload: str) -> str | None:
    """The id of the figure that a link's payload names."""
    return payload.removeprefix(_PREFIX) if payload.startswith(_PREFIX) else None
