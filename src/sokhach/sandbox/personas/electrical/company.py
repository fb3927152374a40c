"""A company that buys with papers."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_formal_routes = (
    Route(
        Topic.DOCUMENT,
        "quote",
        (
            "Dạ em xin gửi báo giá có dấu và hồ sơ năng lực trong sáng nay ạ",
            "Dạ em gửi file báo giá, hiệu lực 15 ngày, giá đã gồm VAT 8% ạ",
        ),
    ),
    Route(Topic.PRICE, "quote", ("Dạ đơn giá [product] là [price] chưa VAT ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ anh chị cho em xin nhu cầu cụ thể: công suất, số lượng, nơi giao ạ",)),
)

company = Scene(
    key="electrical.company",
    mood="orders",
    facts={
        "product": (
            "đèn LED nhà xưởng 150W",
            "đèn panel 600x600",
            "quạt công nghiệp treo tường",
            "tủ điện phân phối",
            "đèn exit và đèn sự cố",
            "cáp CXV 4x25",
        ),
        "count": ("30 bộ", "48 bộ", "60 bộ", "120 bộ", "18 bộ"),
        "firm": (
            "Công ty TNHH Bao Bì An Thịnh",
            "Công ty CP May Phú Hòa",
            "Công ty TNHH Cơ Khí Tân Đông Á",
            "Công ty CP Thực Phẩm Hải Bình",
        ),
        "price": ("1.450.000đ", "1.120.000đ", "2.350.000đ", "3.180.000đ"),
        "days": ("trước ngày 25", "trong tuần này", "trước thứ sáu", "trong vòng 10 ngày"),
        "about": ("báo giá [product]", "hồ sơ chào giá", "đề nghị báo giá"),
    },
    beats={
        **opening(
            (
                Line(
                    "Kính gửi {Siêu thị Minh Long|Quý công ty|bộ phận kinh doanh}, [firm] {cần mua|đề nghị báo giá|"
                    "có kế hoạch thay} [count] [product] cho {nhà xưởng số 2|văn phòng mới|kho thành phẩm|chuyền "
                    "may mới}."
                ),
                Line(
                    "{Đính kèm là yêu cầu kỹ thuật.|Nhờ bên mình gửi báo giá có VAT [days].|Vui lòng phản hồi [days].}",
                    type="file",
                    variant="yeu-cau-bao-gia.pdf",
                ),
            ),
            _formal_routes,
            say(
                "{Nhờ anh/chị xem lại giúp|Bên em cần}: {báo giá|đơn giá và thời gian giao} [count] [product], "
                "{phản hồi [days]|để trình duyệt [days]|ghi rõ VAT và bảo hành}."
            ),
            minutes=60,
        ),
        "details": Beat(
            say(
                "{Số lượng|Cụ thể:} [count] [product], {trần cao 9m|lắp trên cao 7m|thay cho đèn cao áp 250W}, {yêu "
                "cầu IP65|yêu cầu có CO, CQ|bảo hành tối thiểu 3 năm}, giao tại [addr]."
            ),
            _formal_routes[:2],
            otherwise="slow",
        ),
        "quote": Beat(
            say(
                "Em đã nhận, {giá [product] đang cao hơn hai nhà cung cấp còn lại|sếp em đề nghị xem lại đơn giá|"
                "phòng mua hàng cần thêm CO, CQ của [product]}.",
                "{Bên mình có mức chiết khấu cho [count] không ạ?|Điều khoản thanh toán sau 30 ngày được không ạ?|"
                "Thời gian giao [count] là bao lâu ạ?}",
            ),
            (
                Route(Topic.REFUSAL, "slow", ("Dạ công nợ 30 ngày bên em chưa hỗ trợ cho đơn đầu ạ",)),
                Route(Topic.DISCOUNT, "contract", ("Dạ em chiết khấu 7% cho [count] và giao trong 5 ngày ạ",)),
                Route(Topic.DELIVERY, "contract", ("Dạ bên em giao trong 5 ngày từ lúc ký, có CO, CQ ạ",)),
                Route(Topic.DOCUMENT, "contract", ("Dạ em gửi bổ sung giấy tờ và hợp đồng mẫu ạ",)),
            ),
            otherwise="slow",
            silence="slow",
        ),
        "contract": Beat(
            (
                Line(
                    "Vâng, {bên em đồng ý|sếp đã duyệt|em đã trình ký} [count] [product]. {Thông tin xuất hóa đơn "
                    "em gửi file.|Hóa đơn xuất cho [firm] nhé ạ.|Nhờ gửi hợp đồng [days].}"
                ),
                Line(type="file", variant="don-dat-hang.docx"),
            ),
            (
                Route(Topic.APOLOGY, "slow", ("Dạ rất tiếc lô này về chậm một tuần, mong bên mình thông cảm ạ",)),
                Route(Topic.APPOINTMENT, "visit", ("Dạ em hẹn đại diện bên mình ký ngày mai ạ",)),
                Route(Topic.DOCUMENT, "done", ("Dạ em gửi hợp đồng và bản hóa đơn nháp để đối chiếu ạ",)),
            ),
            otherwise="done",
        ),
        "visit": Beat(
            say(
                "Được ạ, {9h|14h|10h30} {mời anh/chị qua|em tiếp tại} [addr], {em là [called]|liên hệ [called]} "
                "[phone]. {Mang theo mẫu [product] giúp em.|Nhớ đem bản gốc chứng nhận [product].}"
            )
        ),
        "done": Beat(
            say(
                "{Cảm ơn anh/chị|Em cảm ơn}, {em sẽ phản hồi [days]|kế toán em kiểm lại rồi chuyển tạm ứng|khi giao "
                "[product] nhờ báo trước một ngày}. {Liên hệ [called] [phone].|Trân trọng.}"
            )
        ),
        "slow": Beat(
            say(
                "{Nếu vậy|Như vậy} {bên em xin xem xét nhà cung cấp khác|em chưa trình được đơn [product]|em cần "
                "thêm thời gian báo lại}. {Tiến độ bên em là [days].|[firm] rất cần phản hồi nhanh.} {Em cảm ơn.|}"
            )
        ),
    },
)
