"""Those who come back: for more, for an exchange; who compare; and who only ask the price."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_again_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ mẫu đó hết hàng rồi ạ, có mẫu mới dáng y vậy",)),
    Route(Topic.DISCOUNT, "deal", ("Dạ khách quen em giảm 10% cho mình ạ", "Dạ em tặng kèm cột tóc cho mình ạ")),
    Route(Topic.PRICE, "price", ("Dạ [product] giờ [price] ạ",)),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mẫu mới về sáng nay ạ",)),
    Route(Topic.IN_STOCK, "deal", ("Dạ [product] còn hàng đủ màu ạ",)),
)

again = Scene(
    key="fashion.again",
    mood="returns",
    weight=2,
    facts={
        "product": (
            "áo sơ mi",
            "váy suông",
            "quần ống rộng",
            "đồ bộ",
            "áo dài cách tân",
            "sandal",
            "áo len",
            "set đồ bé",
        ),
        "praise": (
            "mặc mát lắm",
            "ai cũng khen",
            "chồng khen trẻ ra",
            "giặt không xù",
            "mấy chị ở cơ quan hỏi mua chỗ nào",
            "đi cả ngày không đau chân",
        ),
        "whom": ("em dâu", "mẹ", "con bạn thân", "chị đồng nghiệp", "con gái", "bà nội"),
        "price": ("299.000đ", "345k", "269k", "390.000đ"),
        "about": ("đơn [product]", "[product] lần này", "vụ lấy thêm [product]"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi [me] nè|lại [me] đây|hello [you]|[you] còn nhớ [me] [no]}, {[day] trước|tuần rồi|hôm "
                    "nọ} mua [product] {[praise]|về [praise]}"
                ),
                Line(
                    "{hình [me] mặc nè|feedback cho [you] nè|mặc lên vầy nè}, {đẹp [no]|[praise] đó|[whom] mê luôn}",
                    type="image",
                ),
                Line(
                    "giờ {lấy thêm|muốn mua|đặt} cho [whom] {một cái|cái y vậy|cái màu khác}, {còn [no]|giá cũ chứ|"
                    "có gì mới [no]}"
                ),
            ),
            _again_routes,
            say(
                "{[me] mua thêm|lấy cho} [whom] {cái [product] y vậy|một [product] nữa} thôi, {còn hàng [no]|khách "
                "quen bớt [no]|giá [much] [q]}"
            ),
        ),
        "seen": Beat(
            say(
                "{mẫu mới đẹp hơn|cũng được đó|mẫu thứ 3 xinh}, {[whom] mặc hợp [no]|có size lớn [no]|vải giống cái "
                "cũ [no]}, {giá [q]|lấy 2 cái bớt [no]}"
            ),
            _again_routes[1:3],
            otherwise="think",
        ),
        "sold_out": Beat(
            say(
                "{tiếc [so]|[sigh]}, {[whom] thích đúng cái đó|[praise] nên mới quay lại}, {mẫu kia giá sao|gửi "
                "hình [look]|bao giờ về lại [q]}"
            ),
            (
                Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mẫu mới ạ",)),
                Route(Topic.PRICE, "price", ("Dạ mẫu mới [price] ạ",)),
                Route(Topic.WAIT, "think", ("Dạ để em kiểm tra kho khác ạ",)),
            ),
            otherwise="think",
        ),
        "price": Beat(
            say(
                "[price] {lên giá [huh]|hơi cao hơn trước|ok}, {khách ruột mà|giới thiệu 3 người rồi đó}, {bớt chút "
                "[no]|freeship [end]|tặng gì [no]}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ giá này đồng nhất nên không giảm được ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em freeship cho khách quen ạ",)),
                Route(Topic.APOLOGY, "deal", ("Dạ vải lên giá nên mình thông cảm giúp em ạ",)),
            ),
            otherwise="deal",
        ),
        "deal": Beat(
            (
                Line(
                    "{chốt|lấy|ok lấy} {cho [whom]|luôn}, {size M|size L|như lần trước}, gửi {chỗ cũ|[addr]|thẳng "
                    "nhà [whom]}, [phone]"
                ),
                Line(type="sticker"),
            ),
            (
                Route(Topic.ADDRESS, "where", ("Dạ gửi về địa chỉ cũ đúng không ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ chiều em giao hàng cho vận chuyển ạ",)),
                Route(Topic.THANKS, "thanks", ("Dạ em cảm ơn mình đã ủng hộ shop ạ",)),
            ),
            otherwise="thanks",
        ),
        "where": Beat(
            say(
                "{chỗ cũ|lần này gửi|đúng rồi, gửi} [addr], {[whom] nhận|[called] nhận}, {ghi là quà|đừng bỏ hóa "
                "đơn|gọi trước [please]} {[end]|}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_swap_routes = (
    Route(Topic.REFUSAL, "refused", ("Dạ quá hạn 7 ngày nên bên em không thể đổi ạ",)),
    Route(Topic.OUT_OF_STOCK, "other", ("Dạ size đó hết hàng rồi ạ",)),
    Route(Topic.REFUND, "how", ("Dạ được ạ, em đổi size cho mình",)),
    Route(Topic.DETAILS, "tell", ("Dạ tình trạng tem mác còn nguyên không ạ",)),
)

swap = Scene(
    key="fashion.swap",
    mood="returns",
    facts={
        "product": ("quần jean", "váy", "giày thể thao", "áo vest", "sandal", "đầm bầu", "áo khoác"),
        "fault": ("chật bụng", "rộng thùng thình", "dài lê thê", "kích nách", "cấn gót", "lên màu già quá"),
        "want": ("size lớn hơn", "size nhỏ hơn", "màu đen", "mẫu khác", "cái dài hơn"),
        "when": ("hôm qua", "3 [day] trước", "tuần rồi", "[day] chủ nhật"),
        "about": ("đổi [product]", "vụ đổi size", "[product] [when]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|chào [you]|[you] à}, [product] nhận [when] {[me] mặc [fault]|thử thấy [fault]|bị "
                "[fault] mất rồi}",
                "{đổi qua [want] được [no]|đổi [want] thì làm [how]|muốn lấy [want]}, {tem còn nguyên|chưa mặc đi "
                "đâu|mới thử trong nhà}",
            ),
            _swap_routes,
            say(
                "{[me] hỏi|là} {đổi [product]|[product] [fault]} sang [want] {được [no]|có mất phí [no]|làm sao}, "
                "{mua [when] thôi|tem còn}"
            ),
        ),
        "tell": Beat(
            (
                Line(
                    "{còn nguyên|chưa cắt tem|y như mới} {nè|đây}, {[product] mua [when]|đổi [want] [please]}",
                    type="image",
                ),
                Line(
                    "{vậy đổi được chưa|được [no]|còn [want] [no]}, {[fault] nên mới đổi|chứ đẹp thì giữ|bù tiền "
                    "cũng được}"
                ),
            ),
            _swap_routes[:3],
            otherwise="refused",
        ),
        "how": Beat(
            say(
                "{gửi về đâu [q]|ship hai chiều ai chịu [q]|có ai tới lấy [no]}, {[me] ở [addr]|tiện đường [me] "
                "ghé}, {[called] [phone]|đổi [want] [end]|mấy ngày có lại [q]}"
            ),
            (
                Route(Topic.DISCOUNT, "thanks", ("Dạ miễn phí chiều gửi lại cho mình ạ",)),
                Route(Topic.ADDRESS, "thanks", ("Dạ mình gửi về địa chỉ 214 Đại lộ Bình Dương ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ shipper qua lấy rồi giao cái mới luôn, mình trả ship 30k ạ",)),
            ),
            otherwise="thanks",
        ),
        "other": Beat(
            say(
                "{hết [want] [huh]|vậy còn gì đổi được|[sigh]}, {trả tiền lại [no]|lấy mẫu khác rồi bù tiền [no]|khi "
                "nào có lại [q]}"
            ),
            (
                Route(Topic.REFUSAL, "refused", ("Dạ bên em chỉ đổi, không hỗ trợ trả tiền ạ",)),
                Route(Topic.REFUND, "how", ("Dạ em hoàn tiền hoặc đổi sang mẫu khác ạ",)),
                Route(Topic.PICTURE, "how", ("Dạ em gửi hình mấy mẫu cùng giá cho mình chọn ạ",)),
            ),
            otherwise="refused",
        ),
        "refused": Beat(
            say(
                "{mới [when] mà|có [fault] thôi mà|khó vậy}, {mua ở đây hoài mà|đâu có mặc đâu|chính sách gì kỳ}, "
                "{thôi để [me] cho em gái|vậy để [me] sửa|lần sau ra tiệm thử cho chắc}"
            )
        ),
        "thanks": THANKFUL,
    },
)

_compare_routes = (
    Route(Topic.REFUSAL, "leaves", ("Dạ giá này shop không giảm được ạ",)),
    Route(Topic.DISCOUNT, "tempted", ("Dạ em giảm cho mình 30k và freeship ạ", "Dạ em gửi voucher 10% riêng mình ạ")),
    Route(Topic.WARRANTY, "tempted", ("Dạ hàng bên em may kỹ, bảo hành đường chỉ 6 tháng ạ",)),
    Route(Topic.PICTURE, "proof", ("Dạ em quay video cận chất vải cho mình so ạ",)),
    Route(Topic.PRICE, "leaves", ("Dạ giá bên em 389k, vải dày hơn nhiều ạ",)),
)

compare = Scene(
    key="fashion.compare",
    mood="wavers",
    facts={
        "product": (
            "áo phao",
            "vest nam",
            "đầm dạ hội",
            "giày da",
            "túi tote",
            "áo dài may sẵn",
            "áo khoác dạ",
            "bộ vest nữ",
        ),
        "other": ("shop bên kia", "trên sàn", "shop bạn [me]", "chợ Tân Bình", "cửa hàng đầu phố", "bên livestream"),
        "less": ("50k", "80k", "gần trăm", "120k", "phân nửa"),
        "about": ("giá [product]", "cái [product]", "vụ [product]"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|cho hỏi|[me] đang [look]}, [product] {này|bên [you]|mẫu này} {sao mắc hơn [other]|"
                    "[other] rẻ hơn [less]|[other] bán thấp hơn [less]} [q]"
                ),
                Line(
                    "{nè hình bên đó|y chang luôn nè|so thử đi}, {khác gì [q]|có phải một xưởng [no]|[you] bớt "
                    "xuống [no]}",
                    type="image",
                ),
            ),
            _compare_routes,
            say(
                "{[me] thích|[me] ưng} [product] của [you] {hơn|[truly]} nhưng [other] {rẻ [less]|đang sale}, {bớt "
                "được [no]|có gì hơn [no]|thuyết phục [me] đi}"
            ),
        ),
        "proof": Beat(
            say(
                "{nhìn dày hơn [truly]|ờ đường may đẹp|[look] cũng na ná}, {mà chênh [less]|[folks] nói mua [other]}, "
                "{bớt chút là [me] chốt|có cho thử [no]|không vừa trả được [no]}"
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("Dạ bên em chưa hỗ trợ giảm mẫu này ạ",)),
                Route(Topic.REFUND, "buys", ("Dạ nhận hàng không ưng mình trả lại thoải mái ạ",)),
                Route(Topic.DISCOUNT, "tempted", ("Dạ em giảm cho mình 40k ạ",)),
            ),
            otherwise="think",
        ),
        "tempted": Beat(
            say(
                "{nghe cũng xuôi|vậy còn cao hơn chút|cũng được}, {để [me] hỏi [folks]|[other] cho đổi trả 15 ngày|"
                "lương chưa có}, {giữ [product] cho [me] tới tối [no]|thêm cái tất là chốt|không ưng trả lại [no]}"
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("Dạ bên em không giữ hàng, không được trả ạ",)),
                Route(Topic.DISCOUNT, "buys", ("Dạ em tặng thêm đôi tất cho mình ạ",)),
                Route(Topic.WAIT, "think", ("Dạ em giữ tới tối, mình cứ suy nghĩ rồi để em biết ạ",)),
                Route(Topic.REFUND, "buys", ("Dạ không ưng mình trả lại trong 7 ngày ạ",)),
            ),
            otherwise="think",
            silence="think",
        ),
        "buys": Beat(
            say(
                "{thôi lấy bên [you]|chốt bên [you] luôn|ok, vì [you] dễ thương nên chốt} [product] {màu đen|màu be|"
                "màu như hình}",
                "gửi [addr] {[end]|}, {[called] [phone]|số [phone]}, {cho thử rồi trả tiền|đừng để [folks] "
                "biết giá|gói kỹ}",
            )
        ),
        "leaves": Beat(
            say(
                "{vậy thôi|ờ, vậy [me] lấy [other]|biết rồi}, {chênh [less] lận|[product] nào chả vậy|đợi sale "
                "12.12}, {khi nào giảm nhắn [me]|tiếc cái màu|chúc [you] đông khách}"
            )
        ),
        "think": THINKING,
    },
)

_passing_routes = (
    Route(Topic.PRICE, "price", ("Dạ [product] giá [price] ạ", "Dạ [price] ạ")),
    Route(Topic.DETAILS, "short", ("Dạ mình mặc size nào, chiều cao cân nặng bao nhiêu ạ",)),
    Route(Topic.GREETING, "short", ("Dạ shop chào [who] ạ",)),
)

passing = Scene(
    key="fashion.passing",
    facts={
        "product": (
            "váy đỏ",
            "áo khoác",
            "set be",
            "quần đùi",
            "dép",
            "đầm hoa",
            "áo thun",
            "túi",
            "áo dài trắng",
            "giày trắng",
            "đồ bộ",
            "áo mưa",
        ),
        "price": ("239.000đ", "185k", "329k", "99k", "450.000đ"),
        "where": ("story", "trang", "video", "quảng cáo"),
        "about": ("giá [product]",),
    },
    beats={
        **opening(
            say(
                "{giá [product]|[product] [much]|[product] giá|ib giá [product]|[product] bao nhiêu|xin giá "
                "[product]}{ trên [where]| ở [where]|}{ [q]|}"
            ),
            _passing_routes,
            say("{giá thôi|hỏi giá|[much] tiền}, [product]{ trên [where]|}"),
        ),
        "short": Beat(
            say("{xem thôi|cứ báo giá|size nào chả vậy}, [product] {[much]|giá mấy|bao nhiêu}"),
            _passing_routes[:1],
            otherwise="off",
            silence="off",
        ),
        "price": Beat(
            (
                Line(
                    "{ok|uh|ờ|cảm ơn}, {[look] thêm|tham khảo|mắc, thôi|lãnh lương tính}{, [product]|, [price] [huh]|}"
                ),
                Line(type="sticker"),
            )
        ),
        "off": Beat(say("{thôi|lướt|khỏi}, {giá [product] mà giấu|[product] để [look] chỗ khác|check ib hoài mệt}")),
    },
)
