"""Which files a load is about: files as named, folders with all that is in them, zip archives unpacked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from knowledge.readers import ReaderError
from knowledge.readers.archive import unpack_archive

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
            for inside in _visible_files(path):
                yield from _open_archive(FoundFile(inside, str(inside), named=False), unpacked)
        elif not path.exists():
            yield Unusable(str(path), f"没有找到文件 {path}，请检查路径。")
        else:
            yield from _open_archive(FoundFile(path, str(path)), unpacked)


def _visible_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts):
            yield path


def _open_archive(file: FoundFile, unpacked: Path) -> Iterator[FoundFile | Unusable]:
    if file.path.suffix.lower() != ".zip":
        yield file
        return
    folder = Path(mkdtemp(dir=unpacked))
    try:
        for path in unpack_archive(file.path, folder):
            yield FoundFile(path, f"{file.origin}/{path.relative_to(folder)}", named=False)
    except (ReaderError, OSError) as error:
        message = (
            str(error) if isinstance(error, ReaderError) else f"《{file.path.name}》无法打开（{error.strerror}）。"
        )
        yield Unusable(file.origin, message)


def is_still_there(path: Path) -> bool:
    """Whether the file, or the archive that it lay in, exists."""
    return path.exists() or any(parent.is_file() for parent in path.parents)
