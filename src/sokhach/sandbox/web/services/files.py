"""Photos, files, GIFs, voice, video and cards: uploads in chunks, then the message that shows them."""

import re
from typing import Any

import msgspec

from sokhach.sandbox.web import codes
from sokhach.sandbox.web.calls import Call, answers
from sokhach.sandbox.web.contents import Content
from sokhach.sandbox.web.messages import Mention
from sokhach.sandbox.web.recipients import group_of, person_of, target_of
from sokhach.sandbox.web.services.talk import mentioned, send
from sokhach.sandbox.web.talk import later
from sokhach.sandbox.web.uploads import Upload

UNFINISHED = "-1"
PHOTOS = ("jpg", "jpeg", "png", "webp")
PHOTO_BYTES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
ADDRESS = re.compile(r"https?://[^\s/]+/\S*")
TYPES = {False: "2", True: "11"}


def _thread(call: Call, *, group: bool, to_send: bool = False) -> str:
    return group_of(call) if group else person_of(call, "toid", to_send=to_send)


# Uploads


async def _upload(call: Call, kind: str, *, group: bool) -> tuple[Upload, bool]:
    """One chunk. Everything the client says of the whole must agree with what it said before and with the bytes."""
    thread = _thread(call, group=group)
    if call.query.get("type") != TYPES[group]:
        raise codes.invalid("type")
    call.own_device(required=True)
    settings = call.web.settings
    name, size = call.text("fileName"), call.number("totalSize", least=1)
    extension = name.rpartition(".")[2].lower()
    if size > settings.max_file_mb * 1024 * 1024 or extension in settings.restricted:
        raise codes.invalid("totalSize" if extension not in settings.restricted else "fileName")
    if (kind == "photo") != (extension in PHOTOS):
        raise codes.invalid("fileName")
    chunks, number = call.number("totalChunk", least=1), call.number("chunkId", least=1)
    if chunks != -(-size // settings.chunk_bytes) or number > chunks:
        raise codes.invalid("totalChunk")
    content = await _part(call, "chunkContent")
    wanted = settings.chunk_bytes if number < chunks else size - settings.chunk_bytes * (chunks - 1)
    if len(content) != wanted:
        raise codes.invalid("chunkContent")
    upload = _begun(call, kind, thread, name, size, chunks)
    whole = call.web.uploads.add(upload, number, content)
    if whole is None:
        return upload, False
    if kind == "photo" and not whole.startswith(PHOTO_BYTES):
        raise codes.invalid("chunkContent")
    return call.web.uploads.finish(upload, whole), True


def _begun(call: Call, kind: str, thread: str, name: str, size: int, chunks: int) -> Upload:
    client_id = call.identifier("clientId")
    upload = call.web.uploads.of_client(call.uid, kind, client_id)
    if upload is None:
        upload = Upload(
            upload_id=call.web.uploads.new_id(), uid=call.uid, kind=kind, target=thread, client_id=client_id, name=name,
            size=size, chunks=chunks,
        )  # fmt: skip
        call.web.uploads.begin(upload)
    known = (upload.target, upload.name, upload.size, upload.chunks)
    if known != (thread, name, size, chunks) or upload.finished_ms is not None:
        raise codes.invalid("clientId")
    return upload


async def _part(call: Call, name: str) -> bytes:
    part = call.files.get(name)
    content = b"" if part is None else await part.read()
    if not content:
        raise codes.invalid(name)
    return content


async def _photo_upload(call: Call, *, group: bool) -> Any:
    upload, whole = await _upload(call, "photo", group=group)
    answer: dict[str, Any] = {"chunkId": call.number("chunkId"), "clientFileId": upload.client_id}
    if not whole:
        return answer | {"finished": 0, "photoId": UNFINISHED, "normalUrl": "", "hdUrl": "", "thumbUrl": ""}
    urls = {"normalUrl": upload.url, "hdUrl": upload.url, "thumbUrl": upload.thumb}
    return answer | urls | {"finished": 1, "photoId": upload.upload_id}


async def _file_upload(call: Call, *, group: bool) -> Any:
    """The address of the whole comes over the socket, after the answer, and only there."""
    upload, whole = await _upload(call, "file", group=group)
    answer: dict[str, Any] = {"chunkId": call.number("chunkId"), "clientFileId": upload.client_id}
    if not whole:
        return answer | {"finished": 0, "fileId": UNFINISHED}
    if not call.web.frame_faults.takes_file_done(call.uid):
        content = {"act_type": "file_done", "act": "file_done", "fileId": upload.upload_id, "data": {"url": upload.url}}
        later(call.web.settings.file_done_seconds, lambda: call.web.delivery.control(call.uid, content))
    return answer | {"finished": 1, "fileId": upload.upload_id}


# Sending what was uploaded


def _own(call: Call, kind: str, name: str, thread: str) -> Upload:
    upload = call.web.uploads.finished(call.uid, kind, call.identifier(name))
    if upload is None or upload.target != thread:
        raise codes.invalid(name)
    return upload


async def _photo(call: Call, *, group: bool) -> Any:
    thread = _thread(call, group=group, to_send=True)
    upload = _own(call, "photo", "photoId", thread)
    address = "oriUrl" if group else "normalUrl"
    for name in ("rawUrl", "hdUrl", "thumbUrl", address):
        if call.text(name) not in (upload.url, upload.thumb):
            raise codes.invalid(name)
    if call.text("hdSize") != str(upload.size) or call.params.get("zsource") != -1:
        raise codes.invalid("hdSize")
    caption, size = call.text("desc", empty=True), (call.number("width", least=1), call.number("height", least=1))
    mentions: list[Mention] = []
    if group and "mentionInfo" in call.params:
        mentions = mentioned(call, thread, caption)
    content = call.web.contents.image_at(
        upload.url or "", upload.url or "", upload.thumb or "", caption=caption, width=size[0], height=size[1]
    )
    return send(call, thread, content, group=group, mentions=mentions)


async def _file(call: Call, *, group: bool) -> Any:
    thread = _thread(call, group=group, to_send=True)
    upload = _own(call, "file", "fileId", thread)
    same = {
        "checksum": upload.checksum,
        "fileUrl": upload.url,
        "fileName": upload.name,
        "extention": upload.name.rpartition(".")[2],
    }
    for name, wanted in same.items():
        if call.text(name, empty=True) != wanted:
            raise codes.invalid(name)
    if call.number("totalSize") != upload.size or call.number("fType") != 1:
        raise codes.invalid("totalSize")
    contents, url = call.web.contents, upload.url or ""
    if upload.name.lower().endswith(".mp4"):
        content = contents.video_at(url, "", caption=upload.name, size=upload.size)
    else:
        content = contents.file_at(url, upload.name, upload.size, upload.checksum or "")
    return send(call, thread, content, group=group)


@answers("file", "POST", "/api/message/upthumb")
async def thumb(call: Call) -> Any:
    call.own_device(required=True)
    upload = Upload(
        upload_id=call.web.uploads.new_id(), uid=call.uid, kind="thumb", target="",
        client_id=call.identifier("clientId"), name="thumb.png", size=1, chunks=1,
    )  # fmt: skip
    return {"url": call.web.uploads.finish(upload, await _part(call, "fileContent")).url}


async def _gif(call: Call, *, group: bool) -> Any:
    thread = _thread(call, group=group, to_send=True)
    if call.query.get("type") != "1" or (call.number("totalChunk"), call.number("chunkId")) != (1, 1):
        raise codes.invalid("type")
    content = await _part(call, "chunkContent")
    if not content.startswith(b"GIF8") or call.number("totalSize") != len(content):
        raise codes.invalid("chunkContent")
    if not ADDRESS.fullmatch(call.text("thumb")):
        raise codes.invalid("thumb")
    upload = call.web.uploads.finish(
        Upload(
            upload_id=call.web.uploads.new_id(), uid=call.uid, kind="gif", target=thread,
            client_id=call.identifier("clientId"), name=call.text("fileName"), size=len(content), chunks=1,
        ),
        content,
    )  # fmt: skip
    if call.text("checksum") != upload.checksum:
        raise codes.invalid("checksum")
    shown = call.web.contents.gif_at(
        upload.url or "", call.text("thumb"), caption=call.text("msg", empty=True),
        width=call.number("width", least=1), height=call.number("height", least=1),
    )  # fmt: skip
    return send(call, thread, shown, group=group)


# By address


class Voice(msgspec.Struct):
    voiceUrl: str
    m4aUrl: str
    fileSize: int


class Video(msgspec.Struct):
    videoUrl: str
    thumbUrl: str
    duration: int
    width: int
    height: int
    fileSize: int
    title: str


class Card(msgspec.Struct):
    contactUid: str
    qrCodeUrl: str
    phone: str | None = None


async def _forward(call: Call, *, group: bool) -> Any:
    """Voice (3), video (5) and card (6). A size of nothing means that nobody could reach the address."""
    thread = group_of(call) if group else target_of(call, call.text("toId"), group=False)
    makers = {3: _voice, 5: _video, 6: _card}
    kind = call.number("msgType")
    if kind not in makers:
        raise codes.invalid("msgType")
    return send(call, thread, makers[kind](call), group=group)


def _voice(call: Call) -> Content:
    info: Voice = call.nested("msgInfo", Voice)
    if not ADDRESS.fullmatch(info.voiceUrl) or not ADDRESS.fullmatch(info.m4aUrl) or info.fileSize < 1:
        raise codes.invalid("voiceUrl")
    return call.web.contents.voice_at(info.voiceUrl, info.fileSize)


def _video(call: Call) -> Content:
    info: Video = call.nested("msgInfo", Video)
    if not ADDRESS.fullmatch(info.videoUrl) or info.fileSize < 1:
        raise codes.invalid("videoUrl")
    return call.web.contents.video_at(
        info.videoUrl, info.thumbUrl, caption=info.title, size=info.fileSize, duration=info.duration
    )


def _card(call: Call) -> Content:
    info: Card = call.nested("msgInfo", Card)
    person = call.web.users.find(info.contactUid)
    if person is None or not info.qrCodeUrl:
        raise codes.invalid("contactUid")
    return call.web.contents.card(person)


@answers("file", "POST", "/api/message/photo_original/upload")
async def direct_photo_upload(call: Call) -> Any:
    return await _photo_upload(call, group=False)


@answers("file", "POST", "/api/group/photo_original/upload")
async def group_photo_upload(call: Call) -> Any:
    return await _photo_upload(call, group=True)


@answers("file", "POST", "/api/message/photo_original/send")
async def direct_photo(call: Call) -> Any:
    return await _photo(call, group=False)


@answers("file", "POST", "/api/group/photo_original/send")
async def group_photo(call: Call) -> Any:
    return await _photo(call, group=True)


@answers("file", "POST", "/api/message/asyncfile/upload")
async def direct_file_upload(call: Call) -> Any:
    return await _file_upload(call, group=False)


@answers("file", "POST", "/api/group/asyncfile/upload")
async def group_file_upload(call: Call) -> Any:
    return await _file_upload(call, group=True)


@answers("file", "POST", "/api/message/asyncfile/msg")
async def direct_file(call: Call) -> Any:
    return await _file(call, group=False)


@answers("file", "POST", "/api/group/asyncfile/msg")
async def group_file(call: Call) -> Any:
    return await _file(call, group=True)


@answers("file", "POST", "/api/message/gif")
async def direct_gif(call: Call) -> Any:
    return await _gif(call, group=False)


@answers("file", "POST", "/api/group/gif")
async def group_gif(call: Call) -> Any:
    return await _gif(call, group=True)


@answers("file", "POST", "/api/message/forward")
async def direct_forward(call: Call) -> Any:
    return await _forward(call, group=False)


@answers("file", "POST", "/api/group/forward")
async def group_forward(call: Call) -> Any:
    return await _forward(call, group=True)
