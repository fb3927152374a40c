"""The tables of the sandbox's database, and how an older file is brought up to them."""

from sokhach.sandbox.web.schema import WEB_SCHEMA

SCHEMA = (
    WEB_SCHEMA
    + """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS app (
    app_id TEXT PRIMARY KEY,
    app_secret TEXT NOT NULL,
    oa_secret TEXT NOT NULL,
    webhook_url TEXT,
    webhook_off_since_ms INTEGER,
    active INTEGER NOT NULL DEFAULT 1,
    api_registered INTEGER NOT NULL DEFAULT 1,
    removed INTEGER NOT NULL DEFAULT 0,
    events_off TEXT NOT NULL DEFAULT '[]',
    syntax_filter INTEGER NOT NULL DEFAULT 0,
    callback_url TEXT,
    code_challenge TEXT,
    rate_limit_per_minute INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS oa (
    oa_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL REFERENCES app,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    enabled INTEGER NOT NULL DEFAULT 1,
    rate_limit_per_minute INTEGER,
    sub_quota_total INTEGER NOT NULL,
    sub_quota_remain INTEGER NOT NULL,
    exists_at_zalo INTEGER NOT NULL DEFAULT 1,
    granted INTEGER NOT NULL DEFAULT 1,
    verified INTEGER NOT NULL DEFAULT 1,
    oa_type INTEGER NOT NULL DEFAULT 2,
    alias TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT 'Nội thất & Đồ gia dụng',
    package_name TEXT NOT NULL DEFAULT 'Tăng trưởng',
    package_days INTEGER NOT NULL DEFAULT 365,
    package_from_ms INTEGER NOT NULL DEFAULT 0,
    zca_linked INTEGER NOT NULL DEFAULT 1,
    zca_balance INTEGER,
    pay_per_message INTEGER NOT NULL DEFAULT 0,
    refused_apis TEXT NOT NULL DEFAULT '[]',
    banned_words TEXT NOT NULL DEFAULT '[]',
    uploads_per_month INTEGER NOT NULL DEFAULT 5000,
    articles_per_month INTEGER,
    media_life_seconds INTEGER NOT NULL DEFAULT 604800
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS auth_code (
    code TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    code_challenge TEXT,
    expires_ms INTEGER NOT NULL,
    spent_ms INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS token (
    token TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    app_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    dead_ms INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS customer (
    user_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL REFERENCES oa,
    user_id_by_app TEXT NOT NULL,
    display_name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    follows INTEGER NOT NULL DEFAULT 0,
    unfollowed_ms INTEGER,
    last_interaction_ms INTEGER,
    wrote INTEGER NOT NULL DEFAULT 0,
    welcome_sent INTEGER NOT NULL DEFAULT 0,
    phone_on INTEGER NOT NULL DEFAULT 1,
    auto_seen_ms INTEGER,
    off_zalo INTEGER NOT NULL DEFAULT 0,
    refuses_messages INTEGER NOT NULL DEFAULT 0,
    shared_phone TEXT,
    conversation_id TEXT,
    receive_quota_out INTEGER NOT NULL DEFAULT 0,
    blocks_invitations INTEGER NOT NULL DEFAULT 0,
    alias TEXT NOT NULL DEFAULT '',
    external_id TEXT NOT NULL DEFAULT '',
    shared_info TEXT NOT NULL DEFAULT '{}',
    custom_info TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS customer_of_oa ON customer (oa_id, user_id);
CREATE UNIQUE INDEX IF NOT EXISTS customer_anonymous ON customer (conversation_id) WHERE conversation_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS tag (
    oa_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (oa_id, name)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS customer_tag (
    oa_id TEXT NOT NULL,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    added_ms INTEGER NOT NULL,
    PRIMARY KEY (oa_id, name, user_id),
    FOREIGN KEY (oa_id, name) REFERENCES tag ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS customer_tag_of_customer ON customer_tag (user_id);

CREATE TABLE IF NOT EXISTS asset (
    asset_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'gif', 'file', 'received')),
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    checksum TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER
);
CREATE INDEX IF NOT EXISTS asset_of_oa ON asset (oa_id, created_ms);

CREATE TABLE IF NOT EXISTS cdn_link (
    link_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL,
    source TEXT NOT NULL,
    expires_ms INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS reaction (
    id INTEGER PRIMARY KEY,
    msg_id TEXT NOT NULL,
    src INTEGER NOT NULL CHECK (src IN (0, 1)),
    icon TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS reaction_of_message ON reaction (msg_id);

CREATE TABLE IF NOT EXISTS quota_asset (
    asset_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL,
    owner TEXT NOT NULL CHECK (owner IN ('OA', 'APP')),
    product_type TEXT NOT NULL,
    quota_type TEXT NOT NULL CHECK (quota_type IN ('sub_quota', 'purchase_quota', 'reward_quota')),
    valid_through_ms INTEGER NOT NULL,
    total INTEGER NOT NULL,
    remain INTEGER NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    group_id TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS quota_asset_of_oa ON quota_asset (oa_id, product_type);

CREATE TABLE IF NOT EXISTS gmf_group (
    group_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL REFERENCES oa,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    avatar TEXT NOT NULL DEFAULT '',
    asset_id TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    deleted_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS gmf_group_of_oa ON gmf_group (oa_id, created_ms);

CREATE TABLE IF NOT EXISTS group_member (
    group_id TEXT NOT NULL REFERENCES gmf_group,
    user_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'member', 'admin')),
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS group_message (
    seq INTEGER PRIMARY KEY,
    msg_id TEXT NOT NULL UNIQUE,
    oa_id TEXT NOT NULL,
    group_id TEXT NOT NULL REFERENCES gmf_group,
    sender_id TEXT NOT NULL,
    type TEXT NOT NULL,
    text TEXT,
    attachments TEXT NOT NULL,
    quote_msg_id TEXT,
    time_ms INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS group_message_of_group ON group_message (group_id, time_ms, seq);

CREATE TABLE IF NOT EXISTS call_consent (
    oa_id TEXT NOT NULL,
    phone TEXT NOT NULL,
    call_type TEXT NOT NULL,
    asked_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    answer TEXT,
    answered_ms INTEGER,
    allowed_until_ms INTEGER,
    expiry_webhooks TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (oa_id, phone)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS article (
    article_id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    oa_id TEXT NOT NULL,
    body TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    ready_ms INTEGER NOT NULL,
    removed_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_of_oa ON article (oa_id, created_ms);

CREATE TABLE IF NOT EXISTS broadcast (
    message_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL,
    target TEXT NOT NULL,
    articles TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS ad_form (
    form_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL,
    leads TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY,
    msg_id TEXT NOT NULL UNIQUE,
    oa_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    src INTEGER NOT NULL CHECK (src IN (0, 1)),
    type TEXT NOT NULL,
    text TEXT,
    attachment TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    quote_msg_id TEXT,
    time_ms INTEGER NOT NULL,
    app_id TEXT,
    admin_id TEXT,
    replies INTEGER NOT NULL DEFAULT 0,
    receive_due_ms INTEGER,
    received_ms INTEGER,
    seen_due_ms INTEGER,
    seen_ms INTEGER
);
CREATE INDEX IF NOT EXISTS message_of_thread ON message (oa_id, user_id, time_ms, seq);
CREATE INDEX IF NOT EXISTS message_receive_due ON message (receive_due_ms) WHERE receive_due_ms IS NOT NULL;
CREATE INDEX IF NOT EXISTS message_seen_due ON message (seen_due_ms) WHERE seen_due_ms IS NOT NULL;

CREATE TABLE IF NOT EXISTS webhook (
    id INTEGER PRIMARY KEY,
    app_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    user_id TEXT,
    event_name TEXT NOT NULL,
    msg_id TEXT,
    timestamp TEXT NOT NULL,
    body BLOB NOT NULL,
    signature TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'acknowledged', 'abandoned', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    acknowledged_ms INTEGER,
    latency_ms REAL,
    last_status INTEGER,
    last_error TEXT,
    copy_of INTEGER,
    burst_id INTEGER
);
CREATE INDEX IF NOT EXISTS webhook_due ON webhook (due_ms, id) WHERE state = 'pending';
CREATE INDEX IF NOT EXISTS webhook_of_burst ON webhook (burst_id, state) WHERE burst_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS burst (
    id INTEGER PRIMARY KEY,
    oa_id TEXT NOT NULL,
    count INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER
);

CREATE TABLE IF NOT EXISTS demo (
    oa_id TEXT PRIMARY KEY,
    trades TEXT NOT NULL,
    running INTEGER NOT NULL,
    messages_per_minute REAL NOT NULL,
    colleagues TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS demo_customer (
    oa_id TEXT NOT NULL,
    user_id TEXT PRIMARY KEY,
    trade TEXT NOT NULL,
    persona TEXT NOT NULL,
    number INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    place TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('resting', 'speaking', 'waiting', 'reading', 'gone')),
    pending TEXT NOT NULL,
    due_ms INTEGER,
    asked_ms INTEGER NOT NULL,
    rests_until_ms INTEGER NOT NULL,
    helped TEXT NOT NULL CHECK (helped IN ('', 'colleague', 'person')),
    admin_id TEXT,
    answers TEXT NOT NULL,
    answer_due_ms INTEGER,
    UNIQUE (oa_id, trade, persona, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS demo_customer_due ON demo_customer (oa_id, due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX IF NOT EXISTS demo_customer_answer_due ON demo_customer (oa_id, answer_due_ms)
    WHERE answer_due_ms IS NOT NULL;
"""
)

UPGRADES = (
    """
ALTER TABLE app ADD COLUMN api_registered INTEGER NOT NULL DEFAULT 1;
ALTER TABLE app ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE app ADD COLUMN events_off TEXT NOT NULL DEFAULT '[]';
ALTER TABLE app ADD COLUMN syntax_filter INTEGER NOT NULL DEFAULT 0;
ALTER TABLE oa ADD COLUMN exists_at_zalo INTEGER NOT NULL DEFAULT 1;
ALTER TABLE oa ADD COLUMN granted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE oa ADD COLUMN verified INTEGER NOT NULL DEFAULT 1;
ALTER TABLE oa ADD COLUMN oa_type INTEGER NOT NULL DEFAULT 2;
ALTER TABLE oa ADD COLUMN alias TEXT NOT NULL DEFAULT '';
ALTER TABLE oa ADD COLUMN category TEXT NOT NULL DEFAULT 'Nội thất & Đồ gia dụng';
ALTER TABLE oa ADD COLUMN package_name TEXT NOT NULL DEFAULT 'Tăng trưởng';
ALTER TABLE oa ADD COLUMN package_days INTEGER NOT NULL DEFAULT 365;
ALTER TABLE oa ADD COLUMN package_from_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE oa ADD COLUMN zca_linked INTEGER NOT NULL DEFAULT 1;
ALTER TABLE oa ADD COLUMN zca_balance INTEGER;
ALTER TABLE oa ADD COLUMN pay_per_message INTEGER NOT NULL DEFAULT 0;
ALTER TABLE oa ADD COLUMN refused_apis TEXT NOT NULL DEFAULT '[]';
ALTER TABLE oa ADD COLUMN banned_words TEXT NOT NULL DEFAULT '[]';
ALTER TABLE oa ADD COLUMN uploads_per_month INTEGER NOT NULL DEFAULT 5000;
ALTER TABLE oa ADD COLUMN articles_per_month INTEGER;
ALTER TABLE oa ADD COLUMN media_life_seconds INTEGER NOT NULL DEFAULT 604800;
ALTER TABLE customer ADD COLUMN conversation_id TEXT;
ALTER TABLE customer ADD COLUMN receive_quota_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN blocks_invitations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN alias TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN shared_info TEXT NOT NULL DEFAULT '{}';
ALTER TABLE customer ADD COLUMN custom_info TEXT NOT NULL DEFAULT '{}';
UPDATE oa SET package_from_ms = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
ALTER TABLE message ADD COLUMN extra TEXT NOT NULL DEFAULT '{}';
UPDATE message SET attachment = json_array(json_object(
    'type', CASE type WHEN 'business_card' THEN 'link' ELSE type END, 'payload', json(attachment)))
WHERE attachment IS NOT NULL;
""",
    """
DROP TABLE IF EXISTS demo;
DROP TABLE IF EXISTS demo_customer;
""",
)
"""From the version of the same number to the next; new tables and indexes come by `SCHEMA` itself."""
