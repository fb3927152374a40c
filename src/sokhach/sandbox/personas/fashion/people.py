"""Who buys clothes and shoes, and who buys to sell."""

from sokhach.sandbox.personas.fashion.asking import ao_dai, size
from sokhach.sandbox.personas.fashion.children import kids
from sokhach.sandbox.personas.fashion.complaining import flaw, wrong
from sokhach.sandbox.personas.fashion.ordering import live, shoes
from sokhach.sandbox.personas.fashion.returning import again, compare, passing, swap
from sokhach.sandbox.personas.fashion.school import class_shirts
from sokhach.sandbox.personas.fashion.waiting import late
from sokhach.sandbox.personas.fashion.wholesale import wholesale
from sokhach.sandbox.personas.manners import CENTRE, NORTH, SOUTH, WEST
from sokhach.sandbox.personas.script import Persona, Voice

_OFFICE = (9, 11, 12, 12, 12, 15, 17, 20, 21, 21, 22)
_NIGHT = (0, 1, 20, 21, 22, 22, 23, 23)
_MARKET = (4, 5, 5, 6, 13, 14, 14, 15, 19)
_EARLY = (5, 6, 6, 7, 8, 9, 15, 16, 17)

PEOPLE = (
    Persona(
        key="fashion.trang-van-phong",
        name="Huyền Trang",
        voice=Voice("north", "mình", "shop", "vâng", "nhé", teen=0.2, typo=0.02),
        scenes=(size, shoes, late, again),
        facts={
            **NORTH,
            "who": ("chị",),
            "called": ("Trang", "Huyền Trang"),
            "addr": ("tầng 9 tòa nhà 25 Duy Tân, Cầu Giấy", "ngõ 165 Xuân Thủy, Cầu Giấy, Hà Nội"),
        },
        city="Hà Nội",
        hours=_OFFICE,
    ),
    Persona(
        key="fashion.my-gen-z",
        name="miu miu",
        voice=Voice("south", "em", "shop", "dạ", "ạ", bare=0.1, teen=0.8, typo=0.05),
        scenes=(size, live, wrong, passing, swap),
        facts={
            **SOUTH,
            "who": ("bạn",),
            "called": ("My", "Diễm My"),
            "addr": ("302/18 Lê Văn Sỹ, Nhiêu Lộc", "trọ 77 Nguyễn Gia Trí, Thạnh Mỹ Tây"),
            "folks": ("má em", "nhỏ bạn", "bồ em"),
        },
        source="social_plugin",
        hours=_NIGHT,
    ),
    Persona(
        key="fashion.co-tu-ben-tre",
        name="Tư Hường",
        voice=Voice("west", "cô", "con", "ừa", "nghen", bare=0.5, typo=0.05),
        scenes=(wholesale, again, kids, flaw),
        facts={
            **WEST,
            "who": ("cô",),
            "called": ("Tư Hường", "cô Tư sạp vải"),
            "addr": ("sạp 14 chợ Ba Tri, Vĩnh Long", "nhà xe tuyến Ba Tri gửi cô Tư Hường chợ Ba Tri"),
        },
        tag="Khách sỉ",
        city="Vĩnh Long",
        hours=_MARKET,
    ),
    Persona(
        key="fashion.o-lai-hue",
        name="Tôn Nữ Lài",
        voice=Voice("centre", "o", "cháu", "ừ", "hí", bare=0.3, typo=0.03),
        scenes=(ao_dai, shoes, compare, late),
        facts={
            **CENTRE,
            "who": ("cô",),
            "called": ("o Lài", "Tôn Nữ Lài"),
            "addr": ("kiệt 112 Phan Bội Châu, Huế", "gần chợ Bến Ngự, phường Thuận Hóa, Huế"),
        },
        city="Huế",
        hours=_EARLY,
    ),
    Persona(
        key="fashion.me-soc",
        name="Mẹ Sóc Nhím",
        voice=Voice("south", "chị", "em", "ừ", "nha em", teen=0.15, typo=0.03),
        scenes=(kids, live, wrong, again),
        facts={
            **SOUTH,
            "who": ("chị",),
            "called": ("mẹ Sóc", "chị Thảo"),
            "addr": ("chung cư Bcons, Dĩ An", "block B lầu 7, đường Thống Nhất, Dĩ An"),
        },
        tag="Mẹ và bé",
        hours=(9, 10, 13, 13, 14, 21, 22, 22, 23),
    ),
    Persona(
        key="fashion.ba-noi-thai-binh",
        name="Nguyễn Thị Nhàn",
        voice=Voice("north", "bà", "cháu", "ừ", "cháu nhé", bare=0.9, typo=0.04),
        scenes=(ao_dai, kids, swap, flaw),
        facts={
            **NORTH,
            "who": ("bà",),
            "called": ("bà Nhàn",),
            "addr": ("thôn Đông, xã Vũ Thư, Hưng Yên", "nhà văn hóa thôn Đông, Vũ Thư"),
            "folks": ("ông nhà", "con dâu", "các cháu"),
        },
        city="Hưng Yên",
        hours=_EARLY,
    ),
    Persona(
        key="fashion.si-thanh-hoa",
        name="Shop Quỳnh Kids",
        voice=Voice("north", "em", "chị", "dạ", "ạ", teen=0.3, typo=0.03),
        scenes=(wholesale, live, kids, late),
        facts={
            **NORTH,
            "who": ("em",),
            "called": ("Quỳnh", "shop Quỳnh Kids"),
            "addr": ("số 8 phố Môi, Quảng Phú, Thanh Hóa", "nhà xe Giáp Bát đi Thanh Hóa"),
        },
        tag="Khách sỉ",
        city="Thanh Hóa",
        hours=_MARKET,
    ),
    Persona(
        key="fashion.anh-quan-chu-re",
        name="Quân Vũ",
        voice=Voice("centre", "mình", "shop", "ok", "nghe", bare=0.15, teen=0.2),
        scenes=(compare, shoes, late, ao_dai),
        facts={
            **CENTRE,
            "who": ("anh",),
            "called": ("Quân",),
            "addr": ("25 Trần Cao Vân, Quy Nhơn", "khu dân cư Nhơn Bình, Quy Nhơn"),
            "folks": ("vợ sắp cưới", "ba mạ", "bên nhà gái"),
        },
        city="Gia Lai",
        hours=_OFFICE,
    ),
    Persona(
        key="fashion.chi-lua-nong",
        name="Lụa Nguyễn",
        voice=Voice("south", "tui", "shop", "ừ", "nha", teen=0.1, typo=0.05),
        scenes=(wrong, flaw, late, swap),
        facts={
            **SOUTH,
            "who": ("chị",),
            "called": ("Lụa",),
            "addr": ("55/2 Bình Long, Bình Tân", "tiệm nail Lụa, 210 Tân Hương"),
        },
        tag="Khó tính",
        hours=(10, 11, 14, 15, 20, 21, 21, 22),
    ),
    Persona(
        key="fashion.co-giao-nghe-an",
        name="Phan Thị Hoài",
        voice=Voice("centre", "cô", "em", "ừ", "hè", typo=0.01),
        scenes=(ao_dai, size, swap, again),
        facts={
            **CENTRE,
            "who": ("cô",),
            "called": ("cô Hoài",),
            "addr": ("trường THPT ở Đô Lương, Nghệ An", "khối 5, Đô Lương, Nghệ An"),
        },
        city="Nghệ An",
        hours=(6, 11, 12, 17, 19, 20, 21),
    ),
    Persona(
        key="fashion.viet-kieu-jenny",
        name="Jenny Pham",
        voice=Voice("south", "chị", "em", "yes", "nha em", bare=0.7, typo=0.06),
        scenes=(ao_dai, size, compare, again),
        facts={
            **SOUTH,
            "who": ("chị",),
            "called": ("má chị, bà Phạm Thị Út", "Jenny"),
            "addr": ("nhà má ở 18 Lý Thường Kiệt, Mỹ Tho", "gửi qua má chị, 18 Lý Thường Kiệt, Mỹ Tho"),
            "folks": ("ông xã bên này", "má bên Việt Nam", "mấy đứa con"),
        },
        source="message_invite",
        city="Đồng Tháp",
        hours=(0, 1, 2, 7, 8, 9, 22, 23),
    ),
    Persona(
        key="fashion.nguoi-hoi-gia",
        name="Thu",
        voice=Voice("west", "mình", "shop", "ờ", "nha", bare=0.4, teen=0.4),
        scenes=(passing, compare, size),
        facts={
            **WEST,
            "who": ("bạn",),
            "called": ("Thu",),
            "addr": ("ấp Phú Hữu, Sa Đéc, Đồng Tháp", "tiệm hoa Thu, Sa Đéc"),
        },
        follows=False,
        city="Đồng Tháp",
        hours=_NIGHT,
    ),
    Persona(
        key="fashion.khoa-lop-truong",
        name="Khoa 12A3",
        voice=Voice("north", "em", "anh/chị", "vâng", "ạ", teen=0.5, typo=0.04),
        scenes=(class_shirts, compare, shoes, wrong),
        facts={
            **NORTH,
            "who": ("bạn",),
            "called": ("Khoa", "Khoa lớp trưởng"),
            "addr": ("cổng trường THPT Hồng Bàng, Hải Phòng", "số 4 ngõ 12 Bạch Đằng, Hải Phòng"),
            "folks": ("cả lớp", "mẹ em", "cô chủ nhiệm"),
        },
        city="Hải Phòng",
        hours=(11, 12, 17, 18, 21, 22, 22, 23),
    ),
)
