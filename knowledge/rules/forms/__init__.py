"""Forms: 项目支出绩效自评表, 整体支出绩效自评表, 绩效目标申报表, 基础数据表 → claims."""

from __future__ import annotations

from knowledge.layout.blocks import FormBlock, Report
from knowledge.rules.base import Reading
from knowledge.rules.forms.cells import read_cells
from knowledge.rules.forms.flattened import read_flattened


def read_form(block: FormBlock, report: Report) -> Reading:
    """What a form claims: from its cells where they are known, else from its lines."""
    return read_cells(block, report) if block.tables else read_flattened(block, report)
