"""The compared form of names, and how they sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from knowledge.regions import is_within, leading_regions, region_stem, regions
from knowledge.spelling import (
    _syllable_table,
    homophones,
    lookalikes,
    short_form,
    shorten,
    simplify,
    spell,
    syllables,
    usual_readings,
)
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.abbreviations import abbreviations, everyday_words


def test_every_reading_is_one_that_pypinyin_knows() -> None:
    for character, readings in _syllable_table().items():
        known = {reading.replace("ü", "v") for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]}
        assert set(readings) <= known, character


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("曲县", "qu xian"),
        ("石锋区", "shi feng qu"),
        ("三工经费", "san gong jing fei"),
        ("2022年", "2 0 2 2 nian"),
        ("绿化率", "lv hua lv"),
    ],
)
def test_syllables(text: str, sounds: str) -> None:
    assert " ".join(syllables(text)) == sounds


def test_characters_with_several_readings() -> None:
    assert set(usual_readings("重")) == {"zhong", "chong"}
    assert set(usual_readings("会")) == {"hui", "kuai"}
    assert usual_readings("a") == ("a",)
    assert "曲" in homophones("渠")
    assert "障" in lookalikes()["樟"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("医疗保障局", "医保局"), ("人力资源和社会保障局", "人社局"), ("卫生健康局", "卫健局"), ("住房和城乡建设局", "住建局"),
        ("发展和改革委员会", "发改委"), ("城乡居民基本医疗保险待遇支出", "城乡居民医保待遇支出"), ("“三公”经费", "三公经费"),
        ("因公出国（境）费", "因公出国费"), ("人民政府办公室", "府办"), ("簇桥街道办事处", "簇桥街道"), ("疾病预防控制中心", "疾控中心"),
        ("新型冠状病毒疫苗", "新冠疫苗"), ("財政撥款", "财政拨款"), ("", ""),
    ],
)  # fmt: skip
def test_short_forms(name: str, short: str) -> None:
    assert short_form(name) == short


def test_spelling_knows_where_characters_stood() -> None:
    spelling = spell("渠 縣，２０２２")
    assert spelling.text == "渠县2022"
    assert spelling.span(0, 2) == (0, 3)
    assert spelling.breaks == {2}
    assert spelling.gaps == {1, 2}


@given(st.text(max_size=30))
def test_spellings_keep_their_offsets(text: str) -> None:
    for spelling in (spell(text), shorten(spell(text))):
        assert len(spelling.text) == len(spelling.starts) == len(spelling.ends)
        assert list(spelling.starts) == sorted(spelling.starts)
        assert all(0 <= start < end <= len(text) for start, end in zip(spelling.starts, spelling.ends, strict=True))
    assert len(simplify(text)) == len(text)


@given(st.text("医疗保障局人力资源和社会基本险城乡居民卫生健康委员", max_size=20))
def test_a_short_form_is_its_own_short_form_where_it_has_no_longer_one(text: str) -> None:
    once = short_form(text)
    assert short_form(once) in (once, short_form(short_form(once)))
    assert len(once) <= len(text)


def test_regions() -> None:
    assert len(regions()) > 3000
    assert leading_regions("四川省达州市渠县医疗保障局") == ((511725,), 8)
    assert leading_regions("澄江县医疗保险基金管理中心")[0] == (530481,)
    assert leading_regions("恩施州财政局")[0] == (422800,)
    assert leading_regions("国家医疗保障局") == ((), 0)
    assert is_within(430204, 430200)
    assert is_within(430204, 430000)
    assert not is_within(430204, 510000)
    assert region_stem("恩施土家族苗族自治州") == "恩施"
    assert region_stem("大通回族土族自治县") == "大通"


def test_words_of_the_vocabulary_fit_together() -> None:
    assert abbreviations().same["医疗保障"] == "医保"
    assert everyday_words()["请客吃饭"] == "公务接待费"
    clashes = {
        word: (term, metric_by_alias()[word].name)
        for word, term in everyday_words().items()
        if word in metric_by_alias() and metric_by_alias()[word].name != term
    }
    assert not clashes
