"""Short reports written for this project, with real published figures: what a fresh clone answers from.

The knowledge base of the samples is built once for each version of the program and kept in the user's cache folder.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.version import extraction_version

FOLDER = Path(__file__).parent
_SUFFIXES = (".txt", ".md")
_KEEP_SECONDS = 7 * 24 * 3600


def open_samples() -> Path:
    """The knowledge base of the samples, built if this version has none yet. Safe for several processes at once."""
    path = _cache_folder() / f"samples-{_fingerprint()}.db"
    if path.is_file():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_old(path.parent)
        return _build(path)
    except OSError:
        return _build(_temporary_folder() / path.name)


def sample_files() -> list[Path]:
    """The sample reports, in order of name."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in _SUFFIXES)


def _build(path: Path) -> Path:
    """Built beside and moved into place, so that nobody ever opens half of it."""
    from knowledge.prepare import Told, prepare
    from knowledge.store import Store

    with TemporaryDirectory(dir=path.parent, prefix="building-") as folder:
        built = Path(folder) / path.name
        with Store(built) as store:
            for file in sample_files():
                prepared = prepare(file, file.name, str(file), Told(), is_sample=True)
                store.replace_report(prepared.record, prepared.rows)
            store.stand_alone()
        built.replace(path)
    return path


def _fingerprint() -> str:
    digest = hashlib.sha256(extraction_version().encode())
    for file in sample_files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _remove_old(folder: Path) -> None:
    """Drop what earlier versions left, unless it is fresh enough to be in use."""
    for path in folder.glob("samples-*.db"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _KEEP_SECONDS:
                path.unlink()


def _cache_folder() -> Path:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  Path.home raises where there is no home
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "juesuan-bot"
    if sys.platform == "darwin":
        return home / "Library/Caches/juesuan-bot"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "juesuan-bot"


def _temporary_folder() -> Path:
    """A folder for this process alone, removed when it ends."""
    folder = tempfile.mkdtemp(prefix="juesuan-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
