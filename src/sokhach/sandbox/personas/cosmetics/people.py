"""Who buys creams and perfume, who comes to be looked after, who sells on."""

from sokhach.sandbox.personas.cosmetics.asking import safe, skin
from sokhach.sandbox.personas.cosmetics.complaining import burn, rude
from sokhach.sandbox.personas.cosmetics.doubting import genuine
from sokhach.sandbox.personas.cosmetics.ordering import agent, order, spa
from sokhach.sandbox.personas.cosmetics.parcels import crushed
from sokhach.sandbox.personas.cosmetics.returning import again, compare, course, passing
from sokhach.sandbox.personas.manners import CENTRE, NORTH, SOUTH, WEST
from sokhach.sandbox.personas.script import Persona, Voice

_OFFICE = (8, 11, 12, 12, 12, 15, 17, 20, 21, 21, 22)
_NIGHT = (0, 1, 20, 21, 22, 22, 23, 23)
_EARLY = (5, 6, 6, 7, 8, 9, 15, 16, 17)
_SHOP = (9, 10, 14, 14, 15, 16, 21, 22)

PEOPLE = (
    Persona(
        key="cosmetics.linh-ke-toan",
        name="Linh Đan",
        voice=Voice("north", "mình", "shop", "vâng", "ạ", teen=0.15, typo=0.02),
        scenes=(skin, genuine, spa, again),
        facts={
            **NORTH,
            "who": ("chị",),
            "called": ("Linh Đan", "Linh kế toán"),
            "addr": ("tầng 4 số 60 Nguyễn Trãi, Thanh Xuân", "ngõ 72 Nguyễn Trãi, Hà Nội"),
        },
        city="Hà Nội",
        hours=_OFFICE,
    ),
    Persona(
        key="cosmetics.bao-han",
        name="bảo hân nè",
        voice=Voice("south", "em", "sốp", "dạ", "ạ", bare=0.1, teen=0.85, typo=0.05),
        scenes=(skin, passing, compare, crushed),
        facts={
            **SOUTH,
            "who": ("bạn",),
            "called": ("Hân", "Bảo Hân"),
            "addr": ("ký túc xá đại học ở Thủ Đức, cổng sau", "trọ 19 Tô Vĩnh Diện, Linh Xuân"),
            "folks": ("má em", "nhỏ bạn thân", "chị em"),
        },
        source="social_plugin",
        hours=_NIGHT,
    ),
    Persona(
        key="cosmetics.me-bau-vy",
        name="Vy Trần (mẹ Gạo)",
        voice=Voice("south", "mình", "shop", "dạ", "nha", typo=0.03),
        scenes=(safe, skin, spa, burn, course),
        facts={
            **SOUTH,
            "who": ("chị",),
            "called": ("Vy", "mẹ Gạo"),
            "addr": ("chung cư 35 Hồ Học Lãm, An Lạc", "số 7 đường 26, An Lạc"),
        },
        tag="Mẹ bầu",
        hours=(10, 13, 14, 21, 22, 23),
    ),
    Persona(
        key="cosmetics.di-sau-rach-gia",
        name="Sáu Kim Hoa",
        voice=Voice("west", "dì", "con", "ừa", "nghen con", bare=0.6, typo=0.05),
        scenes=(skin, burn, again, order),
        facts={
            **WEST,
            "who": ("dì",),
            "called": ("dì Sáu Kim Hoa", "bà Sáu"),
            "addr": ("gần cầu Ván, Rạch Giá, An Giang", "tiệm vàng cũ kế chợ Rạch Sỏi"),
        },
        city="An Giang",
        hours=_EARLY,
    ),
    Persona(
        key="cosmetics.chi-ha-spa",
        name="Hà Beauty Vinh",
        voice=Voice("centre", "em", "chị", "dạ", "nghe chị", teen=0.2, typo=0.02),
        scenes=(agent, genuine, crushed, again),
        facts={
            **CENTRE,
            "who": ("em",),
            "called": ("Hà", "Hà Beauty"),
            "addr": ("18 Nguyễn Văn Cừ, Vinh, Nghệ An", "tiệm Hà Beauty đối diện chợ Vinh"),
            "shop": ("spa nhỏ", "tiệm làm đẹp", "tiệm spa với page 12 ngàn theo dõi"),
        },
        tag="Đại lý",
        city="Nghệ An",
        hours=_SHOP,
    ),
    Persona(
        key="cosmetics.anh-tuan-mua-qua",
        name="Tuấn Anh",
        voice=Voice("north", "anh", "em", "ừ", "em nhé", typo=0.03),
        scenes=(order, compare, genuine),
        facts={
            **NORTH,
            "who": ("anh",),
            "called": ("Hương Giang", "Tuấn Anh"),
            "addr": ("cơ quan vợ ở 15 Lê Thánh Tông, Hạ Long", "tổ 3 Bãi Cháy, Quảng Ninh"),
            "folks": ("vợ anh", "cô bạn thân của vợ", "mẹ vợ"),
        },
        city="Quảng Ninh",
        hours=(12, 17, 18, 21, 22, 22, 23),
    ),
    Persona(
        key="cosmetics.co-hien-huu-tri",
        name="Hiền Phạm",
        voice=Voice("north", "cô", "cháu", "ừ", "cháu nhé", bare=0.85, typo=0.04),
        scenes=(skin, safe, course, order),
        facts={
            **NORTH,
            "who": ("cô",),
            "called": ("cô Hiền",),
            "addr": ("số 21 ngõ 5 Trần Hưng Đạo, Nam Định", "khu tập thể dệt, Nam Định"),
            "folks": ("ông nhà cô", "con gái", "mấy bà bạn nhảy"),
        },
        city="Ninh Bình",
        hours=_EARLY,
    ),
    Persona(
        key="cosmetics.chi-nga-boc-phot",
        name="Nga Kòi",
        voice=Voice("south", "tôi", "shop", "ừ", "nha", teen=0.15, typo=0.05),
        scenes=(burn, crushed, rude, course),
        facts={
            **SOUTH,
            "who": ("chị",),
            "called": ("Nga",),
            "addr": ("88 Tân Sơn Nhì, Tân Phú", "tiệm tóc Nga, 88 Tân Sơn Nhì"),
        },
        tag="Khó tính",
        hours=(10, 11, 15, 21, 22, 22, 23),
    ),
    Persona(
        key="cosmetics.thuy-giao-vien",
        name="Thùy Dương",
        voice=Voice("centre", "em", "shop", "dạ", "hí", typo=0.02),
        scenes=(skin, spa, rude, compare, again),
        facts={
            **CENTRE,
            "who": ("chị",),
            "called": ("Thùy Dương", "cô Dương"),
            "addr": ("kiệt 20 Nguyễn Công Trứ, Đông Hà, Quảng Trị", "trường tiểu học ở Đông Hà"),
        },
        city="Quảng Trị",
        hours=(6, 11, 12, 17, 19, 20, 21),
    ),
    Persona(
        key="cosmetics.viet-kieu-kim",
        name="Kim Nguyen",
        voice=Voice("south", "cô", "con", "okay", "nha con", bare=0.75, typo=0.06),
        scenes=(spa, order, genuine, rude),
        facts={
            **SOUTH,
            "who": ("cô",),
            "called": ("cô Kim", "em gái cô tên Loan"),
            "addr": ("khách sạn đường Lê Thánh Tôn, Bến Thành", "nhà em gái cô, 70 Nguyễn Đình Chiểu"),
            "folks": ("ông xã bên Cali", "em gái cô", "con gái cô"),
        },
        source="message_invite",
        hours=(0, 7, 8, 9, 21, 22, 23),
    ),
    Persona(
        key="cosmetics.tam-nha-thuoc",
        name="Nhà thuốc Tâm",
        voice=Voice("west", "tui", "shop", "ờ", "hen", bare=0.2, typo=0.03),
        scenes=(agent, crushed, compare, order),
        facts={
            **WEST,
            "who": ("anh",),
            "called": ("Tâm", "nhà thuốc Tâm"),
            "addr": ("nhà thuốc Tâm, chợ Năm Căn, Cà Mau", "ngã ba chợ Năm Căn"),
            "shop": ("nhà thuốc", "quầy thuốc ở chợ", "hai nhà thuốc dưới quê"),
        },
        tag="Khách sỉ",
        city="Cà Mau",
        hours=_SHOP,
    ),
    Persona(
        key="cosmetics.an-danh",
        name=".",
        voice=Voice("north", "mình", "shop", "uh", "", bare=0.4, teen=0.5),
        scenes=(passing, spa, compare),
        facts={
            **NORTH,
            "who": ("bạn",),
            "called": ("Mai",),
            "addr": ("số 3 ngõ 9 Minh Khai, Thái Nguyên", "cổng trường sư phạm, Thái Nguyên"),
        },
        follows=False,
        city="Thái Nguyên",
        hours=_NIGHT,
    ),
)
