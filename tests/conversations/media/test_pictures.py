"""Pictures that are good, turned, broken, or meant to fill the memory."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st
from PIL import Image

from sokhach.conversations.media.pictures import TooManyPixelsError, fit, look
from tests.support.files import moving, picture

# The colours in which Pillow can write each form.
MODES = {
    "JPEG": ("RGB", "L", "1", "CMYK"),
    "PNG": ("RGB", "L", "1", "P", "RGBA", "LA", "I;16"),
    "WEBP": ("RGB", "L", "1", "P", "RGBA", "LA", "CMYK", "I;16"),
    "GIF": ("RGB", "L", "1", "P", "RGBA", "LA", "I;16"),
    "BMP": ("RGB", "L", "1", "P", "RGBA"),
}
NOISE = {form: picture((40, 30), form, noisy=True) for form in ("JPEG", "PNG", "GIF", "WEBP")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "picture"


class TestLook:
    @pytest.mark.parametrize(("mode", "form"), [(mode, form) for form, modes in MODES.items() for mode in modes])
    def test_every_form_and_colour(self, file: Path, form: str, mode: str) -> None:
        file.write_bytes(picture((900, 300), form, mode="RGB") if mode == "RGB" else _in(form, mode))
        found = look(file)
        assert found
        assert (found.width, found.height, found.animated) == (900, 300, False)
        with Image.open(io.BytesIO(found.thumbnail)) as small:
            assert (small.format, small.size) == ("WEBP", (480, 160))

    @pytest.mark.parametrize(("turned", "size"), [(1, (900, 300)), (3, (900, 300)), (6, (300, 900)), (8, (300, 900))])
    def test_turned(self, file: Path, turned: int, size: tuple[int, int]) -> None:
        file.write_bytes(picture((900, 300), "JPEG", turned=turned))
        found = look(file)
        assert found
        assert (found.width, found.height) == size

    def test_moving(self, file: Path) -> None:
        file.write_bytes(moving())
        found = look(file)
        assert found
        assert found.animated

    @checks(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.data())
    def test_a_broken_one_breaks_nothing(self, file: Path, data: st.DataObject) -> None:
        form = data.draw(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]))
        content = bytearray(NOISE[form])
        for _ in range(data.draw(st.integers(1, 8))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        file.write_bytes(content[: data.draw(st.integers(1, len(content)))])
        try:
            found = look(file)
        except TooManyPixelsError:
            return
        assert found is None or found.thumbnail

    def test_a_bomb_is_not_unpacked(self, file: Path) -> None:
        """A hundred bytes that say they are fifty thousand pixels each way."""
        header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
        chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
        parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks]
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
        for unpack in (lambda: look(file), lambda: fit(file, 1000)):
            with pytest.raises(TooManyPixelsError):
                unpack()


class TestFit:
    @pytest.mark.parametrize("most", [1_048_576, 200_000, 80_000])
    def test_fits(self, file: Path, most: int) -> None:
        file.write_bytes(picture((1800, 1200), "PNG", noisy=True))
        found = fit(file, most)
        assert found
        assert len(found.content) <= most
        with Image.open(io.BytesIO(found.content)) as image:
            assert image.size == (found.width, found.height)
            assert abs(image.width / image.height - 1.5) < 0.01

    def test_what_cannot_fit(self, file: Path) -> None:
        file.write_bytes(picture((1800, 1200), "PNG", noisy=True))
        assert fit(file, 1000) is None

    def test_see_through_becomes_white(self, file: Path) -> None:
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
        found = fit(file, 100_000)
        assert found
        with Image.open(io.BytesIO(found.content)) as image:
            assert image.getpixel((10, 10)) == (255, 255, 255)

    def test_a_broken_one(self, file: Path) -> None:
        file.write_bytes(b"\xff\xd8\xff\xe0nonsense")
        assert fit(file, 100_000) is None


def _in(form: str, mode: str) -> bytes:
    packed = io.BytesIO()
    Image.new(mode, (900, 300)).save(packed, form)
    return packed.getvalue()
