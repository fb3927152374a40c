"""The file that people fill in."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from sokhach.core.actor import Role
from sokhach.core.catalogue import Locale, say

COLUMNS = ("name", "login", "role", "team")
_WIDTH = 30


def write_template(locale: Locale, teams: Sequence[str]) -> bytes:
    """An Excel file: a sheet with the headings only, and one that tells what may stand below them. `teams`: how each is
    written."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say(locale, "import.sheet")
    sheet.append([say(locale, f"import.column.{column}") for column in COLUMNS])
    help_sheet = book.create_sheet(say(locale, "import.help-sheet"))
    for column in COLUMNS:
        help_sheet.append([say(locale, f"import.column.{column}"), say(locale, f"import.help.{column}")])
    for role in Role:
        help_sheet.append([say(locale, "import.column.role"), say(locale, f"audit-value.role.{role.value}")])
    for team in teams:
        help_sheet.append([say(locale, "import.column.team"), team])
    for one in (sheet, help_sheet):
        for letter in "ABCD":
            one.column_dimensions[letter].width = _WIDTH
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    # Phone numbers keep their zero.
    for cells in sheet.iter_rows(min_row=2, max_row=200, min_col=2, max_col=2):
        cells[0].number_format = "@"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
