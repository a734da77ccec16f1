"""Zip archives of reports: unpacked into a folder, Chinese names restored, bombs refused."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from knowledge.readers.errors import ReaderError
from knowledge.readers.package import MOST_BYTES, MOST_MEMBERS, open_package

UNREAD = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
DEEPEST = 3


@dataclass(slots=True)
class Budget:
    """What an archive may still unpack, the archives inside it counted in."""

    size: int = MOST_BYTES
    members: int = MOST_MEMBERS

    def spend(self, package: zipfile.ZipFile, name: str) -> None:
        """Take off a package; raises ReaderError when nothing is left."""
        self.size -= sum(member.file_size for member in package.infolist())
        self.members -= len(package.infolist())
        if self.size < 0 or self.members < 0:
            raise ReaderError(f"《{name}》连同内层压缩包解压后超出安全限度（疑似压缩炸弹），未读取。")


def unpack_archive(path: Path, folder: Path) -> list[Path]:
    """Unpack a zip file with the zip files inside it; return the files in order of their names.

    Raises ReaderError for a damaged, locked or bloated archive; nothing stays in ``folder`` outside its own tree.
    """
    files = _unpack(path.read_bytes(), path.name, folder, 1, Budget())
    if not files:
        raise ReaderError(f"《{path.name}》中没有文件。")
    return sorted(files)


def _unpack(data: bytes, name: str, folder: Path, depth: int, budget: Budget) -> list[Path]:
    if depth > DEEPEST:
        raise ReaderError(f"《{name}》中压缩包层层嵌套超过 {DEEPEST} 层，未读取。")
    package = open_package(data, name)
    budget.spend(package, name)
    files: list[Path] = []
    for member in package.infolist():
        inner = member_name(member)
        if member.is_dir() or any(part in inner for part in UNREAD):
            continue
        target = _target(folder, inner)
        content = _read(package, member, name)
        if target.suffix.lower() == ".zip":
            files += _unpack(content, target.name, target.with_suffix(""), depth + 1, budget)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            files.append(target)
    return files


def member_name(member: zipfile.ZipInfo) -> str:
    """The member's path; names that Windows wrote in GBK without saying so are restored."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _target(folder: Path, inner: str) -> Path:
    """Where a member goes: inside the folder, whatever its path says."""
    parts = [part for part in PurePosixPath(inner.replace("\\", "/")).parts if part not in {"..", ".", "/"}]
    parts = [part for part in parts if not part.endswith(":")] or ["unnamed"]
    return folder.joinpath(*parts)


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with package.open(member) as stream:
            content = stream.read(member.file_size + 1)
    except RuntimeError:
        raise ReaderError(f"《{name}》设有解压密码，请解压后再载入。") from None
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        raise ReaderError(f"《{name}》中的《{member_name(member)}》已损坏，请重新下载后再载入。") from None
    return content
