"""Who the demo company is: its branches, its people, and its OAs on the simulated Zalo."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sokhach.core.actor import Role


class Team(NamedTuple):
    """`parent` is another's name; a branch has none."""

    name: str
    kind: Literal["branch", "team"]
    parent: str | None


class Person(NamedTuple):
    """`zalo_id` is who they are where they answer with Zalo's own tools."""

    name: str
    login: str
    role: Role
    team: str | None
    leads: bool
    zalo_id: str


class Colleague(NamedTuple):
    """Somebody who answers for an OA; `weight` is their share of the work."""

    person: Person
    weight: int


class OfficialAccount(NamedTuple):
    oa_id: str
    name: str
    description: str
    category: str
    trades: Sequence[str]
    colleagues: Sequence[Colleague]
    messages_per_minute: float
    conversations_per_day: int


class PersonalAccount(NamedTuple):
    """A staff's own Zalo, on the company's SIM or their own. `phone` as at home: `09…`."""

    person: Person
    sim: Literal["company", "own"]
    uid: str
    name: str
    phone: str
    trades: Sequence[str]
    messages_per_minute: float
    conversations_per_day: int


BINH_DUONG = "Siêu thị Bình Dương"
HA_NOI = "Siêu thị Hà Nội"
HO_CHI_MINH = "Văn phòng dịch vụ TP.HCM"

TEAMS = (
    Team(BINH_DUONG, "branch", None),
    Team("Bán hàng Bình Dương", "team", BINH_DUONG),
    Team("Chăm sóc sau bán", "team", BINH_DUONG),
    Team(HA_NOI, "branch", None),
    Team("Bán hàng Hà Nội", "team", HA_NOI),
    Team(HO_CHI_MINH, "branch", None),
    Team("Nhà đất", "team", HO_CHI_MINH),
    Team("Đào tạo và bảo hiểm", "team", HO_CHI_MINH),
)

LONG = Person("Trần Minh Long", "long@minhlong.example", Role.ADMIN, None, False, "5108220417350001")
LAN = Person("Nguyễn Thị Lan", "lan@minhlong.example", Role.STAFF, "Bán hàng Bình Dương", False, "5108220417350126")
HUY = Person("Lê Quốc Huy", "huy@minhlong.example", Role.STAFF, "Chăm sóc sau bán", False, "5108220417350243")
HA = Person("Phạm Thu Hà", "ha@minhlong.example", Role.MANAGER, None, False, "5108220417350358")
KHOA = Person("Đặng Anh Khoa", "khoa@minhlong.example", Role.MANAGER, None, False, "5108220417350467")
TRUC = Person("Võ Thị Thanh Trúc", "truc@minhlong.example", Role.LEAD, BINH_DUONG, True, "5108220417350581")
HUNG = Person("Đỗ Mạnh Hùng", "hung@minhlong.example", Role.LEAD, HA_NOI, True, "5108220417350694")
ANH = Person("Bùi Ngọc Ánh", "ngocanh@minhlong.example", Role.LEAD, HO_CHI_MINH, True, "5108220417350715")
TUAN = Person("Hoàng Minh Tuấn", "tuan@minhlong.example", Role.STAFF, "Bán hàng Hà Nội", False, "5108220417350832")
LINH = Person("Ngô Phương Linh", "linh@minhlong.example", Role.STAFF, "Bán hàng Hà Nội", False, "5108220417350949")
DUYEN = Person("Huỳnh Thị Mỹ Duyên", "duyen@minhlong.example", Role.STAFF, "Nhà đất", False, "5108220417351053")
BAO = Person("Lý Gia Bảo", "bao@minhlong.example", Role.STAFF, "Đào tạo và bảo hiểm", False, "5108220417351168")

STAFF = (LONG, LAN, HUY, HA, KHOA, TRUC, HUNG, ANH, TUAN, LINH, DUYEN, BAO)

OA_ID = "388613280878808645"
OA_NAME = "Siêu thị Minh Long"
SERVICES_OA_ID = "271954403316087512"

SHOP = OfficialAccount(
    OA_ID,
    OA_NAME,
    "Điện gia dụng, thời trang và mỹ phẩm tại Bình Dương và Hà Nội.",
    "Siêu thị & Bán lẻ",
    ("electrical", "fashion", "cosmetics"),
    (Colleague(LAN, 9), Colleague(HUY, 6), Colleague(TUAN, 6), Colleague(LINH, 4), Colleague(TRUC, 2)),
    1.1,
    56,
)
SERVICES = OfficialAccount(
    SERVICES_OA_ID,
    "Minh Long Dịch vụ",
    "Nhà đất, đào tạo và bảo hiểm tại Thành phố Hồ Chí Minh.",
    "Dịch vụ",
    ("real_estate", "education", "insurance"),
    (Colleague(DUYEN, 6), Colleague(BAO, 5), Colleague(ANH, 2)),
    0.7,
    28,
)
OAS = (SHOP, SERVICES)

PERSONAL = (
    PersonalAccount(LAN, "company", "4418902736450112873", "Lan Minh Long", "0900000101", ("electrical",), 0.15, 3),
    PersonalAccount(HUY, "company", "4418902736450673873", "Huy Minh Long", "0900000105", ("electrical",), 0.1, 2),
    PersonalAccount(TUAN, "company", "4418902736450235873", "Tuấn Minh Long", "0900000102", ("fashion",), 0.15, 3),
    PersonalAccount(LINH, "company", "4418902736450566873", "Linh Minh Long", "0900000106", ("cosmetics",), 0.15, 3),
    PersonalAccount(DUYEN, "own", "4418902736450348873", "Mỹ Duyên", "0900000103", ("real_estate",), 0.1, 2),
)
