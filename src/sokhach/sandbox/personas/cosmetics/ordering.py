"""Orders: a set or a gift, a course at the spa, a price for those who sell on."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_order_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ [product] bên em tạm hết hàng ạ",)),
    Route(Topic.ADDRESS, "address", ("Dạ mình cho em tên, địa chỉ và số điện thoại ạ",)),
    Route(Topic.PRICE, "sum", ("Dạ [count] [product] là [price], em lên đơn nhé ạ",)),
    Route(Topic.IN_STOCK, "address", ("Dạ [product] còn hàng, date mới ạ",)),
)

order = Scene(
    key="cosmetics.order",
    mood="orders",
    facts={
        "product": (
            "kem chống nắng",
            "son màu đỏ gạch",
            "sữa rửa mặt rau [mum]",
            "bộ dưỡng mini",
            "nước hoa hồng",
            "kem body",
            "dầu gội bưởi",
            "mặt nạ giấy",
        ),
        "count": ("1", "2", "3", "5"),
        "gift": ("sinh nhật mẹ", "20/10", "tặng bạn gái", "cưới bạn thân", "8/3", "quà về quê", "tặng cô giáo"),
        "extra": ("1 hộp bông", "thêm 1 cây son", "túi quà", "1 tuýp kem tay", "2 miếng mặt nạ"),
        "price": ("356.000đ", "489k", "612.000đ", "268k", "745k"),
        "about": ("đơn [product]", "quà [gift]", "đơn hàng"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|cho [me] đặt|[me] lấy|đặt [please] [me]} [count] [product] {làm quà [gift]|để [gift]|tặng "
                "dịp [gift]|cho [me] xài}",
                "{gói quà được [no]|viết thiệp [please] được [no]|giao hẹn giờ được [no]|mai có kịp [no]|có túi giấy "
                "[no]}{, [gift] rồi mà chưa mua gì|, đừng ghi giá lên|}",
            ),
            _order_routes,
            say(
                "[me] đặt [count] [product] {mà|đó}, {còn thì lên đơn|bao nhiêu tiền|[gift] tới nơi rồi}, {gói đẹp "
                "[please]|có thiệp [no]|trả lời [quick] [end]}"
            ),
        ),
        "address": Beat(
            say(
                "{người nhận|gửi cho|tên} [called], [phone]",
                "[addr]{, giao chiều thứ sáu|, đừng nói ai gửi|, gọi trước|, bỏ giá [please]|, trưa hay vắng nhà}",
            ),
            (
                Route(Topic.PRICE, "sum", ("Dạ tổng [price] gồm gói quà ạ",)),
                Route(Topic.DELIVERY, "change", ("Dạ em gói rồi, mai giao hàng ạ",)),
                Route(Topic.THANKS, "change", ("Dạ em nhận đơn, cảm ơn mình ạ",)),
            ),
            otherwise="change",
        ),
        "sum": Beat(
            say(
                "[price] {gồm ship chưa|chưa gói quà [huh]|ck trước hay sau} [q]",
                "{bỏ thêm [extra]|lấy kèm [extra]|tặng [extra] được [no]} {[end]|}, {[gift] cho đẹp|cho đủ bộ|cho "
                "tròn tiền}",
            ),
            (
                Route(Topic.REFUSAL, "cancel", ("Dạ đơn này bên em chưa hỗ trợ thêm được ạ",)),
                Route(Topic.DISCOUNT, "paid", ("Dạ em tặng kèm [extra] cho mình luôn ạ",)),
                Route(Topic.ADDRESS, "where", ("Dạ được, mình cho em địa chỉ nhận ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ thêm [extra] em tính 45k ạ",)),
            ),
            otherwise="paid",
        ),
        "change": Beat(
            say(
                "{ủa khoan|quên mất|[you] ơi đổi chút}, {đổi [count] thành 4|bỏ [product], lấy bộ kia|đổi màu nhẹ "
                "hơn|đổi người nhận thành [called]|thêm [extra]} {được [no]|còn kịp [no]|nha}"
            ),
            (
                Route(Topic.REFUSAL, "cancel", ("Dạ đơn đã gửi nên không thể sửa ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ em đổi rồi, tổng mới 560k ạ",)),
                Route(Topic.WAIT, "paid", ("Dạ mình đợi em sửa đơn nha",)),
            ),
            otherwise="paid",
        ),
        "paid": Beat(
            (
                Line(
                    "{ck rồi|tiền bay rồi đó|chuyển rồi [end]}, {[called]|nội dung [gift]|nội dung [product]}",
                    type="image",
                ),
                Line(
                    "{thiệp ghi|nhớ ghi thiệp|in thiệp} {chúc mẹ luôn trẻ|thương em nhiều|chúc hạnh phúc|cảm ơn cô} "
                    "{[end]|}, {[gift] mà|gửi đúng giờ [please]|số [phone]}"
                ),
            )
        ),
        "sold_out": Beat(
            say(
                "{hết rồi [huh]|tiếc [so]|[sigh]}, {[gift] gấp rồi|[product] nhà [me] quen xài}, {loại tương tự [no]|"
                "thay bằng gì [q]|mấy hôm có [q]}"
            ),
            (
                Route(Topic.PICTURE, "sum", ("Dạ em gửi hình bộ tương tự, hộp đẹp hơn ạ",)),
                Route(Topic.PRICE, "sum", ("Dạ thay bằng loại kia [price] ạ",)),
                Route(Topic.APOLOGY, "cancel", ("Dạ tiếc quá em xin lỗi mình ạ",)),
            ),
            otherwise="cancel",
        ),
        "where": Beat(
            say(
                "[called], [phone]",
                "[addr]{, tới gọi trước|, hỏi nhà [called]|, giao giờ nào cũng có người|, trưa hay vắng nhà|, gửi "
                "bảo vệ cũng được}",
            )
        ),
        "cancel": Beat(
            say(
                "{thôi hủy [please] [me]|vậy khỏi [end]|để [me] mua chỗ khác}, {[gift] mà trễ thì mua làm gì|[product] "
                "siêu thị cũng có|[me] tặng hoa vậy}{, lần khác ghé|, ngại ghê|}"
            )
        ),
    },
)

_spa_routes = (
    Route(Topic.OUT_OF_STOCK, "full", ("Dạ [date] bên em kín lịch rồi ạ, hết chỗ buổi tối",)),
    Route(
        Topic.APPOINTMENT, "slot", ("Dạ em giữ lịch [date] lúc 10 giờ cho mình nhé ạ", "Dạ em hẹn mình [date] 15 giờ ạ")
    ),
    Route(Topic.PRICE, "price", ("Dạ [care] [price] một buổi 75 phút ạ", "Dạ gói 5 buổi [care] là [bundle] ạ")),
    Route(Topic.DETAILS, "details", ("Dạ da mình đang tình trạng sao, làm lần nào chưa ạ",)),
)

spa = Scene(
    key="cosmetics.spa",
    mood="orders",
    facts={
        "care": (
            "lấy nhân mụn chuẩn y khoa",
            "cấy tảo",
            "gội đầu dưỡng sinh",
            "triệt lông nách",
            "peel da nhẹ",
            "massage cổ vai gáy",
            "điện di vitamin C",
            "chăm sóc da cơ bản",
        ),
        "date": ("thứ bảy", "chủ nhật", "tối thứ năm", "trưa mai", "chiều thứ ba", "sáng mùng 2"),
        "price": ("250k", "350.000đ", "480.000đ", "199k"),
        "bundle": ("1.490.000đ", "1.990.000đ", "2.350.000đ"),
        "why": (
            "cuối tháng cưới",
            "mới sinh xong",
            "đi làm mệt quá",
            "được tặng voucher",
            "da sần quá rồi",
            "cuối tuần đi tiệc",
        ),
        "about": ("lịch [care]", "gói [care]", "chỗ [date]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|cho [me] hỏi|[me] muốn đặt} {dịch vụ|buổi|gói} [care], {[date] còn chỗ [no]|[date] làm "
                "được [no]|giá sao [q]}",
                "{[why]|lần đầu làm|đi hai người}, {có đau [no]|mấy buổi thì thấy khác|có bị ép mua thẻ [no]|nam "
                "làm được [no]}{, [me] sợ kim lắm|, nhà gần đó|}",
            ),
            _spa_routes,
            say(
                "{[me] hỏi là|vậy} [care] [date] {còn chỗ|làm được|giá bao nhiêu} [no], {[why] đó|đi hai người lận|"
                "[me] rảnh có hôm đó}"
            ),
        ),
        "details": Beat(
            say(
                "{chưa làm bao giờ|làm 1 lần chỗ khác|da dễ đỏ}, {[why] nên muốn nhẹ nhàng|sợ đau|đang bôi "
                "retinol}, {[date] được [no]|giá sao [q]|ai làm tay nhẹ [q]}"
            ),
            _spa_routes[:3],
            otherwise="think",
        ),
        "price": Beat(
            say(
                "{[price] một buổi|gói [bundle]|[price]} {có phát sinh [no]|tip ngoài [no]|đã gồm mặt nạ chưa}, "
                "{[why] mà|bạn [me] làm chỗ kia 150k|lẻ một buổi được [no]}, {có giảm [no]|thử một buổi trước|thẻ "
                "dùng chung được [no]}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ giá niêm yết nên bên em không giảm được ạ",)),
                Route(Topic.DISCOUNT, "slot", ("Dạ buổi đầu em giảm 30% cho mình trải nghiệm ạ",)),
                Route(Topic.APPOINTMENT, "slot", ("Dạ mình làm lẻ được, em xếp lịch [date] ạ",)),
            ),
            otherwise="think",
        ),
        "full": Beat(
            say(
                "{kín hết [huh]|[sigh]|tiếc [so]}, {[why] nên cần đúng [date]|[me] có mỗi hôm đó}, {ai hủy thì báo|hôm "
                "khác giờ nào|cơ sở khác còn [no]}"
            ),
            (
                Route(Topic.APPOINTMENT, "slot", ("Dạ hôm sau còn 14 giờ, em giữ lịch cho mình nhé",)),
                Route(Topic.WAIT, "think", ("Dạ để em hỏi khách đổi giờ rồi báo mình ạ",)),
                Route(Topic.APOLOGY, "think", ("Dạ tiếc quá em xin lỗi mình ạ",)),
            ),
            otherwise="think",
        ),
        "slot": Beat(
            (
                Line(
                    "{ok giữ chỗ [please]|vậy chốt|được đó} [date] {[end]|}, {[called] [phone]|tên [called]}, {trễ 10 "
                    "phút có sao [no]|cho kỹ thuật tay nhẹ|đi 2 người}"
                ),
                Line(type="info"),
            ),
            (
                Route(Topic.ADDRESS, "come", ("Dạ địa chỉ 214 Đại lộ Bình Dương, tầng 2 ạ",)),
                Route(Topic.REFUSAL, "think", ("Dạ trễ quá 15 phút thì bên em không thể giữ chỗ ạ",)),
                Route(Topic.THANKS, "come", ("Dạ em giữ chỗ rồi, cảm ơn mình ạ",)),
            ),
            otherwise="come",
        ),
        "come": Beat(
            say(
                "{ok hẹn [date]|[date] gặp|[yes], [date] [me] qua}, {nhắc [me] trước 1 tiếng|có chỗ để xe [no]|để mặt "
                "mộc [huh]}{, [care] [end]|, hồi hộp ghê|, [why] mà|}"
            )
        ),
        "think": THINKING,
    },
)

_agent_routes = (
    Route(Topic.DOCUMENT, "list", ("Dạ em gửi bảng giá đại lý và hợp đồng mẫu ạ",)),
    Route(Topic.DISCOUNT, "deal", ("Dạ đơn [sum] đầu tiên em chiết khấu 32% ạ",)),
    Route(Topic.REFUSAL, "leave", ("Dạ bên em chưa hỗ trợ đại lý ở khu vực mình ạ",)),
    Route(Topic.PRICE, "list", ("Dạ [product] sỉ từ 12 hộp là 145k ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ nhu cầu mỗi tháng và tiệm mình ở đâu ạ",)),
)

agent = Scene(
    key="cosmetics.agent",
    mood="wavers",
    facts={
        "product": ("kem chống nắng", "dầu gội thảo dược", "mặt nạ", "son dưỡng", "sữa tắm", "serum", "kem body"),
        "sum": ("5 triệu", "10 triệu", "20 triệu", "30 triệu"),
        "about": ("giá sỉ", "chính sách đại lý", "[product] sỉ"),
    },
    beats={
        **opening(
            say(
                "{[me] có|nhà [me] có|[me] mới mở} [shop], {muốn lấy sỉ|tính nhập|hỏi chính sách đại lý} [product], "
                "{đơn đầu tầm [sum]|chừng [sum]|vốn có [sum]}",
                "{chiết khấu sao|có hỗ trợ ảnh, video|có giấy công bố cho quản lý thị trường|ế đổi được} [no]{, bên "
                "kia cho 40%|, khách [me] hỏi nhiều|, [me] bán [truly] nên kỹ|}",
            ),
            _agent_routes,
            say(
                "{là [me] hỏi|nói nhanh [please]} {sỉ [product]|đại lý} {chiết khấu mấy phần|lấy [sum] được gì|giá "
                "nào}, {[shop] mới mở|khách đợi}"
            ),
            minutes=40,
        ),
        "details": Beat(
            say(
                "[shop] ở [addr], {tháng đi 60 hộp|mới bắt đầu|khách lẻ 20 người một ngày}, {chủ yếu [product]|"
                "khách thích hàng lành|giá bình dân}"
            ),
            _agent_routes[:4],
            otherwise="leave",
        ),
        "list": Beat(
            say(
                "{nhận bảng giá rồi|[look] rồi}, {[product] lời mỏng|giá lẻ trên mạng còn thấp hơn|mức [sum] hơi cao}, "
                "{có giữ giá [no]|độc quyền khu vực [no]|hết hạn có thu hồi [no]}"
            ),
            (
                Route(Topic.REFUSAL, "leave", ("Dạ hàng sắp hết hạn bên em không nhận lại ạ",)),
                Route(Topic.REFUND, "deal", ("Dạ hàng còn 6 tháng date em cho đổi mới ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em hỗ trợ thêm 3% và tặng kèm kệ trưng bày ạ",)),
            ),
            otherwise="think",
            silence="leave",
        ),
        "deal": Beat(
            (
                Line(
                    "{ok làm đơn [sum]|vậy thử một đợt|chốt [sum]}, {chia [product] với mấy món bán chạy|[you] chọn "
                    "mã [please]|đừng gửi date cận}"
                ),
                Line("gửi {nhà xe|chành|bưu điện} về [addr], [called] [phone]"),
            ),
            (
                Route(Topic.DOCUMENT, "thanks", ("Dạ em gửi hợp đồng và hóa đơn kèm hàng ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ mình cọc 30%, còn lại nhận hàng trả ạ",)),
                Route(Topic.OUT_OF_STOCK, "leave", ("Dạ đợt này [product] hết hàng, 2 tuần nữa ạ",)),
            ),
            otherwise="thanks",
        ),
        "paid": Beat(
            (
                Line("cọc {rồi|xong} {[end]|}, {[called] chuyển|[shop] chuyển}", type="image"),
                Line(
                    "{hàng về [me] đếm kỹ|nhớ kèm giấy công bố|gửi thêm hàng thử}, {thiếu [product] là gọi|[shop] "
                    "chờ hàng|đợt sau gấp đôi}"
                ),
            )
        ),
        "leave": Beat(
            say(
                "{vậy khó làm ăn|thôi [me] lấy mối cũ|để [me] tính lại}, {[sum] là tiền xương máu|[product] tồn là "
                "chết|[shop] nhỏ chịu không nổi}{, có gì mới nhắn|, cảm ơn|}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)
