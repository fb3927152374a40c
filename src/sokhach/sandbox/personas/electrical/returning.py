"""Those who come back: for more of the same, for a repair under warranty; and those who only pass."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_again_routes = (
    Route(Topic.OUT_OF_STOCK, "gone_model", ("Dạ mẫu đó hết hàng rồi, có bản mới thay thế ạ",)),
    Route(
        Topic.DISCOUNT, "deal", ("Dạ khách cũ em giảm 8% cho mình ạ", "Dạ em tặng kèm bút thử điện cho khách quen ạ")
    ),
    Route(Topic.PRICE, "price", ("Dạ giờ [product] giá [price] ạ",)),
    Route(Topic.IN_STOCK, "deal", ("Dạ [product] bên em còn hàng ạ",)),
)

again = Scene(
    key="electrical.again",
    mood="returns",
    weight=2,
    facts={
        "product": (
            "đèn ốp trần",
            "ổ cắm có cổng sạc",
            "quạt có đèn",
            "đèn năng lượng",
            "nồi chiên",
            "aptomat chống giật",
            "ấm siêu tốc",
        ),
        "since": ("[day] trước", "tháng rồi", "hồi Tết", "đợt làm nhà", "tuần trước"),
        "whom": ("nhà em gái", "phòng thằng nhỏ", "bên ngoại", "tiệm mới", "chị hàng xóm", "cơ quan"),
        "price": ("315.000đ", "480k", "1.150.000đ", "265k", "690.000đ"),
        "about": ("đơn [product]", "vụ lấy thêm [product]", "đơn mới"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi nhớ [me] [no]|lại là [me] nè|[me] quay lại rồi đây|chào [you]}, [since] {mua|lấy} "
                    "[product] {xài ngon lắm|ưng [so]|chạy êm ru|được phết}"
                ),
                Line(
                    "giờ {lấy thêm 2 cái|mua nữa|đặt cái y vậy} cho [whom], {còn [no]|giá như cũ [huh]|có bớt cho "
                    "khách quen [no]}"
                ),
            ),
            _again_routes,
            say(
                "{[me] muốn lấy|cần} thêm [product] y như [since] {cho [whom]|thôi}, {còn hàng [no]|tính giá sao|có "
                "bớt [no]}"
            ),
        ),
        "price": Beat(
            say(
                "[price] {lên giá rồi [huh]|hình như mắc hơn [since]|y như cũ thì được}, {khách quen mà|giới thiệu cho "
                "[whom] nữa đó}, {bớt xíu đi|cho giá cũ [no]}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ hãng tăng giá nên em không giảm được ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em giữ giá cũ, ưu đãi riêng khách quen ạ",)),
                Route(Topic.APOLOGY, "deal", ("Dạ mong mình thông cảm, giá nhập lên 5% nhưng em bù phí giao ạ",)),
            ),
            otherwise="deal",
        ),
        "gone_model": Beat(
            say(
                "{bản mới khác gì|tiếc, cái cũ đẹp|[whom] thích đúng cái đó}, {chạy êm như cũ [no]|có mắc hơn [no]|"
                "gửi hình [look]}"
            ),
            (
                Route(Topic.PICTURE, "deal", ("Dạ em gửi hình bản mới, công suất y như cũ ạ",)),
                Route(Topic.PRICE, "price", ("Dạ bản mới [price] ạ",)),
                Route(Topic.REFUSAL, "think", ("Dạ bản mới không thể lắp vào đế cũ ạ",)),
            ),
            otherwise="think",
        ),
        "deal": Beat(
            (
                Line(
                    "{ok lấy 2|vậy lấy cái trắng|chốt}, gửi {về chỗ cũ|[addr]|thẳng cho [whom]}, {[called] [phone]|"
                    "số [phone]}"
                ),
                Line(type="sticker"),
            ),
            (
                Route(Topic.WARRANTY, "thanks", ("Dạ bảo hành 2 năm, em ghi theo số này luôn ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ mai giao hàng ạ, ship em hỗ trợ nửa giá",)),
                Route(Topic.ADDRESS, "new", ("Dạ giao về địa chỉ cũ hay chỗ mới ạ",)),
            ),
            otherwise="thanks",
        ),
        "new": Beat(
            say(
                "{chỗ mới|[whom] nhận|gửi tới} [addr], {[phone]|ghi tên [called]}, {gói kỹ [please]|để thêm hóa đơn|"
                "[product] này tặng nên đừng bỏ giá}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_claim_routes = (
    Route(Topic.REFUSAL, "expired", ("Dạ máy quá hạn bảo hành nên không thể sửa không tính phí ạ",)),
    Route(Topic.APPOINTMENT, "visit", ("Dạ em đặt lịch kỹ thuật ghé nhà mình chiều mai ạ",)),
    Route(Topic.ADDRESS, "bring", ("Dạ mình mang ra trạm, địa chỉ 214 Đại lộ Bình Dương ạ",)),
    Route(Topic.WARRANTY, "code", ("Dạ mình đọc số seri trên tem để em tra bảo hành ạ",)),
    Route(Topic.PHONE, "code", ("Dạ mình cho em số điện thoại mua hàng ạ",)),
)

claim = Scene(
    key="electrical.claim",
    mood="returns",
    facts={
        "product": ("bếp từ", "quạt trần", "máy nước nóng", "nồi chiên", "máy hút mùi", "đèn chùm", "bình đun"),
        "fault": (
            "không lên nguồn",
            "quay chậm rì",
            "kêu to như máy cày",
            "hết nóng",
            "lâu lâu tự tắt",
            "mất một vùng nấu",
            "liệt cảm ứng",
        ),
        "since": ("mua hồi tháng 3", "mua năm ngoái", "xài được 7 tháng", "mua đợt khai trương", "gắn trước Tết"),
        "about": ("bảo hành [product]", "phiếu bảo hành", "chuyện sửa [product]"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|chào [you]|cho hỏi}, [product] {[since]|của [me] [since]} giờ [fault], {còn hạn bảo "
                    "hành [no]|giờ làm [how]|gọi ai [q]}"
                ),
                Line(
                    "{phiếu [product] đây|hóa đơn còn giữ nè|tem nó mờ rồi|chụp cái [product] nè|[since] đó, còn "
                    "phiếu nè}{, đọc được [no]|, [look] [please]|, nó [fault]|}",
                    type="image",
                ),
            ),
            _claim_routes,
            say(
                "{là [me] hỏi|[me] cần} {bảo hành|sửa} [product], {[since] đó|nó [fault]}, {đem ra đâu|có người tới "
                "[no]|tra [please] [me]}"
            ),
        ),
        "code": Beat(
            say(
                "{số mua hàng|sđt} [phone], {seri mờ mất 3 số cuối|seri ML26{11|27|38|45|52}|tên [called]}, "
                "{[since]|nhà [addr]}"
            ),
            (
                Route(Topic.REFUSAL, "expired", ("Dạ em tra thì quá hạn 10 ngày rồi ạ",)),
                Route(Topic.APPOINTMENT, "visit", ("Dạ còn hạn, em hẹn thợ sáng mai ghé ạ",)),
                Route(Topic.WARRANTY, "bring", ("Dạ máy còn bảo hành tới tháng 10 ạ",)),
            ),
            otherwise="bring",
        ),
        "visit": Beat(
            say(
                "{tốt quá|được vậy đỡ [so]|ok}, {thợ tới|ghé} [addr] {trước 11 giờ|sau 5 giờ chiều|lúc nào cũng "
                "được}, {gọi [phone]|nhớ đem đồ thay|[product] gắn cao phải có thang} {[end]|}",
                "{nhà cần [product] lắm|[fault] mấy [day] nay khổ [so]|cảm ơn trước nghe, [product] là món xài "
                "hằng ngày}",
            )
        ),
        "bring": Beat(
            say(
                "{[product] nặng vậy sao đem|nhà xa mà|gửi bưu điện được [no]}, {sửa chừng mấy ngày|có máy cho mượn "
                "[no]|[me] già rồi không chở nổi} [q]"
            ),
            (
                Route(Topic.DELIVERY, "visit", ("Dạ bên em cho shipper qua lấy về sửa rồi giao lại ạ",)),
                Route(Topic.APPOINTMENT, "visit", ("Dạ vậy em hẹn thợ qua tận nhà ạ",)),
                Route(Topic.REFUSAL, "expired", ("Dạ bên em chưa hỗ trợ sửa tại nhà ạ",)),
            ),
            otherwise="expired",
        ),
        "expired": Beat(
            say(
                "{vậy giờ sửa hết [much]|trễ có mấy ngày mà|khó khăn [so]}, {khách quen nể chút đi|[product] mới đó "
                "đã [fault]|biết vậy mua hãng khác}"
            ),
            (
                Route(Topic.DISCOUNT, "visit", ("Dạ em xin giảm nửa tiền công cho mình ạ",)),
                Route(Topic.PRICE, "think", ("Dạ thay board khoảng 650k ạ",)),
                Route(Topic.APOLOGY, "think", ("Dạ mong mình thông cảm, hãng quy định vậy ạ",)),
            ),
            otherwise="think",
        ),
        "think": THINKING,
    },
)

_passing_routes = (
    Route(Topic.PRICE, "price", ("Dạ [product] giá [price] ạ", "Dạ [price] ạ")),
    Route(Topic.DETAILS, "short", ("Dạ mình dùng loại nào, công suất bao nhiêu ạ",)),
    Route(Topic.GREETING, "short", ("Dạ em chào [who], em tư vấn cho mình ạ",)),
)

passing = Scene(
    key="electrical.passing",
    facts={
        "product": (
            "quạt trần",
            "dây 2.5",
            "đèn tuýp",
            "bếp từ",
            "aptomat 20A",
            "máy bơm",
            "đèn sạc",
            "ổ cắm 3 chấu",
            "máy nước nóng",
            "đèn pha 50W",
            "quạt hút",
            "camera ngoài trời",
        ),
        "price": ("185.000đ", "420k", "1.090.000đ", "67k", "2.300.000đ"),
        "about": ("giá [product]",),
    },
    beats={
        **opening(
            say(
                "{giá [product]|[product] [much]|[product] giá|bn [product]|[product] bao nhiêu vậy|[product] "
                "tiền}{ [q]|}"
            ),
            _passing_routes,
            say("{chỉ hỏi giá|giá thôi|[much] tiền}, [product]"),
        ),
        "short": Beat(
            say("{loại thường|loại nào cũng được|rẻ nhất}, {giá [product]|[much]|[product] [much]}"),
            _passing_routes[:1],
            otherwise="off",
            silence="off",
        ),
        "price": Beat(
            (
                Line(
                    "{ờ|ok|uh}, {để [look]|biết rồi|tham khảo thôi|[price] [huh], mắc|mai tính}{, [product] mà "
                    "[price]|}"
                ),
                Line(type="sticker"),
            )
        ),
        "off": Beat(
            say("{thôi|khỏi}, {hỏi giá [product] mà khó|hỏi [product] có mỗi câu|[product] để [look] chỗ khác}")
        ),
    },
)
