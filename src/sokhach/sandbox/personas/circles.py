"""Groups in which staff and customers talk together, as on personal accounts. Nobody's gender or age is said: whoever
comes to the account may be in any of them."""

from typing import NamedTuple

STAFF = -1


class Said(NamedTuple):
    """`who`: `STAFF`, or which of the customers, from 0. `picture`: a file of the sandbox's that goes along."""

    who: int
    text: str
    picture: str | None = None


class Circle(NamedTuple):
    """`members`: how many customers, at most. `talks` in their order, days apart."""

    key: str
    name: str
    trades: frozenset[str]
    members: int
    talks: tuple[tuple[Said, ...], ...]


CIRCLES = (
    Circle(
        "wiring",
        "Điện nước công trình Minh Long",
        frozenset({"electrical"}),
        4,
        (
            (
                Said(STAFF, "Em gửi cả nhà bảng giá dây và ổ cắm tháng này, giá đã có VAT ạ"),
                Said(0, "Dây 2.5 giữ giá tới hết tuần không em"),
                Said(STAFF, "Dạ giữ tới thứ bảy ạ, từ 5 cuộn em chiết khấu thêm 3%"),
                Said(1, "Bên mình lấy 8 cuộn, mai giao được không"),
                Said(STAFF, "Dạ được ạ, 9 giờ sáng mai xe em tới"),
                Said(1, "Ok em"),
            ),
            (
                Said(2, "Tủ điện hôm trước lắp xong rồi nè", "tu-dien.png"),
                Said(0, "Gọn đó"),
                Said(STAFF, "Đẹp quá ạ, có gì cần bảo hành cứ nhắn em nhé"),
                Said(2, "Còn thiếu 2 aptomat 20A, em gửi thêm giúp"),
                Said(STAFF, "Dạ em gửi kèm chuyến chiều nay luôn ạ"),
            ),
            (
                Said(3, "Có ai dùng đèn nhà xưởng 100W bên này chưa, bền không"),
                Said(1, "Bên mình dùng hơn năm rồi, chưa hư bóng nào"),
                Said(STAFF, "Dạ mẫu đó bảo hành 24 tháng ạ, anh chị cần em báo giá theo số lượng"),
                Said(3, "Báo giúp 12 bóng nhé"),
                Said(STAFF, "12 bóng em tính 385.000đ một bóng, giao tận công trình ạ"),
            ),
        ),
    ),
    Circle(
        "hunters",
        "Hội săn đồ đẹp Minh Long",
        frozenset({"fashion"}),
        5,
        (
            (
                Said(STAFF, "Tối nay 20h em lên mẫu mới, cả nhà giữ chỗ giúp em nha"),
                Said(0, "Có đồ đi biển không shop"),
                Said(STAFF, "Dạ có váy với sơ mi đũi ạ", "bo-chan-ga.jpg"),
                Said(2, "Xinh quá, để mình 1 cái size M"),
                Said(1, "Mình size L nhé"),
                Said(STAFF, "Em ghi tên hai mình rồi ạ"),
            ),
            (
                Said(3, "Hàng về chưa shop ơi"),
                Said(STAFF, "Dạ về sáng nay ạ, em đang gói, chiều gửi đi hết"),
                Said(3, "Hay quá, cảm ơn shop"),
                Said(4, "Cho mình đổi sang màu kem được không"),
                Said(STAFF, "Được ạ, em đổi luôn rồi nhé"),
            ),
            (
                Said(1, "Vải mặc mát thật, giặt máy không nhăn"),
                Said(0, "Công nhận, mình mua thêm cho mẹ rồi"),
                Said(STAFF, "Em cảm ơn cả nhà ạ, cuối tháng em tặng mỗi mình một voucher 50k"),
            ),
        ),
    ),
    Circle(
        "skin",
        "Cùng chăm da mỗi tối",
        frozenset({"cosmetics"}),
        4,
        (
            (
                Said(0, "Dùng serum B3 được hai tuần, da đỡ đỏ hẳn mọi người ạ"),
                Said(1, "Có bị khô không bạn"),
                Said(0, "Mấy ngày đầu hơi khô, thêm kem dưỡng là ổn"),
                Said(STAFF, "Dạ đúng rồi ạ, mình thoa kem dưỡng sau serum 5 phút nhé"),
            ),
            (
                Said(2, "Kem chống nắng loại nào không bết vậy shop"),
                Said(STAFF, "Dạ da dầu mình dùng loại vạch xanh, da khô dùng vạch hồng ạ"),
                Said(2, "Mình da dầu, lấy 1 tuýp nhé"),
                Said(3, "Mình cũng lấy 1"),
                Said(STAFF, "Em lên đơn chung, hai mình được miễn phí ship ạ"),
            ),
        ),
    ),
    Circle(
        "flat",
        "Căn hộ B12.08: hồ sơ vay",
        frozenset({"real_estate"}),
        3,
        (
            (
                Said(STAFF, "Em lập nhóm để cả nhà mình theo dõi hồ sơ vay căn B12.08 cho tiện ạ"),
                Said(0, "Cảm ơn em, còn thiếu giấy gì không"),
                Said(STAFF, "Dạ thiếu sao kê lương 6 tháng và đăng ký kết hôn ạ"),
                Said(1, "Tối mình chụp gửi luôn"),
            ),
            (
                Said(1, "Gửi em giấy tờ nhé", "giay-to.png"),
                Said(STAFF, "Em nhận được rồi, sáng mai em nộp ngân hàng ạ"),
                Said(2, "Bao lâu có kết quả em"),
                Said(STAFF, "Dạ khoảng 5 ngày làm việc, có là em báo liền"),
            ),
            (
                Said(STAFF, "Ngân hàng duyệt vay 70% rồi cả nhà ơi, thứ sáu ký được ạ"),
                Said(0, "Tốt quá, mấy giờ em"),
                Said(STAFF, "9 giờ sáng tại phòng giao dịch, anh chị mang căn cước bản gốc giúp em"),
                Said(1, "Ok em"),
            ),
        ),
    ),
)
