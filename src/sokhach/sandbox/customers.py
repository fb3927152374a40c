"""The people of the demo. Every line is written for it.

A persona has scenes; a scene is what they write first, how they react to the answer, and how they close. A richer cast
only needs more entries in `PERSONAS`.
"""

import hashlib
import unicodedata
from typing import Any

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One message of a customer; `type` as in the control API.

    Or a deed: `heart` (on the account's last message), `info` (fills in the form for details), `press` (a button that
    asks `text`).
    """

    text: str | None = None
    type: str = "text"


class Branch(msgspec.Struct, frozen=True):
    """Taken when the answer holds one of the words, compared without case and diacritics."""

    words: tuple[str, ...]
    lines: tuple[Line, ...]


class Scene(msgspec.Struct, frozen=True):
    opening: tuple[Line, ...]
    branches: tuple[Branch, ...]
    otherwise: tuple[Line, ...]
    thanks: tuple[Line, ...]

    def reaction(self, answer: str) -> tuple[Line, ...]:
        heard = fold(answer)
        fitting = (branch.lines for branch in self.branches if any(fold(word) in heard for word in branch.words))
        return next(fitting, self.otherwise)


class Persona(msgspec.Struct, frozen=True):
    """`reminder` is what they write when nobody answers; `tag` is theirs at Zalo, `city` where they live."""

    key: str
    name: str
    reminder: Line
    scenes: tuple[Scene, ...]
    follows: bool = True
    source: str = "oa_profile"
    tag: str | None = None
    city: str = "Thành phố Hồ Chí Minh"

    @property
    def phone(self) -> str:
        """Made up, always the same."""
        return f"8491{int.from_bytes(hashlib.sha256(self.key.encode()).digest()[:4]) % 10**7:07}"

    @property
    def details(self) -> dict[str, Any]:
        """What they fill into a form; keys as in `user_submit_info`."""
        address = {"user_city": self.city, "user_ward": "Phường 1", "user_address": "12 Lê Lợi"}
        return {"name": self.name, "phone": self.phone, "full_address": address}


def fold(text: str) -> str:
    """Lower case without Vietnamese diacritics, so that "Địa chỉ" meets "dia chi"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def say(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts)


PHOTO = Line(type="image")
HEART = Line(type="heart")
STICKER = Line(type="sticker")
VOICE = Line(type="audio")
VIDEO = Line(type="video")

PRICE = ("giá", "k", "đồng", "nghìn", "ngàn", "vnd")
ADDRESS = ("địa chỉ", "sđt", "số điện thoại", "giao")
SORRY = ("xin lỗi", "đổi", "hoàn", "thông cảm")
STOCK = ("còn", "có ạ", "hết", "sẵn")

PERSONAS: tuple[Persona, ...] = (
    Persona(
        key="hanh-quan-7",
        name="Nguyễn Thị Mỹ Hạnh",
        reminder=Line("Shop ơi có ai hông, em hỏi nãy giờ á"),
        scenes=(
            Scene(
                opening=say("Shop ơi cho em hỏi bộ chăn ga cotton 1m8 nhiêu dị?", "Em ở quận 7, có ship hông shop"),
                branches=(
                    Branch(PRICE, say("Dạ giá dị có bao ship luôn chưa shop, bớt em xíu nha", "Em lấy màu xanh á")),
                    Branch(ADDRESS, say("Dạ giao chung cư Sunrise, Nguyễn Hữu Thọ, Q7 nha shop")),
                ),
                otherwise=say("Dạ, mà giá nhiêu shop báo em cái nha"),
                thanks=(HEART, *say("Dạ ok em cảm ơn shop nhiều nhen", "Chừng nào giao nhắn em trước nha")),
            ),
            Scene(
                opening=say("Shop, bộ ga bữa trước em mua đẹp quá trời", "Có màu hồng hông, má em thích màu đó"),
                branches=(Branch(STOCK, say("Dạ vậy để dành em 1 bộ nha")),),
                otherwise=say("Dạ shop coi giùm em nha"),
                thanks=(Line("Cám ơn shop nghen"), STICKER),
            ),
        ),
    ),
    Persona(
        key="tuan-cau-giay",
        name="Trần Anh Tuấn",
        city="Hà Nội",
        source="message_invite",
        reminder=Line("Bạn ơi, kiểm tra giúp mình với nhé"),
        scenes=(
            Scene(
                opening=say("Chào shop, mình đặt rèm vải từ hôm thứ hai mà vẫn chưa thấy gọi giao. Mã đơn DH10482."),
                branches=(
                    Branch(SORRY, say("Vâng, thế bao giờ mới giao được hả bạn? Nhà mình đang sửa, cần trước thứ bảy.")),
                    Branch(("mai", "nay", "giao"), say("Vâng, giao sau 18h giúp mình nhé, ban ngày mình đi làm.")),
                ),
                otherwise=say("Bạn cho mình xin ngày giao cụ thể nhé."),
                thanks=say("Vâng, cảm ơn bạn. Mình chờ nhé."),
            ),
            Scene(
                opening=say("Shop ơi bên mình có thợ lắp rèm tận nhà ở Cầu Giấy không nhỉ? Cửa rộng 2m4."),
                branches=(Branch((*PRICE, "có"), say("Thế công lắp tính riêng hay gồm trong giá rèm rồi ạ?")),),
                otherwise=say("Vâng, bạn hỏi giúp mình bên lắp đặt nhé."),
                thanks=say("OK bạn, để mình đo lại rồi báo. Cảm ơn nhé."),
            ),
        ),
    ),
    Persona(
        key="bay-can-tho",
        name="Cô Bảy Cần Thơ",
        city="Cần Thơ",
        reminder=Line("con oi tra loi co bay voi"),
        scenes=(
            Scene(
                opening=(*say("con oi cho co hoi goi long vu con hang hong"), VOICE),
                branches=(
                    Branch(STOCK, say("vay co lay 4 cai nghe con", "gui ve cho Cai Rang dum co")),
                    Branch(PRICE, say("mac vay con, bot cho co di, co mua hoai ma")),
                ),
                otherwise=say("uh con coi roi noi co biet nghe"),
                thanks=say("cam on con gai nhieu nghen"),
            ),
        ),
    ),
    Persona(
        key="linh-sinh-vien",
        name="Khánh Linh",
        reminder=Line("ad ơiiii"),
        scenes=(
            Scene(
                opening=say("ad ơi có ga giường đơn 1m2 k ạ", "sv nghèo nên tìm bộ rẻ rẻ thôi ạ 🥲"),
                branches=(
                    Branch(PRICE, say("huhu có mã giảm giá cho sv k ad", "e lấy 1 bộ nếu dc freeship ạ")),
                    Branch(STOCK, say("cho e xem ảnh thật vs ạ")),
                ),
                otherwise=say("dạ vâng ạ, ad tư vấn giúp e vs"),
                thanks=(Line("e cảm ơn ad nhìu 🥰"), STICKER),
            ),
        ),
    ),
    Persona(
        key="phuc-khach-san",
        name="Lê Hoàng Phúc",
        city="Quy Nhơn",
        tag="Khách sạn",
        source="social_plugin",
        reminder=Line("Em xem giúp anh báo giá nhé, sếp anh đang hỏi."),
        scenes=(
            Scene(
                opening=say(
                    "Chào em, anh bên khách sạn Biển Xanh Quy Nhơn.",
                    "Anh cần báo giá 60 bộ ga trắng 1m6 và 120 vỏ gối, có hoá đơn VAT. Em gửi anh trong hôm nay nhé.",
                ),
                branches=(
                    Branch((*PRICE, "báo giá"), say("Giá đó đã có VAT chưa em? Đặt 60 bộ chiết khấu bao nhiêu?")),
                    Branch(("mail", "email"), say("Em gửi vào thumua@bienxanh.example giúp anh.")),
                ),
                otherwise=say("Ừ em, có báo giá thì nhắn anh luôn ở đây nhé."),
                thanks=say("Được rồi, anh trình sếp rồi phản hồi em. Cảm ơn em."),
            ),
        ),
    ),
    Persona(
        key="thao-khieu-nai",
        name="Phạm Phương Thảo",
        reminder=Line("Shop định im lặng luôn à???"),
        scenes=(
            Scene(
                opening=(
                    Line("Shop làm ăn kiểu gì vậy, hộp móp méo mà gối còn bị rách đường chỉ"),
                    PHOTO,
                    Line("Mình muốn đổi cái khác hoặc trả lại tiền"),
                ),
                branches=(
                    Branch(SORRY, say("Ừ, vậy đổi cho mình trong tuần này nha. Phí ship đổi ai chịu?")),
                    Branch(("ảnh", "hình"), (PHOTO, Line("Đó, chụp rõ rồi đó shop"))),
                    Branch(("video", "clip", "quay"), (VIDEO, Line("Quay lúc mở hộp luôn đó shop"))),
                ),
                otherwise=say("Mình cần cách giải quyết chứ không cần giải thích nha shop"),
                thanks=say("Ok vậy được, mình chờ. Lần này đừng giao trễ nữa nha"),
            ),
        ),
    ),
    Persona(
        key="dung-do-dien",
        name="Đặng Quốc Dũng",
        reminder=Line("Alo shop"),
        scenes=(
            Scene(
                opening=say("Nem cao su 1m6x2m day 10 phan gia bn shop", "Co bao hanh ko"),
                branches=(
                    Branch(("bảo hành", "năm"), say("Ok bao hanh vay dc", "Ship ve Bien Hoa mat may ngay")),
                    Branch(PRICE, say("Sao ben kia re hon 200k vay shop")),
                ),
                otherwise=say("Shop bao gia cu the di"),
                thanks=say("Ok thanks shop"),
            ),
        ),
        follows=False,
    ),
    Persona(
        key="mai-me-bim",
        name="Vũ Ngọc Mai",
        reminder=Line("Em ơi chị hỏi chút, em bận à?"),
        scenes=(
            Scene(
                opening=say(
                    "Em ơi, bộ chăn cho bé sơ sinh bên em là vải gì thế?",
                    "Bé nhà chị da nhạy cảm, chị sợ bị kích ứng.",
                ),
                branches=(
                    Branch(
                        ("cotton", "tencel", "sợi", "vải"), say("Thế có giặt máy được không em? Có bị xù lông không?")
                    ),
                    Branch(STOCK, say("Ừ, có mẫu hình con thỏ thì chị lấy nhé.")),
                ),
                otherwise=say("Ừ, em xem nhãn giúp chị cho chắc nhé."),
                thanks=(HEART, *say("Ừ, thế chị lấy một bộ. Cảm ơn em nhé, tư vấn nhiệt tình quá.")),
            ),
        ),
    ),
    Persona(
        key="tu-doi-mau",
        name="Huỳnh Cẩm Tú",
        reminder=Line("Chị ơi em đợi á chị"),
        scenes=(
            Scene(
                opening=say("Chị ơi em lỡ đặt màu đỏ, giờ đổi qua màu kem được hông chị", "Đơn DH10517 á, chưa giao"),
                branches=(
                    Branch(("được", "rồi", "ok"), say("Hên quá, em tưởng hông kịp")),
                    Branch(("không", "hông"), say("Dạ vậy thôi em nhận màu đỏ cũng được, hông sao")),
                ),
                otherwise=say("Dạ chị coi giùm em liền nha, sợ bên kho đóng gói mất"),
                thanks=(Line("Iu chị quá 😘"), STICKER),
            ),
        ),
    ),
    Persona(
        key="son-so-luong",
        name="Bùi Thái Sơn",
        reminder=Line("Shop check giúp em với ạ"),
        scenes=(
            Scene(
                opening=say("Em nhận đc hàng rồi nhưng thiếu 1 vỏ gối ạ", "Đơn e đặt 2 ga 4 gối mà chỉ có 3"),
                branches=(
                    Branch(SORRY, say("Vâng ạ, gửi bù cho e về chỗ cũ là được ạ")),
                    Branch(("mã", "đơn", "ảnh"), (Line("Mã DH10533 ạ, e gửi ảnh"), PHOTO)),
                ),
                otherwise=say("Vâng shop kiểm tra giúp e ạ"),
                thanks=say("Vâng e cảm ơn shop ạ"),
            ),
        ),
    ),
    Persona(
        key="ha-dai-ly",
        name="Chị Hà (sỉ Đà Nẵng)",
        city="Đà Nẵng",
        tag="Khách sỉ",
        reminder=Line("Em ơi cho chị xin giá sỉ với hí"),
        scenes=(
            Scene(
                opening=say("Em ơi chị muốn lấy sỉ chăn hè về Đà Nẵng bán, lấy mấy bộ thì được giá sỉ rứa em?"),
                branches=(
                    Branch(
                        (*PRICE, "bộ"),
                        say("Rứa lần đầu chị lấy 30 bộ, trộn màu được không em?", "Chuyển khoản trước mấy phần?"),
                    ),
                ),
                otherwise=say("Ừ em gửi chị bảng giá sỉ hí"),
                thanks=say("Rứa chị gửi danh sách màu chiều ni. Cảm ơn em hí"),
            ),
            Scene(
                opening=(Line("Em, chị gửi danh sách hàng cần lấy đợt này"), Line(type="file")),
                branches=(Branch(("nhận", "ok", "dạ"), say("Ừ, tính tiền rồi báo chị chuyển khoản")),),
                otherwise=say("Em mở file được không?"),
                thanks=say("Ok em, chị chuyển rồi đó, kiểm tra giúp chị"),
            ),
        ),
    ),
    Persona(
        key="khoa-gap",
        name="Võ Đăng Khoa",
        reminder=Line("gấp á shop ơi 😭"),
        scenes=(
            Scene(
                opening=say(
                    "shop ơi giao hoả tốc trong nội thành được k", "mai đám cưới chị em, cần bộ drap đỏ 1m8 GẤP"
                ),
                branches=(
                    Branch(ADDRESS, say("đc ạ, giao 215 Lý Thường Kiệt, P15, Q11, gọi em trước 15p nha")),
                    Branch(PRICE, say("bao nhiêu cũng đc shop, miễn kịp sáng mai")),
                ),
                otherwise=say("shop chốt giùm em liền nha, em ck luôn"),
                thanks=say("trời ơi cứu em 1 mạng, cảm ơn shop 🙏🙏"),
            ),
        ),
    ),
    Persona(
        key="nga-vi-tri",
        name="Đỗ Thanh Nga",
        city="Hà Nội",
        source="social_plugin",
        reminder=Line("Cửa hàng còn mở cửa không ạ?"),
        scenes=(
            Scene(
                opening=say("Cửa hàng mình ở Hà Nội có chỗ xem trực tiếp không ạ?", "Nhà em ở Long Biên"),
                branches=(
                    Branch(("có", "số", "phố", "đường"), say("Chủ nhật mình có mở không ạ? Có chỗ đỗ ô tô không?")),
                ),
                otherwise=(Line("Em gửi vị trí, xem cửa hàng nào gần nhất giúp em nhé"), Line(type="location")),
                thanks=say("Vâng, cuối tuần em ghé ạ. Em cảm ơn."),
            ),
        ),
    ),
)
