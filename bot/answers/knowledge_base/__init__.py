"""Reads the knowledge base: a handful of indexed queries per question, nothing that grows with the number of figures."""

from __future__ import annotations

from bot.answers.knowledge_base.items import ItemQueries
from bot.answers.knowledge_base.records import Amount, Item, Record, ReportLine, Statement
from bot.answers.knowledge_base.reports import ReportQueries

__all__ = ["Amount", "Item", "KnowledgeBase", "Record", "ReportLine", "Statement"]


class KnowledgeBase(ItemQueries, ReportQueries):
    """Queries over one read-only connection."""
