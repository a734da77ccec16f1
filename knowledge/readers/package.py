"""Zip containers (Office files, archives): refuse bombs and XML with a document type before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from knowledge.readers.errors import ReaderError

MOST_BYTES = 1 << 30
MOST_MEMBERS = 20_000
HIGHEST_RATIO = 250
SMALL = 16 << 20


def open_package(data: bytes, name: str) -> zipfile.ZipFile:
    """A zip file whose unpacked size is within limits. Raises ReaderError for a damaged, locked or bloated one."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ReaderError(f"《{name}》已损坏或未下载完（压缩结构不完整），请重新下载后再载入。") from None
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MOST_MEMBERS or unpacked > MOST_BYTES or (unpacked > SMALL and unpacked / packed > HIGHEST_RATIO):
        raise ReaderError(
            f"《{name}》解压后有 {unpacked / (1 << 20):,.0f} MB、{len(members)} 个文件，"
            "超出安全限度（疑似压缩炸弹），未读取。"
        )
    return package


def check_office_xml(package: zipfile.ZipFile, name: str) -> None:
    """Office files never declare a document type; one that does could expand entities without end."""
    for member in package.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with _opened(package, member, name) as stream:
                head = stream.read(4096)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise ReaderError(f"《{name}》的 XML 中含有实体定义，可能是恶意文件，未读取。")


def _opened(package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> zipfile.ZipExtFile:
    try:
        return package.open(member)  # type: ignore[return-value]
    except (RuntimeError, zipfile.BadZipFile, NotImplementedError):
        raise ReaderError(f"《{name}》设有密码或已损坏，无法打开，请解除密码或重新下载后再载入。") from None
