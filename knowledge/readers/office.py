"""Word 97–2003 (.doc) and WPS files, converted by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from knowledge.models import Source
from knowledge.readers.errors import ReaderError
from knowledge.readers.word import read_docx

SECONDS = 120


def read_doc(path: Path, data: bytes, sha256: str) -> Source:
    """Read a .doc document by way of .docx. Raises ReaderError where LibreOffice is missing or fails."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReaderError(
            f"《{path.name}》是 Word 97–2003 文件，需要 LibreOffice 才能读取："
            "请安装 LibreOffice，或另存为 .docx 后再载入。"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "input.doc"
        source.write_bytes(data)
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx",
                   "--outdir", folder, str(source)]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            converted = (Path(folder) / "input.docx").read_bytes()
        except (subprocess.SubprocessError, OSError):
            raise ReaderError(f"《{path.name}》无法由 LibreOffice 转换，请另存为 .docx 后再载入。") from None
    return read_docx(path, converted, sha256)
