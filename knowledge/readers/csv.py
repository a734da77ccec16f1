"""CSV and tab-separated files → ``Source``: one line per record, so that lines are cited as in the file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from knowledge.models import Source
from knowledge.readers.compose import CellText, Composer
from knowledge.readers.sheets import write_sheet
from knowledge.readers.text import decode


def read_csv(path: Path, data: bytes, sha256: str) -> Source:
    """Read a delimited file in any encoding that text files may have."""
    text = decode(data, path.name).lstrip("\ufeff")
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text)))
    columns = max((len(record) for record in records), default=0)
    rows = [
        [CellText(row, column, " ".join(field.split())) for column, field in enumerate(record)]
        for row, record in enumerate(records)
    ]
    composer = Composer()
    write_sheet(composer, rows, columns)
    return composer.source(path.name, sha256, "csv")


def find_delimiter(text: str) -> str:
    """The character that separates fields: the most frequent candidate of the first lines."""
    head = "\n".join(text.splitlines()[:20])
    return max(",\t;|，", key=head.count)
