"""Tables of the simulated Zalo Web. Ids of users and groups are texts of 19 digits, ids of messages numbers of 13."""

WEB_SCHEMA = """
CREATE TABLE IF NOT EXISTS web_user (
    uid TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    phone TEXT UNIQUE,
    avatar TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    phone_on INTEGER NOT NULL DEFAULT 1,
    accepts_strangers INTEGER NOT NULL DEFAULT 1,
    findable INTEGER NOT NULL DEFAULT 1,
    auto_seen_ms INTEGER,
    strangers_per_day INTEGER NOT NULL DEFAULT 100
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_friend (
    uid TEXT NOT NULL,
    friend_uid TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (uid, friend_uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_alias (
    uid TEXT NOT NULL,
    other_uid TEXT NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (uid, other_uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_request (
    from_uid TEXT NOT NULL,
    to_uid TEXT NOT NULL,
    message TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (from_uid, to_uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_block (
    uid TEXT NOT NULL,
    other_uid TEXT NOT NULL,
    PRIMARY KEY (uid, other_uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_stranger (
    uid TEXT NOT NULL,
    day TEXT NOT NULL,
    other_uid TEXT NOT NULL,
    PRIMARY KEY (uid, day, other_uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_session (
    sek TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    uid TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    imei TEXT,
    enk TEXT NOT NULL,
    began_ms INTEGER NOT NULL,
    issued_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    ended TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS web_session_of_user ON web_session (uid, began_ms);

CREATE TABLE IF NOT EXISTS web_group (
    gid TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    creator_uid TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    version INTEGER NOT NULL,
    approval INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_member (
    gid TEXT NOT NULL,
    uid TEXT NOT NULL,
    admin INTEGER NOT NULL,
    joined_ms INTEGER NOT NULL,
    PRIMARY KEY (gid, uid)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS web_member_groups ON web_member (uid);

CREATE TABLE IF NOT EXISTS web_pending (
    gid TEXT NOT NULL,
    uid TEXT NOT NULL,
    PRIMARY KEY (gid, uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_message (
    msg_id INTEGER PRIMARY KEY,
    other_id INTEGER NOT NULL,
    cli_msg_id TEXT NOT NULL,
    from_uid TEXT NOT NULL,
    to_id TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    msg_type TEXT NOT NULL,
    content TEXT NOT NULL,
    ts_ms INTEGER NOT NULL,
    by_phone INTEGER NOT NULL,
    quote_id INTEGER,
    mentions TEXT NOT NULL DEFAULT '[]',
    ttl INTEGER NOT NULL DEFAULT 0,
    recalled_ms INTEGER,
    recall_id INTEGER,
    recall_cli_id TEXT
);
CREATE INDEX IF NOT EXISTS web_message_to ON web_message (to_id, msg_id);
CREATE INDEX IF NOT EXISTS web_message_from ON web_message (from_uid, msg_id);
CREATE UNIQUE INDEX IF NOT EXISTS web_message_other ON web_message (other_id);

CREATE TABLE IF NOT EXISTS web_thread (
    uid TEXT NOT NULL,
    thread TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    last_msg_id INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    PRIMARY KEY (uid, thread)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_receipt (
    msg_id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    delivered_ms INTEGER,
    seen_ms INTEGER,
    PRIMARY KEY (msg_id, uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_lost (
    msg_id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    PRIMARY KEY (msg_id, uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_deleted (
    msg_id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    PRIMARY KEY (msg_id, uid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_reaction (
    event_id INTEGER PRIMARY KEY,
    msg_id INTEGER NOT NULL,
    uid TEXT NOT NULL,
    icon TEXT NOT NULL,
    kind INTEGER NOT NULL,
    source INTEGER NOT NULL,
    cli_msg_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS web_reaction_of_message ON web_reaction (msg_id);

CREATE TABLE IF NOT EXISTS web_label (
    uid TEXT PRIMARY KEY,
    labels TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS web_upload (
    upload_id TEXT PRIMARY KEY,
    uid TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    url TEXT,
    thumb TEXT,
    checksum TEXT,
    finished_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS web_upload_of_client ON web_upload (uid, kind, client_id);

CREATE TABLE IF NOT EXISTS web_chunk (
    upload_id TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (upload_id, chunk)
);
"""
