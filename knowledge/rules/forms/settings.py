"""What holds for a whole form: project, body, year, units."""

from __future__ import annotations

import re

from knowledge.layout.blocks import FormBlock, Report
from knowledge.layout.form_heads import FormHead
from knowledge.rules.forms.claims import Setting

_MONEY = re.compile(r"(?:单位|金额单位)[：:](万元|亿元|千元|元)|（(?:单位[：:])?(万元|亿元|千元|元)）")
_YEAR = re.compile(r"(20\d\d)年")
_BUDGET_YEAR = re.compile(r"预算年度[：:]?(20\d\d)")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:局|委员会|委|中心|办公室|厅|院|政府|处|所|学校|大学|中学|小学|站|队|会|办|部|公司|馆|室|街道|镇|乡)$"
)


def find_setting(text: str, block: FormBlock, head: FormHead, report: Report) -> Setting:
    """The setting of a form whose whole text is given folded and without spaces.

    The body is the report's, unless neither 主管部门 nor 实施单位 is: then 实施单位 speaks.
    """
    money = _MONEY.search(text)
    year = _YEAR.search(block.title.replace(" ", "")) or _BUDGET_YEAR.search(text)
    return Setting(
        subject=block.subject or head.project,
        agency=find_agency(head, report),
        year=int(year[1]) if year else None,
        money=next((unit for unit in money.groups() if unit), None) if money else None,
        points="分" if re.search(r"（\d+(?:\.\d+)?分", text) else None,
    )


def find_agency(head: FormHead, report: Report) -> str | None:
    """The body that a form is about where it is not the report's."""
    own = {report.identity.agency, *report.identity.agency_aliases}
    named = [*head.owners, *filter(None, [head.agency])]
    if head.agency is None or any(name in body or body in name for name in named for body in own):
        return None
    return head.agency if _BODY.match(head.agency) else None
