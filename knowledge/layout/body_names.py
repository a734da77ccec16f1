"""How the names of bodies (机关单位) end and how they begin."""

from __future__ import annotations

import re

from knowledge.regions import codes_by_name

END = re.compile(
    r"(?:委员会|管委会|办公室|办事处|保障局|[\u4e00-\u9fff]局|(?<![餐客舞大展])厅|中心(?!小学|中学|学校|幼儿园|卫生院|医院|敬老院)|人民政府|法院|检察院|医院|保健院|疗养院|研究院|剧院|少年宫|学院|大学|中学|小学|学校|幼儿园|"
    r"研究所|管理所|[\u4e00-\u9fff]站|图书馆|博物馆|文化馆|档案馆|体育馆|美术馆|纪念馆|大队|支队|总队|总工会|工商联|商业联合会|红十字会|"
    r"(?:[镇乡]|街道)(?=20\d\d年)|残疾人联合会|残联|妇联|妇女联合会|科协|科学技术协会|文联|团委|共青团[\u4e00-\u9fff]{2,6}委|党校|公安局|政协|人大常委会|侨联|工委|"
    r"合作社|卫生院|福利院|敬老院|养老院|殡仪馆|监狱|管理处|事务所|林场|农场|电视台|报社|协会|纪委监委|监委|"
    r"(?:宣传|组织|统战|统一战线工作|武装|管理|服务|经办|稽核)部)"
)
"""Where the name of a body ends."""
PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|自治州|州|盟|地区|县|区|旗|镇|乡|街道)")
_NO_NAME = re.compile(
    "(?:[\u4e00-\u9fff]*[全各本我该贵]|(?:转发|印发|报送|上报|监管|监督|服务|面向|以|对|在)+)(?:省|市|州|盟|县|区|旗|镇|乡|街道)"
)
"""What looks like a place and names none: 转发省…, 监管全县…"""


def opens_with_place(name: str) -> bool:
    """Whether a name begins with what may be the name of a place.

    >>> opens_with_place("渠县医疗保障局"), opens_with_place("监管全县医院"), opens_with_place("转发省财政厅")
    (True, False, False)
    """
    place = PLACE.match(name)
    return place is not None and not (_NO_NAME.fullmatch(place[0]) and place[0] not in codes_by_name())
