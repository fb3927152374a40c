"""Who looks for a house."""

from sokhach.sandbox.personas.manners import CENTRE, NORTH, SOUTH, WEST
from sokhach.sandbox.personas.places import DANANG, HANOI, HUE, MEKONG
from sokhach.sandbox.personas.real_estate.affording import LOAN, RENT
from sokhach.sandbox.personas.real_estate.asking import FLAT_PRICE, LAND_LEGAL
from sokhach.sandbox.personas.real_estate.complaining import FALSE_ADVERT, LEAK, WITHHELD
from sokhach.sandbox.personas.real_estate.own import OFFICE_LEASE, OVERSEAS, PRICE_ONLY, WHOLESALE
from sokhach.sandbox.personas.real_estate.viewing import DEPOSIT, LISTING, VIEWING
from sokhach.sandbox.personas.real_estate.wavering import BACK_AGAIN, BARGAIN, COMPARE, PINK_BOOK
from sokhach.sandbox.personas.script import Persona, Voice

_OFFICE = (11, 12, 12, 12, 13, 18, 20, 20, 21, 21, 22)
_EARLY = (5, 5, 6, 6, 7, 8, 9, 14, 15, 18)
_NIGHT = (0, 1, 12, 21, 22, 22, 23, 23)

PEOPLE: tuple[Persona, ...] = (
    Persona(
        "real_estate.tram-anh",
        "Nguyễn Trâm Anh",
        Voice("south", me="em", you="chị", yes="dạ", end="nha chị", teen=0.25, typo=0.02),
        (FLAT_PRICE, LOAN, COMPARE, VIEWING),
        facts={
            **SOUTH,
            "called": ("Trâm Anh",),
            "folks": ("ông xã", "hai bên nội ngoại"),
            "budget": ("2,3 tỷ", "2,4 tỷ"),
            "street": ("34 Lê Văn Việt",),
        },
        tag="Vợ chồng trẻ",
        hours=_OFFICE,
    ),
    Persona(
        "real_estate.bac-khiem",
        "Đỗ Văn Khiêm",
        Voice("north", me="bác", you="cháu", yes="ừ", end="nhé", bare=0.85, typo=0.03),
        (LAND_LEGAL, LISTING, PINK_BOOK, BARGAIN),
        facts={
            **NORTH,
            **HANOI,
            "q": ("hả cháu", "thế cháu", "vậy"),
            "no": ("không", "không cháu"),
            "folks": ("bác gái", "các con bác"),
            "called": ("bác Khiêm",),
            "street": ("ngõ 68 phố Vọng",),
            "place": ("Đông Anh", "Sóc Sơn", "Thạch Thất"),
        },
        city="Hà Nội",
        hours=_EARLY,
    ),
    Persona(
        "real_estate.di-bay-ut",
        "Bảy Út",
        Voice("west", me="dì", you="con", yes="ừ", end="nghen con", bare=0.3, typo=0.03),
        (LAND_LEGAL, BARGAIN, LISTING, VIEWING),
        facts={
            **WEST,
            **MEKONG,
            "called": ("dì Bảy",),
            "folks": ("dượng Bảy", "mấy đứa nhỏ", "ổng"),
            "place": ("Ninh Kiều", "Cái Răng", "Vĩnh Long"),
            "street": ("15 đường Trần Hoàng Na",),
        },
        source="oa_profile",
        city="Cần Thơ",
        hours=_EARLY,
    ),
    Persona(
        "real_estate.quoc-bao",
        "Bảo K19",
        Voice("south", me="em", you="ad", yes="dạ", end="ạ", teen=0.85, typo=0.03),
        (RENT, WITHHELD, FALSE_ADVERT, PRICE_ONLY),
        facts={
            **SOUTH,
            "called": ("Bảo",),
            "folks": ("má em", "mấy đứa bạn"),
            "room": ("phòng trọ", "phòng có gác", "phòng share"),
        },
        tag="Sinh viên",
        hours=_NIGHT,
    ),
    Persona(
        "real_estate.o-lien",
        "Tôn Nữ Liên",
        Voice("centre", me="o", you="con", yes="ừ", end="hí", bare=0.2, typo=0.02),
        (FLAT_PRICE, LISTING, COMPARE, BACK_AGAIN),
        facts={
            **CENTRE,
            **HUE,
            "called": ("o Liên",),
            "place": ("Hương Thủy", "Kim Long", "An Cựu"),
            "street": ("kiệt 42 Nguyễn Sinh Cung",),
            "folks": ("mấy đứa con", "dượng", "mệ ở nhà"),
        },
        city="Huế",
        hours=(6, 7, 8, 9, 10, 15, 16, 19, 20),
    ),
    Persona(
        "real_estate.anh-dat",
        "Phạm Tiến Đạt",
        Voice("south", me="anh", you="em", yes="ok", end="nha em", teen=0.1),
        (WHOLESALE, LAND_LEGAL, BARGAIN, BACK_AGAIN),
        facts={
            **SOUTH,
            "called": ("Đạt",),
            "folks": ("mấy ông anh", "nhóm anh"),
            "place": ("Bến Cát", "Bàu Bàng", "Long Thành", "Đức Hòa"),
        },
        tag="Nhà đầu tư",
        hours=(7, 8, 9, 10, 14, 15, 16, 21, 22),
    ),
    Persona(
        "real_estate.kevin-tran",
        "Kevin Trần",
        Voice("south", me="mình", you="bạn", yes="dạ", end="nhé", bare=0.35, typo=0.04),
        (OVERSEAS, FLAT_PRICE, DEPOSIT, PINK_BOOK),
        facts={
            **SOUTH,
            "called": ("Kevin",),
            "folks": ("bà xã", "ba má ở Việt Nam"),
            "budget": ("5 tỷ", "6 tỷ"),
            "salary": ("bốn ngàn đô", "năm ngàn đô"),
        },
        tag="Việt kiều",
        hours=(0, 1, 6, 7, 8, 21, 22, 23, 23),
    ),
    Persona(
        "real_estate.cong-ty-hoang-phat",
        "Thu Hà - Hành chính Hoàng Phát",
        Voice("south", me="bên mình", you="anh/chị", yes="vâng", end="ạ"),
        (OFFICE_LEASE, VIEWING, COMPARE),
        facts={
            **NORTH,
            "called": ("Thu Hà",),
            "folks": ("ban giám đốc", "kế toán trưởng"),
            "flat": ("văn phòng 120 m²", "sàn tầng 4", "văn phòng 85 m²"),
            "people": ("12", "20", "25"),
            "street": ("lô C2, khu công nghiệp Sóng Thần",),
        },
        tag="Doanh nghiệp",
        city="Bình Dương",
        hours=(8, 8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16),
    ),
    Persona(
        "real_estate.chi-ngan",
        "Lê Kim Ngân",
        Voice("south", me="chị", you="em", yes="ừ", end="nha em", typo=0.03),
        (LEAK, FALSE_ADVERT, PINK_BOOK, DEPOSIT),
        facts={**SOUTH, "called": ("Ngân",), "folks": ("chồng chị", "hai đứa nhỏ")},
        tag="Khó tính",
        hours=(9, 12, 19, 20, 21, 21, 22),
    ),
    Persona(
        "real_estate.thay-loc",
        "Võ Đình Lộc",
        Voice("centre", me="thầy", you="em", yes="ừ", end="hí", typo=0.01),
        (LOAN, FLAT_PRICE, VIEWING, DEPOSIT),
        facts={
            **CENTRE,
            **DANANG,
            "called": ("thầy Lộc",),
            "salary": ("mười bốn triệu", "mười sáu triệu"),
            "folks": ("cô ở nhà", "bà xã"),
            "place": ("Hòa Xuân", "Điện Bàn"),
            "street": ("K120 Núi Thành",),
        },
        city="Đà Nẵng",
        tag="Giáo viên",
        hours=(6, 11, 12, 17, 19, 20, 21),
    ),
    Persona(
        "real_estate.hai-yen",
        "Vũ Hải Yến",
        Voice("north", me="em", you="bạn", yes="vâng", end="ạ", teen=0.3),
        (RENT, FALSE_ADVERT, WITHHELD, VIEWING),
        facts={
            **NORTH,
            **HANOI,
            "called": ("Yến",),
            "folks": ("con bạn em", "người yêu em"),
            "ward": ("Cầu Giấy", "Thanh Xuân", "Mỹ Đình", "Hà Đông"),
        },
        city="Hà Nội",
        hours=_OFFICE,
    ),
    Persona(
        "real_estate.im-lang",
        "Tuyết Mai",
        Voice("west", me="mình", you="shop", yes="dạ", end="nha", bare=0.5, teen=0.3),
        (PRICE_ONLY, FLAT_PRICE, RENT),
        facts={**WEST, "called": ("Mai",)},
        follows=False,
        source="social_plugin",
        city="Long An",
        hours=_NIGHT,
    ),
)
