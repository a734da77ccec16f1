"""What a body is called in full."""

from __future__ import annotations

from bot.answers.knowledge_base import KnowledgeBase


def body_name(base: KnowledgeBase, agency_id: int) -> str:
    """Full name of a body."""
    row = base.connection.execute("SELECT name FROM agencies WHERE id = ?", (agency_id,)).fetchone()
    return str(row[0]) if row else ""
