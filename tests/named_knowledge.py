"""A small knowledge base of names alone, for the cases of bot/questions/names.cases.toml."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from knowledge.names import index_names
from knowledge.store import Store
from knowledge.vocabulary import metrics

AGENCIES = (
    "渠县医疗保障局", "渠县医疗保障事务中心", "株洲市石峰区医疗保障局", "澄江县医疗保险基金管理中心", "浏阳市医疗保障局", "曾都区医疗保障局",
    "上海市普陀区规划和自然资源局", "武侯区人力资源和社会保障局", "武侯区卫生健康局", "武侯区住房和城乡建设局", "武侯区财政局", "武侯区簇桥街道办事处",
    "大竹县庙坝镇人民政府", "大竹县人民医院", "国家医疗保障局", "四川省财政厅", "四川大学", "广州市发展和改革委员会", "恩施土家族苗族自治州财政局",
    "北京市朝阳区财政局", "长春市朝阳区财政局", "石家庄经济技术开发区管理委员会", "四川天府新区管理委员会", "渭南高新技术产业开发区管理委员会",
    "兰皋县退役军人事务局", "渝北江区应急管理局", "重庆市交通委员会", "东岳镇人民政府", "上海市申江区档案馆", "黄石市第二人民医院",
    "政务智能监测中心", "腾冲市市场监督管理局", "台山市妇幼保健院",
)  # fmt: skip
ALIASES = {"澄江县医疗保险基金管理中心": ("澄江市医疗保险中心",), "渠县医疗保障局": ("渠县医保局",)}
ROWS = (
    "城乡居民基本医疗保险待遇支出", "医疗救助对象人数", "新冠病毒疫苗接种费用", "参保人数", "流动资产", "非流动资产", "教育支出", "社会保障和就业支出", "对个人和家庭的补助",
    "会议费", "培训费", "退休人员", "离休人员", "退休人员经费", "离休人员经费", "行政单位医疗", "事业单位医疗", "行政单位医疗补助", "事业单位医疗补助", "城镇职工参保人数",
    "城乡居民参保人数", "省级财政补助资金", "市级财政补助资金", "县级财政补助资金", "中央财政补助资金", "国内公务接待人次", "国内公务接待批次", "失业保险基金补助",
    "工伤保险基金补助", "结转下年",
)  # fmt: skip
SUBJECTS = (
    ("渠县医疗保障局", "城乡医疗救助补助资金"), ("渠县医疗保障局", "医保大厅运行费"), ("渠县医疗保障局", "公用经费（行政）"),
    ("株洲市石峰区医疗保障局", "残疾人就业保障金"),
)  # fmt: skip


def make_names(path: Path) -> None:
    """Write the knowledge base."""
    with Store(path) as store:
        connection = store.connection
        agencies = {name: number for number, name in enumerate(AGENCIES, 1)}
        connection.executemany("INSERT INTO agencies (id, name) VALUES (?, ?)", ((k, n) for n, k in agencies.items()))
        for name, aliases in ALIASES.items():
            connection.executemany(
                "INSERT INTO agency_aliases VALUES (?, ?, 'report')", ((agencies[name], alias) for alias in aliases)
            )
        names = tuple(dict.fromkeys((*metrics(), *ROWS)))
        for number, name in enumerate(names, 1):
            connection.execute("INSERT INTO metrics (id, name) VALUES (?, ?)", [number, name])
            for alias in metrics()[name].aliases if name in metrics() else ():
                connection.execute("INSERT INTO metric_aliases VALUES (?, ?, 'vocabulary')", [number, alias])
        _insert_projects(connection, agencies)
        _insert_reports(connection, agencies)
        index_names(connection, agencies.values(), range(1, len(names) + 1))


def _insert_reports(connection: sqlite3.Connection, agencies: dict[str, int]) -> None:
    """A title that names the county of a town, and a report of one body with a figure of another that has no region."""
    insert = """INSERT INTO reports (id, document, title, agency_id, kind, format, paged, sha256, reader_version, figure_count,
                    ignored_count, unread_count, loaded_at) VALUES (?, ?, ?, ?, '部门决算', 'text', 0, '', '', 0, 0, 0, '')"""
    connection.execute(insert, ["t", "t.txt", "2022年度泰川县东岳镇人民政府部门决算", agencies["东岳镇人民政府"]])
    connection.execute(insert, ["r", "r.txt", "2022年度渠县医疗保障局部门决算", agencies["渠县医疗保障局"]])
    _insert_figure(connection, "own", agencies["政务智能监测中心"], None)


def _insert_projects(connection: sqlite3.Connection, agencies: dict[str, int]) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    for number, (agency, subject) in enumerate(SUBJECTS):
        _insert_figure(connection, f"f{number}", agencies[agency], subject)


def _insert_figure(connection: sqlite3.Connection, figure: str, agency: int, subject: str | None) -> None:
    connection.execute(
        """INSERT INTO figures (id, report_id, agency_id, year, metric_id, subject, measure, value, sort_key, start,
               "end", printed, section, quote_start, quote_end, quote, rule, rank)
           VALUES (?, 'r', ?, 2022, 1, ?, '决算数', '1', '', 0, 1, '1', '', 0, 1, '1', 'test', 0)""",
        [figure, agency, subject],
    )
