"""The sample reports: marked as such, recognised rightly, built once and safely."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from knowledge import samples
from knowledge.connection import open_reader
from knowledge.store import stored_reports


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(samples, "_cache_folder", lambda: tmp_path / "cache")
    yield tmp_path / "cache"


@pytest.mark.parametrize("path", samples.sample_files(), ids=lambda path: path.stem)
def test_every_sample_is_marked(path: Path) -> None:
    assert "示例：本文为演示用摘编" in path.read_text("utf-8")


def test_bodies_and_years(cache: Path) -> None:
    reports = stored_reports(samples.open_samples()).values()
    assert {(report.agency, report.year, report.kind) for report in reports} == {
        ("渠县医疗保障局", 2022, "部门决算"),
        ("株洲市石峰区医疗保障局", 2019, "部门决算"),
        ("澄江县医疗保险基金管理中心", 2019, "部门决算"),
        ("曾都区医疗保障局", 2020, "绩效自评"),
        ("浏阳市医疗保障局", 2021, "绩效自评"),
    }


def test_built_once(cache: Path) -> None:
    path = samples.open_samples()
    built = path.stat().st_mtime_ns
    assert samples.open_samples() == path
    assert path.stat().st_mtime_ns == built
    assert [file.name for file in cache.iterdir()] == [path.name]


def test_several_at_once_get_a_whole_one(cache: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        paths = list(pool.map(lambda _: samples.open_samples(), range(3)))
    assert len(set(paths)) == 1
    with closing(open_reader(paths[0])) as reader:
        assert reader.execute("SELECT count(*) FROM reports WHERE is_sample").fetchone()[0] == 5


def test_without_a_cache_folder_they_are_built_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(samples, "_cache_folder", lambda: tmp_path / "file" / "cache")
    assert len(stored_reports(samples.open_samples())) == 5
