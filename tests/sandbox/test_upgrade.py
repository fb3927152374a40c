"""A folder that an older sandbox left behind."""

import sqlite3
from pathlib import Path

from tests.sandbox.harness import SandboxProcess, Shop, client

FIRST_SCHEMA = """
CREATE TABLE app (
    app_id TEXT PRIMARY KEY, app_secret TEXT NOT NULL, oa_secret TEXT NOT NULL, webhook_url TEXT,
    webhook_off_since_ms INTEGER, active INTEGER NOT NULL DEFAULT 1, callback_url TEXT, code_challenge TEXT,
    rate_limit_per_minute INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE oa (
    oa_id TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES app, name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '', enabled INTEGER NOT NULL DEFAULT 1, rate_limit_per_minute INTEGER,
    sub_quota_total INTEGER NOT NULL, sub_quota_remain INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE customer (
    user_id TEXT PRIMARY KEY, oa_id TEXT NOT NULL REFERENCES oa, user_id_by_app TEXT NOT NULL,
    display_name TEXT NOT NULL, created_ms INTEGER NOT NULL, follows INTEGER NOT NULL DEFAULT 0,
    unfollowed_ms INTEGER, last_interaction_ms INTEGER, wrote INTEGER NOT NULL DEFAULT 0,
    welcome_sent INTEGER NOT NULL DEFAULT 0, phone_on INTEGER NOT NULL DEFAULT 1, auto_seen_ms INTEGER,
    off_zalo INTEGER NOT NULL DEFAULT 0, refuses_messages INTEGER NOT NULL DEFAULT 0, shared_phone TEXT
) WITHOUT ROWID;
CREATE TABLE message (
    seq INTEGER PRIMARY KEY, msg_id TEXT NOT NULL UNIQUE, oa_id TEXT NOT NULL, user_id TEXT NOT NULL,
    src INTEGER NOT NULL CHECK (src IN (0, 1)), type TEXT NOT NULL, text TEXT, attachment TEXT, quote_msg_id TEXT,
    time_ms INTEGER NOT NULL, app_id TEXT, admin_id TEXT, replies INTEGER NOT NULL DEFAULT 0, receive_due_ms INTEGER,
    received_ms INTEGER, seen_due_ms INTEGER, seen_ms INTEGER
);
"""
URL = "http://127.0.0.1/a.png"


async def test_goes_on_where_the_older_one_stopped(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "sandbox.sqlite3") as old:
        old.executescript(FIRST_SCHEMA)
        old.execute("INSERT INTO app VALUES ('1', 'a', 'o', NULL, NULL, 1, NULL, NULL, 4000)")
        old.execute("INSERT INTO oa VALUES ('2', '1', 'Mộc An', '', 1, NULL, 500, 400)")
        sql = "INSERT INTO customer (user_id, oa_id, user_id_by_app, display_name, created_ms, last_interaction_ms)"
        old.execute(f"{sql} VALUES ('3', '2', '4', 'Lan', 1, 1)")
        sql = "INSERT INTO message (msg_id, oa_id, user_id, src, type, attachment, time_ms)"
        old.execute(f"{sql} VALUES ('m', '2', '3', 1, 'image', ?, 5)", (f'{{"thumbnail":"{URL}","url":"{URL}"}}',))
    old.close()
    for _ in range(2):
        process = SandboxProcess(tmp_path)
        try:
            async with client(process.url) as http:
                shop = Shop(http, None)
                shop.app_id, shop.oa_id = "1", "2"
                await shop.new_token()
                (item,) = (await shop.get("/v2.0/oa/conversation", user_id="3", offset=0, count=10))["data"]
                assert (item["type"], item["url"]) == ("photo", URL)
                package = (await shop.get("/v2.0/oa/getoa"))["data"]["package_valid_through_date"]
                assert int(package[-4:]) > 2025
                assert (await shop.phone("3"))[0]["attachments"][0]["type"] == "image"
        finally:
            process.kill()
