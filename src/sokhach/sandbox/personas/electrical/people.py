"""Who buys lamps, cables and fans."""

from sokhach.sandbox.personas.electrical.asking import fans, lamps
from sokhach.sandbox.personas.electrical.company import company
from sokhach.sandbox.personas.electrical.complaining import dead, late
from sokhach.sandbox.personas.electrical.ordering import order, site
from sokhach.sandbox.personas.electrical.paying import hidden_fee
from sokhach.sandbox.personas.electrical.projects import kitchen, solar
from sokhach.sandbox.personas.electrical.returning import again, claim, passing
from sokhach.sandbox.personas.electrical.wiring import cables, tripping
from sokhach.sandbox.personas.manners import CENTRE, NORTH, SOUTH, WEST
from sokhach.sandbox.personas.script import Persona, Voice

_OFFICE = (8, 9, 10, 11, 12, 12, 12, 14, 15, 17, 20, 20, 21)
_EARLY = (5, 6, 6, 6, 7, 7, 8, 9, 15, 16, 18)
_SITE = (6, 6, 7, 7, 11, 12, 12, 17, 17, 18, 19)
_NIGHT = (12, 20, 21, 22, 22, 23, 23, 0, 0, 1)

PEOPLE = (
    Persona(
        key="electrical.nam-tho-dien",
        name="Nam Điện Nước",
        voice=Voice("south", "anh", "em", "ừ", "nha em", bare=0.15, teen=0.2, typo=0.03),
        scenes=(site, cables, late, again, passing),
        facts={
            **SOUTH,
            "who": ("anh",),
            "called": ("Nam thợ", "anh Nam điện"),
            "addr": (
                "công trình hẻm 52 Lê Đức Thọ, Gò Vấp",
                "nhà số 9 đường số 8, Hiệp Bình",
                "tổng kho Lái Thiêu, Thuận An",
            ),
        },
        tag="Thợ điện",
        hours=_SITE,
    ),
    Persona(
        key="electrical.bac-thinh",
        name="Thịnh Nguyễn",
        voice=Voice("north", "bác", "cháu", "ừ", "nhé", bare=0.85, typo=0.04),
        scenes=(lamps, tripping, fans, claim),
        facts={
            **NORTH,
            "who": ("bác",),
            "called": ("ông Thịnh",),
            "addr": ("số 17 ngõ 40 Tạ Quang Bửu, Bạch Mai", "nhà 17 ngõ 40 phố Tạ Quang Bửu, Hà Nội"),
        },
        city="Hà Nội",
        hours=_EARLY,
    ),
    Persona(
        key="electrical.di-bay-my-tho",
        name="Bảy Mỹ Tho",
        voice=Voice("west", "dì", "con", "ừa", "nghen con", bare=0.4, typo=0.05),
        scenes=(fans, order, dead, again),
        facts={
            **WEST,
            "who": ("dì",),
            "called": ("dì Bảy", "bà Bảy tạp hóa"),
            "addr": ("tạp hóa dì Bảy, ấp Bình Thạnh, Chợ Gạo", "kế cầu Bến Tranh, Mỹ Tho"),
        },
        city="Đồng Tháp",
        hours=_EARLY,
    ),
    Persona(
        key="electrical.anh-phu-thau",
        name="Phú Xây Dựng",
        voice=Voice("centre", "mình", "shop", "ừ", "nghe", bare=0.1, typo=0.02),
        scenes=(site, cables, late, hidden_fee),
        facts={
            **CENTRE,
            "who": ("anh",),
            "called": ("Phú thầu", "chỉ huy Phú"),
            "addr": ("công trình 88 Nguyễn Hữu Thọ, Hải Châu", "lô 12 khu đô thị Hòa Xuân, Đà Nẵng"),
        },
        tag="Nhà thầu",
        city="Đà Nẵng",
        hours=_SITE,
    ),
    Persona(
        key="electrical.thu-phong-mua-hang",
        name="Lê Minh Thư",
        voice=Voice("north", "em", "anh/chị", "vâng ạ", "ạ"),
        scenes=(company, lamps, cables, claim),
        facts={
            **NORTH,
            "who": ("chị",),
            "called": ("Minh Thư, phòng mua hàng",),
            "addr": ("lô C7 khu công nghiệp Tràng Duệ, Hải Phòng", "cổng số 2 KCN Nomura, Hải Phòng"),
        },
        tag="Doanh nghiệp",
        city="Hải Phòng",
        hours=(8, 8, 9, 9, 10, 11, 13, 14, 15, 16, 16),
    ),
    Persona(
        key="electrical.kien-sinh-vien",
        name="Kiên",
        voice=Voice("south", "em", "shop", "dạ", "ạ", bare=0.1, teen=0.7, typo=0.05),
        scenes=(passing, lamps, order, dead),
        facts={
            **SOUTH,
            "who": ("bạn",),
            "called": ("Kiên phòng 12",),
            "addr": ("trọ 45 Tân Lập, Đông Hòa, gần làng đại học", "ký túc xá khu B, tòa B3"),
            "folks": ("thằng bạn cùng phòng", "chủ trọ", "mẹ em"),
        },
        source="social_plugin",
        hours=_NIGHT,
    ),
    Persona(
        key="electrical.chi-hanh-me-bim",
        name="Hạnh Bống",
        voice=Voice("north", "chị", "em", "ừ", "em nhé", teen=0.15, typo=0.03),
        scenes=(fans, kitchen, order, hidden_fee, claim),
        facts={
            **NORTH,
            "who": ("chị",),
            "called": ("Hạnh", "mẹ Bống"),
            "addr": ("căn 1208 tòa S2 Ocean Park, Gia Lâm", "chung cư 1208 S2, Gia Lâm, Hà Nội"),
        },
        city="Hà Nội",
        hours=(10, 13, 13, 14, 21, 21, 22, 22, 23),
    ),
    Persona(
        key="electrical.chu-ba-can-tho",
        name="Ba Vườn Cam",
        voice=Voice("west", "chú", "con", "ờ", "nghen", bare=0.6, typo=0.05),
        scenes=(solar, lamps, tripping, claim),
        facts={
            **WEST,
            "who": ("chú",),
            "called": ("Ba Tấn", "chú Ba vườn cam"),
            "addr": ("ấp Nhơn Thuận, Phong Điền, Cần Thơ", "vườn cam Ba Tấn, qua cầu Trà Niền một khúc"),
        },
        city="Cần Thơ",
        hours=_EARLY,
    ),
    Persona(
        key="electrical.anh-dung-nong",
        name="Dũng Trần",
        voice=Voice("south", "tôi", "shop", "ừ", "nha", bare=0.2, typo=0.04),
        scenes=(late, dead, hidden_fee, tripping),
        facts={
            **SOUTH,
            "who": ("anh",),
            "called": ("Dũng",),
            "addr": ("96/3 Phan Huy Ích, Tân Sơn", "quán Dũng Béo, 12 Phạm Văn Bạch"),
        },
        tag="Khó tính",
        hours=_OFFICE,
    ),
    Persona(
        key="electrical.co-lien-giao-vien",
        name="Cô Liên Văn",
        voice=Voice("centre", "cô", "em", "ừ", "hí", typo=0.01),
        scenes=(lamps, order, again, kitchen),
        facts={
            **CENTRE,
            "who": ("cô",),
            "called": ("cô Liên", "Hoàng Thị Liên"),
            "addr": ("kiệt 73 Bà Triệu, phường Xuân Phú, Huế", "trường THCS đường Nguyễn Lộ Trạch, Huế"),
        },
        city="Huế",
        hours=(6, 11, 11, 12, 17, 19, 20, 21),
    ),
    Persona(
        key="electrical.viet-kieu-henry",
        name="Henry Trương",
        voice=Voice("south", "anh", "em", "yes", "nha em", bare=0.5, typo=0.06),
        scenes=(solar, kitchen, hidden_fee, claim),
        facts={
            **SOUTH,
            "who": ("anh",),
            "called": ("ba anh tên Trương Văn Sáu", "má anh, bà Sáu"),
            "addr": ("nhà ba má ở 210 Hùng Vương, Long Khánh, Đồng Nai", "đường vô chợ Xuân Lộc, Đồng Nai"),
            "folks": ("ba má bên Việt Nam", "bà xã bên này", "thằng em ở nhà"),
        },
        source="message_invite",
        city="Đồng Nai",
        hours=(0, 1, 6, 7, 8, 9, 21, 22, 23),
    ),
    Persona(
        key="electrical.khach-vang-lai",
        name="T.",
        voice=Voice("north", "mình", "shop", "uh", "", bare=0.5, teen=0.3),
        scenes=(passing, lamps, fans),
        facts={
            **NORTH,
            "who": ("bạn",),
            "called": ("Tú",),
            "addr": ("số 5 Trần Thái Tông, Cầu Giấy", "đầu ngõ 68 Trung Kính"),
        },
        follows=False,
        city="Hà Nội",
        hours=_NIGHT,
    ),
    Persona(
        key="electrical.ngoc-quan-ca-phe",
        name="Ngọc Nhà Gỗ Coffee",
        voice=Voice("south", "mình", "shop", "dạ", "nha", teen=0.25, typo=0.03),
        scenes=(lamps, cables, kitchen, late, again),
        facts={
            **SOUTH,
            "who": ("chị",),
            "called": ("Ngọc", "quán Nhà Gỗ"),
            "addr": ("quán Nhà Gỗ, 31 Bùi Thị Xuân, Đà Lạt", "31 Bùi Thị Xuân, phường Xuân Hương, Đà Lạt"),
        },
        city="Lâm Đồng",
        hours=(9, 10, 14, 15, 22, 22, 23),
    ),
)
