"""Those who come back: the jar is empty, the skin is better; who compare; who only ask the price."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_again_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ [product] vừa hết hàng, tuần sau về ạ",)),
    Route(Topic.DISCOUNT, "deal", ("Dạ khách quen em giảm 10% và tặng kèm mẫu thử ạ",)),
    Route(Topic.PRICE, "price", ("Dạ [product] giờ [price] ạ",)),
    Route(Topic.IN_STOCK, "deal", ("Dạ [product] còn hàng, date 2028 ạ",)),
    Route(Topic.DETAILS, "progress", ("Dạ da mình giờ tình trạng sao rồi ạ",)),
)

again = Scene(
    key="cosmetics.again",
    mood="returns",
    weight=2,
    facts={
        "product": (
            "kem dưỡng B5",
            "sữa rửa mặt",
            "kem chống nắng",
            "serum",
            "dầu gội",
            "nước tẩy trang",
            "son dưỡng",
            "kem body",
        ),
        "result": (
            "da đỡ hẳn",
            "hết bong tróc",
            "mụn xẹp nhiều",
            "bớt thâm",
            "tóc đỡ rụng",
            "mịn hơn",
            "ai gặp cũng hỏi",
        ),
        "since": ("sau 1 tháng", "hơn 3 tuần", "xài hết 1 chai", "nửa tháng nay", "từ Tết tới giờ"),
        "more": ("2 chai", "1 chai lớn", "1 chai cho [me] 1 chai cho chị gái", "combo 3", "thêm 1 cái cho [mum]"),
        "price": ("319.000đ", "265k", "389k", "445.000đ"),
        "about": ("đơn [product]", "[product] lần này", "chai mới"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi [me] nè|[you] ơi báo tin vui|nhớ [me] [no] [you]|chào [you]}, {xài|dùng|bôi} "
                    "[product] [since] {thấy [result]|[result] rồi}"
                ),
                Line(
                    "{hình hôm nay nè|trước sau đó|[look] khác [no]}, {[result] [truly]|[since] đó|chồng còn nhận ra}",
                    type="image",
                ),
                Line(
                    "{hết rồi|sắp hết|còn tí xíu}, lấy {tiếp|thêm|lại} [more], {còn hàng [no]|giá cũ [huh]|có ưu đãi "
                    "khách cũ [no]}"
                ),
            ),
            _again_routes,
            say("{[me] lấy thêm|cho [me]} [more] [product] {nữa|như cũ}, {còn [no]|giá sao|khách cũ bớt [no]}"),
        ),
        "progress": Beat(
            say(
                "{[result]|[since] là [result]}, {còn vài nốt ở cằm|chỉ còn hơi khô|trán chưa sạch}, {đổi loại khác "
                "hay dùng tiếp [q]|thêm gì nữa [no]|lấy [more] luôn}"
            ),
            _again_routes[:4],
            otherwise="think",
        ),
        "price": Beat(
            say(
                "[price] {lên giá [huh]|y như cũ|được}, {khách ruột đó|[me] giới thiệu mấy chị rồi|lấy [more] lận}, "
                "{freeship [no]|tặng gì [no]|bớt số lẻ đi}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ giá hãng nên em không giảm được ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em freeship và tặng thêm mặt nạ cho mình ạ",)),
                Route(Topic.APOLOGY, "deal", ("Dạ tỷ giá lên, mình thông cảm giúp em ạ",)),
            ),
            otherwise="deal",
        ),
        "sold_out": Beat(
            say(
                "{[sigh]|chết rồi|hết [huh]}, {đang [result] mà ngưng thì sao|[me] quen rồi|nghỉ 1 tuần có sao [no]}, "
                "{loại thay thế [no]|chi nhánh khác có [no]|giữ cho [me] [more]}"
            ),
            (
                Route(Topic.IN_STOCK, "deal", ("Dạ chi nhánh Hà Nội còn hàng, em chuyển ạ",)),
                Route(Topic.PRICE, "price", ("Dạ tạm dùng bản mini [price] ạ",)),
                Route(Topic.WAIT, "think", ("Dạ em giữ phần mình, hàng về để em nhắn ạ",)),
            ),
            otherwise="think",
        ),
        "deal": Beat(
            (
                Line("{chốt|lấy|vậy gửi} [more], {về chỗ cũ|[addr]}, {[called] [phone]|số [phone]}"),
                Line(type="sticker"),
            ),
            (
                Route(Topic.ADDRESS, "where", ("Dạ gửi địa chỉ cũ đúng không ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ mai giao hàng ạ",)),
                Route(Topic.THANKS, "thanks", ("Dạ cảm ơn mình đã ủng hộ ạ",)),
            ),
            otherwise="thanks",
        ),
        "where": Beat(
            say(
                "{đúng chỗ cũ|lần này|đổi rồi}, [addr], {[called] nhận|[phone]}, {bỏ thêm mẫu thử [end]|date mới "
                "[please]|"
                "[more] đủ [end]}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_course_routes = (
    Route(Topic.REFUSAL, "angry", ("Dạ thẻ quá hạn rồi nên bên em không thể dùng tiếp ạ",)),
    Route(Topic.REFUND, "money", ("Dạ các buổi còn lại em hoàn tiền cho mình ạ",)),
    Route(Topic.APPOINTMENT, "slot", ("Dạ mình còn [left], em xếp lịch [date] ạ",)),
    Route(Topic.WARRANTY, "redo", ("Dạ gói này bảo hành 12 tháng, em làm lại cho mình ạ",)),
    Route(Topic.PHONE, "phone", ("Dạ mình cho em số điện thoại đăng ký thẻ ạ",)),
)

course = Scene(
    key="cosmetics.course",
    mood="returns",
    facts={
        "care": ("triệt lông", "trị nám", "phun mày", "trị thâm", "gội dưỡng sinh", "nâng cơ"),
        "left": ("3 buổi", "2 buổi", "5 buổi", "1 buổi"),
        "why": (
            "mới sinh xong giờ đi tiếp",
            "bận quá quên mất",
            "nám lên lại",
            "chuyển nhà lên thành phố",
            "màu mày trổ đỏ",
            "lông mọc lại",
        ),
        "date": ("thứ bảy", "sáng chủ nhật", "tối thứ tư", "tuần sau"),
        "about": ("thẻ [care]", "gói [care]", "mấy buổi còn lại"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|chào [you]|cho hỏi}, {hồi trước|năm ngoái|đợt khai trương} [me] mua gói [care] {còn "
                "[left]|hình như còn [left]}, [why]",
                "{giờ làm tiếp được [no]|còn hạn [no]|chuyển cho em gái được [no]|có bảo hành [no]|[date] làm được "
                "[no]}{, [me] còn giữ thẻ|, thẻ mất rồi|, hóa đơn còn đây|}",
            ),
            _course_routes,
            say(
                "{thẻ|gói} [care] {của [me]|mua hồi trước} {còn [left]|dùng tiếp} {được [no]|có được [no]}, {[why] "
                "mà|tra [please] [me]}"
            ),
        ),
        "phone": Beat(
            say("[phone], tên [called], {gói [care]|mua 10 buổi [care]}, {còn [left]|chị tóc ngắn tư vấn|[why]}"),
            _course_routes[:4],
            otherwise="angry",
        ),
        "redo": Beat(
            say(
                "{làm lại có tốn gì [no]|may [q]|vậy tốt}, {lần trước làm hơi rát|đổi người khác làm|[why] chứ}, "
                "{[date] được [no]|mấy buổi là hết|có phải ký gì [no]}"
            ),
            (
                Route(Topic.DISCOUNT, "slot", ("Dạ làm lại miễn phí ạ",)),
                Route(Topic.APPOINTMENT, "slot", ("Dạ em xếp lịch [date] ạ",)),
                Route(Topic.PRICE, "angry", ("Dạ phụ thu 300k tiền mực ạ",)),
            ),
            otherwise="slot",
        ),
        "money": Beat(
            say(
                "{[left] là bao nhiêu tiền|trừ phí gì [no]|ok vậy cũng được}, {chuyển qua số [phone]|tên [called]|"
                "mấy hôm có}{, [care] nghỉ luôn|, [why] nên đành vậy|, cảm ơn [you]|}"
            )
        ),
        "slot": Beat(
            (
                Line(
                    "{ok [date]|[date] [me] tới|chốt [date]}, {giữ chỗ [please]|đi với em gái|trễ xíu được [no]}, "
                    "{[called] [phone]|nhắc [me] trước|[care] [end]}"
                ),
                Line(type="heart"),
            )
        ),
        "angry": Beat(
            say(
                "{lúc bán nói dùng trọn đời mà|tiền đóng đủ mà giờ vậy|hạn đâu có ghi}, {[left] chứ ít gì|[why] chứ "
                "đâu phải bỏ}, {cho gặp quản lý|[me] đem thẻ lên tận nơi|đăng lên cho biết}{, gói [care] cả chục "
                "triệu|, [phone] gọi lại|}"
            )
        ),
    },
)

_compare_routes = (
    Route(Topic.REFUSAL, "leaves", ("Dạ giá niêm yết nên bên em không giảm được ạ",)),
    Route(Topic.DISCOUNT, "tempted", ("Dạ em tặng kèm quà 120k và freeship cho mình ạ", "Dạ em gửi mã giảm 12% ạ")),
    Route(Topic.DOCUMENT, "tempted", ("Dạ hàng bên em có hóa đơn, giấy tờ nhập đầy đủ ạ",)),
    Route(Topic.PRICE, "leaves", ("Dạ bên em [price], hàng công ty ạ",)),
)

compare = Scene(
    key="cosmetics.compare",
    mood="wavers",
    facts={
        "product": (
            "kem chống nắng 50ml",
            "serum C",
            "máy rửa mặt",
            "nước hoa mini",
            "bộ dưỡng 5 món",
            "son kem",
            "collagen nước",
            "tẩy trang 400ml",
        ),
        "price": ("399.000đ", "520k", "285k", "760.000đ"),
        "other": ("trên sàn", "shop đối diện", "chị bạn xách tay", "trang của hãng", "live đêm qua"),
        "less": ("60k", "gần trăm", "45k", "110k"),
        "about": ("giá [product]", "[product]", "vụ [product]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|cho hỏi|[me] định mua} [product] {mà|nhưng} {[other] rẻ hơn [less]|thấy [other] bớt "
                "[less]}, {bên [you] giảm [no]|khác gì nhau [q]|hay hàng khác [q]}",
                "{[folks] bảo mua [other]|[me] mua thường xuyên|chỗ [me] ở cách có 2 cây}, {bằng giá là lấy liền|"
                "tặng quà gì [no]|thuyết phục [me] đi}",
            ),
            _compare_routes,
            say(
                "{[me] hỏi giá [product] thôi|[product] đó}, {bớt [less] được [no]|bằng [other] [no]|có quà [no]}, "
                "{không thì [me] qua [other]|nói một lời đi}"
            ),
        ),
        "tempted": Beat(
            say(
                "{có quà thì suy nghĩ|nghe cũng bùi tai|ừ hàng có giấy tờ cũng đáng}, {mà [folks] chưa duyệt|chênh "
                "[less] vẫn tiếc|date tới bao giờ}, {không hợp trả [no]|giữ tới tối được [no]|thêm mẫu thử nữa là chốt}"
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("Dạ bên em không nhận trả hàng đã mở ạ",)),
                Route(Topic.REFUND, "buys", ("Dạ không hợp trong 7 ngày em hoàn tiền ạ",)),
                Route(Topic.DISCOUNT, "buys", ("Dạ em tặng thêm 5 mẫu thử ạ",)),
                Route(Topic.WAIT, "think", ("Dạ mình cứ suy nghĩ, em giữ tới tối và để em nhắc ạ",)),
            ),
            otherwise="think",
            silence="think",
        ),
        "buys": Beat(
            say(
                "{ok chốt|thôi lấy bên [you]|vậy mua ủng hộ} [product], gửi [addr] {[end]|}",
                "{[called] [phone]|[phone]}, {quà nhớ bỏ vô|đừng để [folks] biết giá|date xa [please]}{, mở ra [less] "
                "là trả đó|, [other] thua rồi|}",
            )
        ),
        "leaves": Beat(
            say(
                "{vậy thôi|ờ|tiếc [q]}, [me] {qua [other]|đợi sale|mua tạm loại khác}, {chênh [less] mua được thỏi "
                "son|[product] đâu cũng có|khi nào giảm nhắn [me]}{, chào|, cảm ơn|}"
            )
        ),
        "think": THINKING,
    },
)

_passing_routes = (
    Route(Topic.PRICE, "price", ("Dạ [product] giá [price] ạ", "Dạ [price] ạ")),
    Route(Topic.DETAILS, "short", ("Dạ da mình loại nào, nhu cầu sao ạ",)),
    Route(Topic.GREETING, "short", ("Dạ shop chào [who] ạ",)),
)

passing = Scene(
    key="cosmetics.passing",
    facts={
        "product": (
            "son đỏ gạch",
            "kem chống nắng",
            "triệt lông",
            "gội đầu",
            "serum",
            "nước hoa",
            "mặt nạ",
            "nối mi",
            "kem nám",
            "tẩy trang",
            "dầu gội",
            "phun môi",
        ),
        "price": ("199.000đ", "320k", "450k", "89k", "1.200.000đ"),
        "place": ("story", "trang", "video", "bài ghim"),
        "about": ("giá [product]",),
    },
    beats={
        **opening(
            say(
                "{giá [product]|[product] [much]|[product] bao nhiêu|ib giá [product]|xin giá [product]|[product] "
                "giá sao}{ trên [place]| ở [place]|}{ [q]|}"
            ),
            _passing_routes,
            say("{giá thôi|[much] tiền|hỏi giá}, [product]{ trên [place]|}"),
        ),
        "short": Beat(
            say("{báo giá đi|da thường|loại nào cũng được}, [product] {[much]|bao nhiêu|giá mấy}"),
            _passing_routes[:1],
            otherwise="off",
            silence="off",
        ),
        "price": Beat(
            (
                Line("{ok|ờ|uh|cảm ơn}, {tham khảo thôi|để tính|mắc, thôi|mai mốt}{, [product]|, [price] [huh]|}"),
                Line(type="sticker"),
            )
        ),
        "off": Beat(
            say("{thôi|khỏi|bye}, {[product] mà cũng giấu giá|hỏi [product] có một câu|[product] để hỏi chỗ khác}")
        ),
    },
)
