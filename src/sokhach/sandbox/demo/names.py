"""Made-up names for the people who live like a persona but are somebody else."""

import random
from typing import Literal

from sokhach.sandbox.personas.script import Persona, Region
from sokhach.sandbox.personas.speech import without_diacritics

Gender = Literal["female", "male"]

_ELDERS = {"cô", "chú", "bác", "dì", "mệ", "ông", "bà", "cậu", "mợ", "thím"}
_WOMEN = {"cô", "chị", "dì", "bà", "mẹ", "má", "mệ", "o", "thím", "mợ"}
_MEN = {"anh", "chú", "ông", "cậu", "thầy", "ba", "bố"}

_FAMILIES: dict[Region, str] = {
    "north": "Nguyễn Nguyễn Trần Lê Phạm Vũ Hoàng Đỗ Bùi Ngô Đặng Đinh Lương Tạ",
    "centre": "Nguyễn Nguyễn Trần Lê Phan Hồ Võ Hoàng Đoàn Trương Cao Ngô Tống",
    "south": "Nguyễn Nguyễn Trần Lê Huỳnh Phạm Võ Phan Đặng Bùi Dương Lý Mai Lâm",
    "west": "Nguyễn Trần Huỳnh Lê Võ Thạch Lâm Phan Ngô Dương Trương Sơn Cao",
}
_MIDDLES: dict[Gender, str] = {
    "female": "Thị Thu Kim Ngọc Thanh Thuỳ Mỹ Hồng Minh Khánh Phương Bích Cẩm Diễm Quỳnh Hoài",
    "male": "Văn Minh Quốc Đức Thanh Hoàng Anh Công Hữu Xuân Tuấn Gia Trung Bá Đình Ngọc Nhật Thế",
}
_GIVEN: dict[Gender, str] = {
    "female": "Lan Hương Hoa Mai Trang Thảo Linh Ngân Nhi Vy Hằng Yến Châu Trâm Phượng Dung Hạnh Oanh Thuý Loan Ngà"
    " Uyên Giang Anh Tiên Duyên Hiền Quyên My Như Tâm Xuân Liên Nguyệt Thơ Đào Kiều Diệp Hà Ánh",
    "male": "Hùng Dũng Tuấn Nam Long Khoa Phúc Đạt Huy Sơn Hải Thắng Bình Tài Kiên Khang Duy Tín Vinh Quân Thịnh Lộc"
    " Toàn Trí Hiếu Bảo Cường Đông Nghĩa Phong Tân Việt Hậu Luân Thiện Giang Khải Mạnh Tùng Nhân",
}
_FOREIGN: dict[Gender, str] = {"female": "Jenny Julie Linda Tiffany", "male": "Kevin Henry Tony Andy Phú Tèo Khiêm"}
_NUMBERED = "Hai Ba Tư Năm Sáu Bảy Tám Chín Út"


def gender_of(persona: Persona) -> Gender:
    """By how they are called, else by what they call themselves, else by names that only one has."""
    words = persona.name.lower().split()
    called = " ".join(persona.facts.get("called", ())).lower().split()
    for word in (words[0], persona.voice.me.lower(), *called[:1]):
        if word in _WOMEN:
            return "female"
        if word in _MEN:
            return "male"
    women, men = (_names_of(gender) for gender in ("female", "male"))
    for word in (words[0], words[-1], *words, *called):
        if (word in women) != (word in men):
            return "female" if word in women else "male"
    return "female"


def _names_of(gender: Gender) -> set[str]:
    return {*f"{_MIDDLES[gender]} {_GIVEN[gender]} {_FOREIGN[gender]}".lower().split()}


def elder(persona: Persona) -> bool:
    return persona.voice.me.lower() in _ELDERS


def new_name(persona: Persona, dice: random.Random) -> tuple[str, str]:
    """The name at Zalo, and the one in full."""
    gender, region = gender_of(persona), persona.voice.region
    family, middle, given = (
        dice.choice(names.split()) for names in (_FAMILIES[region], _MIDDLES[gender], _GIVEN[gender])
    )
    full = f"{family} {middle} {given}"
    style = dice.random()
    if elder(persona) and style < 0.6:
        title = persona.voice.me.capitalize()
        if region in ("south", "west"):
            return f"{title} {dice.choice(_NUMBERED.split())} {given}", full
        return f"{title} {given} {family}" if style < 0.3 else f"{title} {given}", full
    if persona.voice.bare > 0.5 and style < 0.5:
        return without_diacritics(full), full
    if style < 0.62:
        return full, full
    if style < 0.82:
        return f"{middle} {given}" if middle not in ("Thị", "Văn") else f"{given} {family}", full
    return f"{given} {family}", full
