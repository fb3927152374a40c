"""Frames of the WebSocket: byte version, uint16 LE command, byte sub-command, JSON; events encrypted in four ways."""

import base64
import os
import struct
import zlib
from typing import Any
from urllib.parse import quote

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
HEADER = struct.Struct("<BHB")
MODES = (0, 1, 2, 3)

KEY, PING = (1, 1), (2, 1)
MESSAGES, GROUP_MESSAGES = (501, 0), (521, 0)
RECEIPTS, GROUP_RECEIPTS = (502, 0), (522, 0)
OLD_MESSAGES, OLD_GROUP_MESSAGES = (510, 1), (511, 1)
CONTROLS, TYPING = (601, 0), (602, 0)
OLD_REACTIONS, OLD_GROUP_REACTIONS = (610, 1), (611, 1)
REACTIONS = (612, 0)
DUPLICATE = (3000, 0)

Opcode = tuple[int, int]


def frame(opcode: Opcode, body: Any) -> bytes:
    return HEADER.pack(VERSION, *opcode) + msgspec.json.encode(body)


def event(key: bytes, opcode: Opcode, data: dict[str, Any], mode: int) -> bytes:
    """0 JSON text, 1 base64 of zlib, 2 AES-GCM of zlib, 3 AES-GCM of the text."""
    text = msgspec.json.encode({"error_code": 0, "data": data})
    return frame(opcode, {"encrypt": mode, "data": _sealed(key, text, mode)})


def _sealed(key: bytes, text: bytes, mode: int) -> str:
    if mode == 0:
        return text.decode()
    body = text if mode == 3 else zlib.compress(text, 1)
    if mode == 1:
        return base64.b64encode(body).decode()
    iv, extra = os.urandom(16), os.urandom(16)
    return quote(base64.b64encode(iv + extra + AESGCM(key).encrypt(iv, body, extra)).decode(), safe="")


class FrameError(Exception):
    """What a client sent is no frame."""


def read(raw: bytes) -> tuple[Opcode, dict[str, Any]]:
    if len(raw) < HEADER.size:
        raise FrameError("shorter than its header")
    version, command, sub = HEADER.unpack_from(raw)
    if version != VERSION:
        raise FrameError(f"version {version}")
    try:
        return (command, sub), msgspec.json.decode(raw[HEADER.size :], type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise FrameError(str(error)) from error
