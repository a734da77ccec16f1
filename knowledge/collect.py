"""Which files a load is about: files as named, folders with all that is in them, zip archives unpacked."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from knowledge.readers import ReaderError

MAX_ARCHIVE_FILES = 20_000
MAX_ARCHIVE_BYTES = 4 * 1024**3
MAX_ARCHIVE_RATIO = 200
MAX_ARCHIVE_DEPTH = 3
_HIDDEN = (".", "~$", "__MACOSX")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to load. ``origin`` is where an admin finds it: its path, inside an archive with the archive's path.

    ``named`` is False for what was merely found in a folder or archive: other formats there are passed over.
    """

    path: Path
    origin: str
    named: bool = True

    @property
    def where(self) -> str:
        """``origin`` from the root of the file system."""
        return str(Path(self.origin).absolute())


@dataclass(frozen=True, slots=True)
class Unusable:
    """A path that gives no file, and one sentence why."""

    origin: str
    message: str


def find_files(paths: Iterable[Path], unpacked: Path) -> Iterator[FoundFile | Unusable]:
    """The files of all paths, folders in order of name; archives are unpacked below ``unpacked``."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, str(path), unpacked, depth=0)
        elif not path.exists():
            yield Unusable(str(path), f"没有找到文件 {path}，请检查路径。")
        else:
            yield from _one(FoundFile(path, str(path)), unpacked, depth=0)


def _one(file: FoundFile, unpacked: Path, depth: int) -> Iterator[FoundFile | Unusable]:
    if file.path.suffix.lower() != ".zip":
        yield file
        return
    try:
        if depth == MAX_ARCHIVE_DEPTH:
            raise ReaderError(f"《{file.path.name}》是层层嵌套的压缩包，未予解压；请自行解压后载入其中的文件。")
        folder = Path(mkdtemp(dir=unpacked))
        unpack(file.path, folder)
    except ReaderError as error:
        yield Unusable(file.origin, str(error))
    else:
        yield from _in_folder(folder, file.origin, unpacked, depth + 1)


def _in_folder(folder: Path, origin: str, unpacked: Path, depth: int) -> Iterator[FoundFile | Unusable]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(_HIDDEN) for part in inside.parts):
            yield from _one(FoundFile(path, f"{origin}/{inside}", named=False), unpacked, depth)


def is_still_there(path: Path) -> bool:
    """Whether the file, or the archive that it lay in, exists."""
    return path.exists() or any(parent.is_file() for parent in path.parents)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a zip archive. Raises ReaderError where it is damaged, locked, or unpacks to far more than it should."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _refuse_bomb(archive, entries)
            for entry in entries:
                _unpack_entry(opened, entry, folder)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ReaderError(f"《{archive.name}》不是完整的压缩包，无法解压，请重新下载后再试。") from error
    except RuntimeError as error:
        raise ReaderError(f"《{archive.name}》设有密码，无法解压，请去掉密码后再试。") from error


def _refuse_bomb(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    too_dense = total > 64 * 1024**2 and total / packed > MAX_ARCHIVE_RATIO
    if len(entries) > MAX_ARCHIVE_FILES or total > MAX_ARCHIVE_BYTES or too_dense:
        raise ReaderError(f"《{archive.name}》解压后过大，可能有问题，未予载入；请自行解压后载入其中的文件。")


def _unpack_entry(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    target = (folder / entry_name(entry)).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise zipfile.BadZipFile(f"entry outside the archive: {entry.filename}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; names that Windows packed in GBK are read as such."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
