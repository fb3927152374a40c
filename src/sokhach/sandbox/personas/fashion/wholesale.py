"""Who buys to sell: the price for many, and what happens to what does not sell."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_bulk_routes = (
    Route(Topic.DOCUMENT, "list", ("Dạ em gửi bảng giá sỉ với catalogue cho mình ạ",)),
    Route(Topic.DISCOUNT, "deal", ("Dạ từ [count] em chiết khấu 35% so với giá lẻ ạ",)),
    Route(Topic.PRICE, "list", ("Dạ [product] sỉ [price]/cái, từ 30 cái ạ",)),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi video bảng size và hình thật ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ mình bán shop hay online, nhu cầu mỗi tháng bao nhiêu ạ",)),
)

wholesale = Scene(
    key="fashion.wholesale",
    mood="wavers",
    facts={
        "product": (
            "đồ bộ lanh",
            "quần jean nữ",
            "áo thun cotton",
            "váy thiết kế",
            "đồ trẻ em",
            "áo chống nắng",
            "pijama lụa",
        ),
        "count": ("50 cái", "100 cái", "200 bộ", "3 ri", "5 ri", "30 bộ"),
        "price": ("72k", "85.000đ", "98k", "110k", "64.000đ"),
        "other": ("mối Ninh Hiệp", "xưởng Tân Bình", "hàng Quảng Châu", "chợ Tân Bình", "mối cũ"),
        "about": ("giá sỉ [product]", "bảng giá sỉ", "hàng sỉ"),
    },
    beats={
        **opening(
            say(
                "{[me] bán ở chợ huyện|[me] mới mở shop|[me] có sạp ở chợ|[me] bán online}, {lấy sỉ|cần nhập|hỏi "
                "giá sỉ} [product] {tầm|khoảng|lần đầu} [count]",
                "{chiết khấu sao [q]|giá bao nhiêu [q]|có đổi size với màu [no]}, {[other] đang cho giá tốt lắm|lời "
                "ít bán không nổi|bán được thì lấy đều}",
            ),
            _bulk_routes,
            say(
                "{[me] hỏi|nói thẳng [end]} [product] lấy [count] {giá [much]|bao nhiêu một cái|được giá nào}, [other] "
                "{báo liền|đang chờ [me] chốt}"
            ),
            minutes=30,
        ),
        "details": Beat(
            say(
                "{sạp|shop|online} thôi, {tháng đi được [count]|đầu mùa thì [count]|tùy mùa}, {khách chỗ [me] "
                "chuộng hàng rẻ|khách quê thích [product] mát|chủ yếu công nhân mua}"
            ),
            _bulk_routes[:4],
            otherwise="leave",
        ),
        "seen": Beat(
            say(
                "{vải được|đường may hơi ẩu|form đẹp}, {[product] này giá sỉ sao [q]|so với [other] thì sao [q]}, "
                "{lấy [count]|lấy thử 20 cái|bù size được [no]}"
            ),
            _bulk_routes[:3],
            otherwise="leave",
        ),
        "list": Beat(
            say(
                "{giá này|[price]|[look] rồi, [price]} {thì ngang [other]|còn cao|bán lẻ được [much] đâu}, "
                "{[count] bớt "
                "nữa [no]|hàng ế đổi được [no]|cho nợ gối đầu [no]}"
            ),
            (
                Route(Topic.REFUSAL, "leave", ("Dạ hàng sỉ bên em không nhận đổi trả ạ",)),
                Route(Topic.REFUND, "deal", ("Dạ hàng chậm em cho đổi hàng 20% trong 30 ngày ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ [count] em giảm thêm 5k mỗi cái ạ",)),
            ),
            otherwise="think",
            silence="leave",
        ),
        "deal": Beat(
            (
                Line(
                    "{được, chốt [count]|ok lấy thử [count]|vậy làm ăn luôn}, {gửi chành xe|gửi nhà xe|ship xe tải} "
                    "về [addr], [phone]"
                ),
                Line(
                    "{list size màu [me] ghi giấy nè|chia size như vầy}, {đủ [count] [end]|màu tối nhiều nhiều}",
                    type="image",
                ),
            ),
            (
                Route(Topic.OUT_OF_STOCK, "partly", ("Dạ màu đen hết hàng, em bù màu khác nhé ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ tối nay em giao nhà xe, mai mình nhận hàng ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ tổng 7.200.000đ, mình cọc 30% ạ",)),
            ),
            otherwise="thanks",
        ),
        "partly": Beat(
            say(
                "{thiếu màu đen bán sao được|màu đen chạy nhất|bù màu be đi}, {ráng gom cho đủ [count]|thiếu thì "
                "trừ tiền|đợt sau gửi bù} {[end]|}, {[called] [phone]|khách quen hỏi [product] đen hoài|mà "
                "cho [me] cái áo mẫu}"
            )
        ),
        "paid": Beat(
            (
                Line(
                    "cọc rồi {[end]|}, {[called] chuyển|[look] tài khoản [please]|còn lại nhận hàng trả}", type="image"
                ),
                Line("{đóng bao kỹ|nhớ bỏ phiếu sỉ|lỗi là [me] trả lại}, [product] [count] {kiểm đủ [please]|đếm kỹ|}"),
            )
        ),
        "leave": Beat(
            say(
                "{vậy thôi [me] lấy [other]|không đổi trả ai dám ôm|để [me] [look] thêm đã}, {sỉ [product] giờ khó bán|"
                "[count] chứ ít đâu|có giá mới thì nhắn}, {chúc [you] đắt hàng|bán sỉ mà khó khăn|thời buổi này mà}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)
