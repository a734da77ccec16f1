"""A small knowledge base of hand-written figures, for the cases of answers: two counties, three years, projects, absences."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from knowledge.models import Absence, Definition, Figure, Measure, Place, Scope
from knowledge.records import Contents, ReportRecord
from knowledge.store import Store
from knowledge.stored_rows import build_rows


@dataclass
class Number:
    """One figure of a line: what is printed, and what it says."""

    metric: str
    printed: str
    unit: str | None = "万元"
    measure: Measure = "决算数"
    scope: Scope | None = None
    parent: str | None = None
    subject: str | None = None
    split: str | None = None
    code: str | None = None
    value: str | None = None
    year: int | None = None
    rank: int = 1
    aliases: tuple[str, ...] = ()
    agency: str | None = None


@dataclass
class Report:
    """A report line by line, each line with its numbers in printed order."""

    agency: str
    year: int
    place: str
    lines: list[tuple[str, list[Number]]]
    absences: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)


def N(metric: str, printed: str, unit: str | None = "万元", **rest: object) -> Number:  # noqa: N802
    return Number(metric, printed, unit, **rest)  # type: ignore[arg-type]


ALL: Scope = "全部"
FISCAL: Scope = "财政拨款"
GENERAL: Scope = "一般公共预算财政拨款"
YUNLING_2022 = Report(
    "渠县林业局", 2022, "渠县",
    [
        ("2022年本年收入合计7413.59万元，其中：财政拨款收入7000.00万元，其他收入413.59万元。",
         [N("本年收入合计", "7413.59", scope=ALL), N("财政拨款收入", "7000.00", scope=ALL, parent="本年收入合计"),
          N("其他收入", "413.59", scope=ALL, parent="本年收入合计")]),
        ("2022年本年支出合计7413.59万元，其中：基本支出673.68万元，占9.09%；项目支出6739.91万元，占90.91%。",
         [N("本年支出合计", "7413.59", scope=ALL), N("基本支出", "673.68", scope=ALL, parent="本年支出合计"),
          N("基本支出", "9.09", "%", measure="占比", scope=ALL, parent="本年支出合计"),
          N("项目支出", "6739.91", scope=ALL, parent="本年支出合计"),
          N("项目支出", "90.91", "%", measure="占比", scope=ALL, parent="本年支出合计")]),
        ("一般公共预算财政拨款基本支出660.00万元。", [N("基本支出", "660.00", scope=GENERAL)]),
        ("“三公”经费预算1.50万元，支出决算1.38万元，完成预算的92%，较上年减少0.02万元，下降1.43%。",
         [N("三公经费", "1.50", measure="预算数", scope=FISCAL), N("三公经费", "1.38", scope=FISCAL),
          N("三公经费", "92", "%", measure="完成率", scope=FISCAL),
          N("三公经费", "0.02", measure="增减额", scope=FISCAL, value="-0.02"),
          N("三公经费", "1.43", "%", measure="增减率", scope=FISCAL, value="-1.43")]),
        ("其中：因公出国（境）费0万元，公务用车购置及运行维护费1.31万元，公务接待费0.07万元，与上年持平。",
         [N("因公出国（境）费", "0", scope=FISCAL, parent="三公经费"),
          N("公务用车购置及运行维护费", "1.31", scope=FISCAL, parent="三公经费"),
          N("公务接待费", "0.07", scope=FISCAL, parent="三公经费")]),
        ("机关运行经费84.36万元，比上年减少13.5万元。",
         [N("机关运行经费", "84.36"), N("机关运行经费", "13.5", measure="增减额", value="-13.5")]),
        ("2080501 行政单位离退休 7.31", [N("行政单位离退休", "7.31", scope=GENERAL, code="2080501", parent="行政事业单位养老支出")]),
        ("2022年绩效奖金：年初预算0.00万元，执行50.50万元。",
         [N("项目预算", "0.00", measure="年初预算数", subject="2022年绩效奖金", rank=2),
          N("项目预算", "50.50", measure="执行数", subject="2022年绩效奖金", rank=2)]),
        ("受益脱贫人口数26641人。完成检查报告数量32个。",
         [N("受益脱贫人口数", "26641", "人", measure="完成值", rank=2),
          N("完成检查报告数量", "32", "个", measure="完成值", subject="造林补助资金", rank=2)]),
        ("林业和草原（款）行政运行（项）：支出决算为60.19万元。", [N("行政运行", "60.19", scope=GENERAL, parent="林业和草原")]),
        ("2130204 事业机构 44.00 30.00 14.00",
         [N("事业机构", "44.00", scope=GENERAL), N("事业机构", "30.00", scope=GENERAL, split="基本支出"),
          N("事业机构", "14.00", scope=GENERAL, split="项目支出")]),
        ("2022年末实有在编人员56人。", [N("实有在编人员", "56", "人", measure="数量")]),
        ("造林补助资金：年初预算500.00万元，全年预算650.00万元，执行653.11万元，执行率100.00%，得分98分。",
         [N("项目预算", "500.00", measure="年初预算数", subject="造林补助资金", rank=2),
          N("项目预算", "650.00", measure="调整预算数", subject="造林补助资金", rank=2),
          N("项目预算", "653.11", measure="执行数", subject="造林补助资金", rank=2),
          N("项目预算", "100.00", "%", measure="完成率", subject="造林补助资金", rank=2),
          N("绩效自评得分", "98", "分", measure="得分", subject="造林补助资金", rank=2)]),
        ("造林面积 ≥3000亩 3120亩", [N("造林面积", "3000", "亩", measure="目标值", subject="造林补助资金", rank=2),
                                N("造林面积", "3120", "亩", measure="完成值", subject="造林补助资金", rank=2)]),
        ("护林员人数220人，巡护人数180人，生态护林员人数95人。",
         [N("护林人员", "220", "人", measure="数量"), N("专职护林人员", "180", "人", measure="数量"),
          N("生态护林人员", "95", "人", measure="数量")]),
        ("绩效评价报告：项目支出6800.00万元。", [N("项目支出", "6800.00", scope=ALL, rank=2)]),
        ("会议费 —", []),
    ],
    absences={"政府性基金预算财政拨款支出": "本年度没有政府性基金预算财政拨款支出。"},
    definitions={"“三公”经费": "“三公”经费：因公出国（境）费、公务用车购置及运行费、公务接待费，其中公务用车运行费用于燃料、维修和保险。",
                 "机关运行经费": "机关运行经费：为保障行政单位运行用于购买货物和服务的各项资金。"},
)  # fmt: skip
YUNLING_2021 = Report(
    "渠县林业局", 2021, "渠县",
    [("2021年“三公”经费支出决算1.40万元。", [N("三公经费", "1.40", scope=FISCAL)]),
     ("基本支出600.00万元，项目支出5000.00万元。", [N("基本支出", "600.00", scope=ALL), N("项目支出", "5000.00", scope=ALL)]),
     ("河道清淤预算数为12.50万元，执行数为10.80万元，执行率86.4%。",
      [N("河道清淤", "12.50", measure="预算数", subject="河道清淤", rank=2),
       N("河道清淤", "10.80", measure="执行数", subject="河道清淤", rank=2),
       N("预算执行率", "86.4", "%", measure="完成率", subject="河道清淤", rank=2, aliases=("执行率", "河道清淤"))])],
)  # fmt: skip
QINGSHUI = Report(
    "株洲市石峰区水利局", 2022, "石峰区",
    [("2022年“三公”经费决算5.20万元。", [N("三公经费", "5.20", scope=FISCAL)]),
     ("机关运行经费120000元。", [N("机关运行经费", "120000", "元")]),
     ("基本支出310.5万元，其中人员经费280.5万元，公用经费30万元。",
      [N("基本支出", "310.5", scope=ALL), N("人员经费", "280.5", scope=ALL, parent="基本支出"),
       N("公用经费", "30", scope=ALL, parent="基本支出")]),
     ("公务接待费3.10万元，国内公务接待32批次、286人次。",
      [N("公务接待费", "3.10", scope=FISCAL, parent="三公经费"),
       N("国内公务接待批次", "32", "批次", measure="数量", parent="公务接待费"),
       N("国内公务接待人次", "286", "人次", measure="数量", parent="公务接待费")]),
     ("行政人员20人，事业人员12人。", [N("行政人员", "20", "人", measure="数量"), N("事业人员", "12", "人", measure="数量")]),
     ("开支财政拨款的公务用车保有量为7辆。", [N("公务用车保有量", "7", "辆", measure="数量")]),
     ("普通门诊就诊人次5200人次，住院人次310人次。",
      [N("普通门诊就诊人次", "5200", "人次", measure="数量"), N("住院人次", "310", "人次", measure="数量")]),
     ("电费2.00万元。机关维修费1.06万元，比年初预算数增加1.06万元。",
      [N("电费", "2.00"), N("机关维修费", "1.06"), N("机关维修费", "1.06", measure="增减额")]),
     ("财政拨款支出年初预算300.00万元，支出决算310.00万元。",
      [N("财政拨款支出", "300.00", measure="年初预算数", scope=FISCAL), N("财政拨款支出", "310.00", scope=FISCAL)]),
     ("参保人数80000人，其中城乡居民基本医疗保险参加人数62000人。",
      [N("参保人数", "80000", "人", measure="数量"), N("城乡居民基本医疗保险参加人数", "62000", "人", measure="数量")]),
     ("共有车辆9辆，其中，应急保障用车6辆、执法执勤用车3辆。",
      [N("车辆数", "9", "辆", measure="数量"), N("应急保障用车", "6", "辆", measure="数量", parent="车辆数"),
       N("执法执勤用车", "3", "辆", measure="数量", parent="车辆数")]),
     ("汛期以来，排查沿河养殖场户439家，责令清退围网56家，向重点河段选派驻堤巡河队员14名。",
      [N("排查数量", "439", "家", measure="数量"), N("清退数量", "56", "家", measure="数量"),
       N("队员人数", "14", "名", measure="数量")]),
     ("购买救生绳、冲锋舟等共用去8.60万元，发放防汛明白卡2150份。",
      [N("购买金额", "8.60", measure="执行数"), N("发放份数", "2150", "份", measure="数量")])],
)  # fmt: skip
CIVIL = Report(
    "浏阳市民政局", 2021, "浏阳市",
    [("部门组织对养老服务项目等2个项目开展了事前评估，部门整体支出绩效自评得分为97分。",
      [N("绩效自评得分", "97", "分", measure="得分")]),
     ("养老服务（民生项目）：年初预算100.00万元，执行90.00万元，得9分；合计99分。",
      [N("项目预算", "100.00", measure="年初预算数", subject="养老服务（民生项目）", rank=2),
       N("项目预算", "90.00", measure="执行数", subject="养老服务（民生项目）", rank=2),
       N("项目预算", "9", "分", measure="得分", subject="养老服务（民生项目）", rank=2),
       N("绩效自评合计", "99", "分", measure="得分", subject="养老服务（民生项目）", rank=2)]),
     ("县级财政负担比例 ≥7% 7.4% 8 6",
      [N("县级财政负担比例", "7", "%", measure="目标值", subject="养老服务（民生项目）", rank=2),
       N("县级财政负担比例", "7.4", "%", measure="完成值", subject="养老服务（民生项目）", rank=2),
       N("县级财政负担比例", "8", "分", measure="权重", subject="养老服务（民生项目）", rank=2),
       N("县级财政负担比例", "6", "分", measure="得分", subject="养老服务（民生项目）", rank=2)]),
     ("临时救助专项经费：到位9.55万元，使用7.58万元。",
      [N("到位资金", "9.55", subject="临时救助专项经费", rank=2),
       N("项目支出", "7.58", subject="临时救助专项经费", rank=2)]),
     ("慰问专项经费：到位5.00万元，使用4.56万元。",
      [N("到位资金", "5.00", subject="慰问专项经费", rank=2), N("项目支出", "4.56", subject="慰问专项经费", rank=2)]),
     ("重特大疾病医疗救助人次占直接救助人次比例 ≥28% 17%",
      [N("重特大疾病医疗救助人次占直接救助人次比例", "28", "%", measure="目标值", subject="临时救助专项经费", rank=2),
       N("重特大疾病医疗救助人次占直接救助人次比例", "17", "%", measure="完成值", subject="临时救助专项经费", rank=2)]),
     ("工会经费（行政）执行2.32万元，工会经费（事业）执行0.22万元。",
      [N("项目预算", "2.32", measure="执行数", subject="工会经费（行政）", rank=2),
       N("项目预算", "0.22", measure="执行数", subject="工会经费（事业）", rank=2)]),
     ("共支出资金9568.14万元，其中财政资金支出7819.16万元，占总支出的81.72%。",
      [N("本年支出合计", "9568.14", scope=ALL), N("财政资金支出", "7819.16", parent="本年支出合计"),
       N("财政资金支出", "81.72", "%", measure="占比", parent="本年支出合计")]),
     ("各级财政补助资金260.95万元全部用于待遇支出。", [N("各级财政补助资金", "260.95", measure="执行数")]),
     ("共筹集各项财政补助资金245.19万元，其中地方财政补助资金39.14万元。",
      [N("筹集各项财政补助资金", "245.19", measure="执行数"), N("地方财政补助资金", "39.14", measure="执行数")]),
     ("项目支出8857.13万元。", [N("项目支出", "8857.13", scope=ALL)]),
     ("殡葬设施维护：到位3.00万元，支出2.85万元。",
      [N("项目支出", "2.85", subject="殡葬设施维护", aliases=("殡葬设施维护项目支出",))]),
     ("抚恤支出900.00万元。", [N("抚恤支出", "900.00", scope=ALL)]),
     ("抚恤支出： 38.98 73.32 112.75",
      [N("抚恤支出", "38.98", year=2020, rank=2), N("抚恤支出", "73.32", measure="预算数", rank=2),
       N("抚恤支出", "112.75", rank=2)]),
     ("绩效自评的项目39个。", [N("绩效自评项目数", "39", "个", measure="数量", aliases=("绩效自评项目",))]),
     ("政府性基金预算财政拨款支出12.00万元，年初预算支出9430.35万元。",
      [N("政府性基金预算财政拨款支出", "12.00"), N("预算支出", "9430.35", measure="年初预算数")]),
     ("公务接待费1.62万元，国内公务接待3批次、21人次；外宾接待1批次。",
      [N("公务接待费", "1.62"), N("国内公务接待批次", "3", "批次", measure="数量"),
       N("国内公务接待人次", "21", "人次", measure="数量"), N("外宾接待批次", "1", "批次", measure="数量")]),
     ("3.经办大厅改造项目：执行数为217.80万元，自评得分98.05分。", [N("绩效自评得分", "98.05", "分", measure="得分", year=2020)])],
)  # fmt: skip

WORKS = Report(
    "大竹县水务局", 2023, "大竹县",
    [("2023年“三公”经费预算3万元，比2022年预算减少1万元。",
      [N("三公经费", "3", measure="预算数"), N("三公经费", "1", measure="增减额", value="-1")]),
     ("会议费0.40万元，较年初预算数减少0.10万元，较上年减少0.20万元。",
      [N("会议费", "0.40"), N("会议费", "0.10", measure="增减额", value="-0.10"),
       N("会议费", "0.20", measure="增减额", value="-0.20")]),
     ("预算防汛补助标准45元/人，实际参训200人，防汛补助标准40元/人。",
      [N("防汛补助标准", "45", "元/人", measure="均值", subject="防汛抢险地方配套资金", rank=2),
       N("实际参训人数", "200", "人", measure="数量", subject="防汛抢险地方配套资金", rank=2),
       N("防汛补助标准", "40", "元/人", measure="均值", subject="防汛抢险地方配套资金", rank=2)]),
     ("堤防养护和渠道养护合计支出7.20万元。",
      [N("合计支出", "7.20", measure="执行数", subject="防汛抢险地方配套资金", rank=2)]),
     ("驻堤第一书记、巡查队员补助：全年预算3.20万元，执行3.20万元，执行率100%。",
      [N("项目预算", "3.20", measure="调整预算数", subject="驻堤第一书记、巡查队员补助", rank=2),
       N("项目预算", "3.20", measure="执行数", subject="驻堤第一书记、巡查队员补助", rank=2),
       N("项目预算", "100", "%", measure="完成率", subject="驻堤第一书记、巡查队员补助", rank=2)]),
     ("全年实际支出96.84万元，预算完成率97.5%。", [N("预算完成率", "97.5", "%", measure="完成率")]),
     ("共涉及项目12个，全面开展绩效自评。", [N("涉及项目", "12", "个", measure="数量")]),
     ("2023年巡查类事项3个，预算50万元，截至6月30日执行20.1万元、巡查进度40.2%，截至9月30日执行30万元、巡查进度60%，"
      "全年执行45万元、巡查进度90%。",
      [N("巡查类事项", "3", "个", measure="数量"), N("巡查类事项", "50", measure="预算数"),
       N("巡查进度", "40.2", "%", measure="完成率"), N("巡查进度", "60", "%", measure="完成率"),
       N("巡查进度", "90", "%", measure="完成率")]),
     ("受益脱贫户数 ≥2664 户 2664 户", [N("受益脱贫户数", "2664", "户", measure="完成值")]),
     ("全县实际巡河人数为3557人。", [N("巡河人数", "3557", "人", measure="数量")]),
     ("本年支出合计96.84万元，支出总计99.00万元。",
      [N("本年支出合计", "96.84", scope=ALL), N("支出总计", "99.00", scope=ALL)]),
     ("沙袋支出8.00万元。", [N("沙袋支出", "8.00")]),
     ("评价报告：沙袋支出12.00万元，其中：编织沙袋10.00万元，吸水沙袋2.00万元。",
      [N("沙袋支出", "12.00", rank=2), N("编织沙袋", "10.00", parent="沙袋支出", rank=2),
       N("吸水沙袋", "2.00", parent="沙袋支出", rank=2)]),
     ("对患病的巡查员家庭给予慰问，全年上门慰问420人次。", [N("上门慰问人次", "420", "人次", measure="数量")]),
     ("患病人员轮换次数 ≥300次 320次", [N("患病人员轮换次数", "320", "次", measure="完成值")]),
     ("受益群众住院1103人次。", [N("住院人次", "1103", "人次", measure="数量")]),
     ("疏浚奖励：社会效益指标（10）12分。",
      [N("社会效益指标", "10", "分", measure="权重", subject="疏浚奖励", rank=2),
       N("绩效自评合计", "12", "分", measure="权重", subject="疏浚奖励", rank=2)]),
     ("财政拨款收入66.00万元，占本年收入7.64%。",
      [N("财政拨款收入", "66.00", scope=ALL, parent="本年收入合计"),
       N("财政拨款收入", "7.64", "%", measure="占比", scope=ALL, parent="本年收入合计")]),
     ("农村饮水困难对象10852户16934人，城市饮水困难对象2146户3018人。",
      [N("农村饮水困难对象户数", "10852", "户", measure="数量", aliases=("农村饮水困难对象",)),
       N("农村饮水困难对象人数", "16934", "人", measure="数量"),
       N("城市饮水困难对象户数", "2146", "户", measure="数量", aliases=("城市饮水困难对象",)),
       N("城市饮水困难对象人数", "3018", "人", measure="数量")]),
     ("移民对象642人，其中集中安置移民对象186人、分散安置移民对象456人。",
      [N("移民对象", "642", "人", measure="数量"), N("集中安置移民对象", "186", "人", measure="数量", parent="移民对象"),
       N("分散安置移民对象", "456", "人", measure="数量", parent="移民对象")]),
     ("政府性基金本年支出5.33万元。",
      [N("本年支出合计", "5.33", scope="政府性基金预算财政拨款")]),
     ("社会捐赠支出6.00万元。", [N("社会捐赠支出", "6.00", parent="本年支出合计")]),
     ("一般公共预算水土保持支出年初预算188.20万元，决算197.38万元，较年初预算增长4.88%。",
      [N("水土保持支出", "188.20", measure="年初预算数", scope=GENERAL), N("水土保持支出", "197.38", scope=GENERAL),
       N("水土保持支出", "4.88", "%", measure="增减率", scope=GENERAL)]),
     ("渠道清淤经费：年初当年财政拨款86.00万元，全年90.00万元，执行82.15万元，得分9.1分。",
      [N("当年财政拨款", "86.00", measure="年初预算数", subject="渠道清淤经费", rank=2),
       N("当年财政拨款", "90.00", measure="调整预算数", subject="渠道清淤经费", rank=2),
       N("当年财政拨款", "82.15", measure="执行数", subject="渠道清淤经费", rank=2),
       N("项目预算", "9.1", "分", measure="得分", subject="渠道清淤经费", rank=2)]),
     ("清淤覆盖率 100% 98% 10 9",
      [N("清淤覆盖率", "100", "%", measure="目标值", subject="渠道清淤经费", rank=2),
       N("清淤覆盖率", "98", "%", measure="完成值", subject="渠道清淤经费", rank=2),
       N("清淤覆盖率", "9", "分", measure="得分", subject="渠道清淤经费", rank=2)]),
     ("山塘维修资金：全年预算100.00万元，其中：中央财政资金60.00万元、县级财政资金40.00万元；执行90.00万元，其中：中央财政资金"
      "55.00万元、县级财政资金35.00万元。",
      [N("项目预算", "100.00", measure="调整预算数", subject="山塘维修资金", rank=2),
       N("中央财政资金", "60.00", measure="调整预算数", subject="山塘维修资金", rank=2),
       N("县级财政资金", "40.00", measure="调整预算数", subject="山塘维修资金", rank=2),
       N("项目预算", "90.00", measure="执行数", subject="山塘维修资金", rank=2),
       N("中央财政资金", "55.00", measure="执行数", subject="山塘维修资金", rank=2, parent="项目预算"),
       N("县级财政资金", "35.00", measure="执行数", subject="山塘维修资金", rank=2, parent="项目预算")]),
     ("纳入2023年部门预算编制范围的预算单位共20个，职工医院编制床位300张。",
      [N("预算编制范围的预算单位", "20", "个", measure="数量"), N("编制床位", "300", "张", measure="数量")]),
     ("实施应急送水4286人次。", [N("实施应急送水人次", "4286", "人次", measure="数量")]),
     ("应急送水人次 ≥4000 4268", [N("应急送水人次", "4268", "人次", measure="完成值", subject="山塘维修资金", rank=2)]),
     ("实施抗旱送水1286人次。", [N("实施抗旱送水人次", "1286", "人次", measure="数量")]),
     ("抗旱送水人次 ≥4000 2268", [N("抗旱送水人次", "2268", "人次", measure="完成值", subject="山塘维修资金", rank=2)]),
     ("检查水库大坝不少于460座。", [N("水库大坝检查数量", "460", "个", measure="目标值")]),
     ("组织演练次数（个） 7", [N("组织演练次数", "7", "个", measure="数量")]),
     ("全年接待来宾68人次。", [N("来宾接待人次", "68", "人次", measure="数量")]),
     ("险情处置 20个工作日", [N("险情处置时限", "20", "个工作日", measure="完成值")]),
     ("年末结转和结余460.51万元，其中财政拨款110.94万元。",
      [N("年末结转和结余", "460.51", measure="期末数", scope=ALL), N("年末结转和结余", "110.94", measure="期末数", scope=FISCAL)])],
    definitions={"提租补贴（项）": "提租补贴（项）：按房改政策向职工发放的租金补贴。"},
)  # fmt: skip

WORKS_OFFICE = Report(
    "大竹县水务局机关",
    2023,
    "大竹县",
    [("会议费0.15万元，培训费0.25万元。", [N("会议费", "0.15"), N("培训费", "0.25")])],
)


CENTRE = "桃源县医疗保险服务中心"
RELIEF, RETIRED = "大病救助资金", "离休干部医药费"
INSURANCE = Report(
    "桃源县医疗保障局", 2021, "桃源县",
    [
        ("大病救助资金全年预算500.00万元。", [N("大病救助资金", "500.00", measure="调整预算数")]),
        ("年度资金总额 500.00 480.00",
         [N("项目预算", "500.00", measure="调整预算数", subject=RELIEF, aliases=(RELIEF,), agency=CENTRE),
          N("项目预算", "480.00", measure="执行数", subject=RELIEF, aliases=(RELIEF,), agency=CENTRE)]),
        ("离休干部医药费年度资金总额 240.00 265.00",
         [N("项目预算", "240.00", measure="年初预算数", subject=RETIRED, aliases=(RETIRED,)),
          N("项目预算", "265.00", measure="执行数", subject=RETIRED, aliases=(RETIRED,))]),
        ("总分 100 98", [N("绩效自评合计", "98", "分", measure="得分", subject=RETIRED)]),
        ("资助困难群众参保4126人。", [N("资助参保人数", "4126", "人", measure="数量")]),
        ("资助参保人数 4216", [N("资助参保人数", "4216", "人", measure="数量", agency=CENTRE)]),
        ("窗口服务满意率95%。", [N("窗口服务满意率", "95", "%", measure="完成值", agency=CENTRE)]),
        ("年内调出3人、退休2人。", [N("调出人数", "3", "人", measure="数量"), N("退休人员", "2", "人", measure="数量")]),
        ("退休人员22人。", [N("退休人员", "22", "人", measure="数量")]),
        ("全年执行7208.14万元，预算执行率97.21%。",
         [N("部门预算", "7208.14", measure="执行数"), N("预算执行率", "97.21", "%", measure="完成率")]),
        ("总额 7415.36 7208.14 97.12%",
         [N("整体支出预算", "7415.36", measure="预算数"), N("整体支出预算", "7208.14", measure="执行数"),
          N("整体支出预算", "97.12", "%", measure="完成率")]),
        ("门诊统筹资金 3260.00", [N("门诊统筹资金", "3260.00", measure="调整预算数", subject="门诊统筹资金")]),
        ("1.门诊统筹资金。", []),
        ("资金来源为中央补助1450.00万元、省级补助620.00万元、市本级配套1190.00万元。",
         [N("资金来源为中央补助", "1450.00", measure="执行数"), N("省级补助", "620.00", measure="执行数"),
          N("市本级配套", "1190.00", measure="执行数")]),
        ("职业年金缴费17.58万元。", [N("职业年金缴费", "17.58", code="30109")]),
        ("机关事业单位职业年金缴费支出年初预算18.20万元，完成96.59%。",
         [N("机关事业单位职业年金缴费支出", "18.20", measure="年初预算数", code="2080506"),
          N("机关事业单位职业年金缴费支出", "96.59", "%", measure="完成率", code="2080506")]),
        ("编制床位650张，实际开放床位820张。",
         [N("编制床位", "650", "张", measure="数量"), N("实际开放床位", "820", "张", measure="数量")]),
        ("自评质量20分得18.4分。", [N("自评质量", "20", "分", measure="权重"), N("自评质量得分", "18.4", "分", measure="得分")]),
        ("履行一般行政管理职能、维持机关日常运转而开支的值守运行经费220.04万元。",
         [N("履行一般行政管理职能、维持机关日常运转而开支的值守运行经费", "220.04")]),
        ("公用经费20.00万元，主要包括取暖费4.20万元。",
         [N("公用经费", "20.00"), N("取暖费", "4.20", parent="公用经费")]),
        ("病案抽查成本控制在2400元以内，实际为2360元。",
         [N("病案抽查成本", "2400", "元", measure="目标值"), N("病案抽查成本", "2360", "元", measure="完成值")]),
        ("门诊慢特病96310人次，统筹支付6218.40万元。", [N("统筹支付", "6218.40", measure="执行数")]),
        ("普通门诊402577人次，统筹支付2106.35万元。", [N("统筹支付", "2106.35", measure="执行数")]),
    ],
)  # fmt: skip

REPORTS = (YUNLING_2022, YUNLING_2021, QINGSHUI, CIVIL, WORKS, WORKS_OFFICE, INSURANCE)


def make_answers(path: Path) -> None:
    """Write the knowledge base."""
    with Store(path) as store:
        for report in REPORTS:
            _store(store, report)


def _store(store: Store, report: Report) -> None:
    document = f"{report.agency}{report.year}.txt"
    title = f"{report.agency}{report.year}年度部门决算"
    figures, text = [], ""
    for number, (line, numbers) in enumerate(report.lines, start=1):
        position = 0
        for item in numbers:
            at = line.index(item.printed, position)
            position = at + len(item.printed)
            figures.append(_figure(report, document, item, len(text), at, line, number))
        text += line + "\n"
    absences, definitions = [], []
    for term, sentence in report.absences.items():
        place = Place(start=len(text), end=len(text) + len(sentence), line=text.count("\n") + 1)
        absences.append(
            Absence(metric=term, agency=report.agency, year=report.year, text=sentence, place=place, section="第三部分")
        )
        text += sentence + "\n"
    for term, sentence in report.definitions.items():
        place = Place(start=len(text), end=len(text) + len(sentence), line=text.count("\n") + 1)
        definitions.append(
            Definition(
                term=term, text=sentence, place=place, section="第四部分", agency=report.agency, year=report.year
            )
        )
        text += sentence + "\n"
    record = ReportRecord(
        document=document, title=title, agency=report.agency, year=report.year, kind="部门决算", format="text",
        sha256=hashlib.sha256(text.encode()).hexdigest(), version="test", text=text, place=report.place,
    )  # fmt: skip
    store.replace_report(record, build_rows(Contents(figures, definitions, absences)))


def _figure(report: Report, document: str, item: Number, start: int, at: int, line: str, number: int) -> Figure:
    place = Place(start=start + at, end=start + at + len(item.printed), line=number)
    identity = f"{document}{place.start}{item.metric}{item.measure}{item.scope}"
    return Figure(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16], document=document, agency=item.agency or report.agency,
        year=item.year or report.year, metric=item.metric, aliases=item.aliases, parent=item.parent, code=item.code, scope=item.scope,
        subject=item.subject, measure=item.measure, split=item.split, value=Decimal(item.value or item.printed),
        unit=item.unit, place=place, printed=item.printed, section="第二部分" if item.rank < 2 else "第四部分",
        quote=line, quote_start=start, quote_end=start + len(line), rule="test", rank=item.rank,
    )  # fmt: skip
