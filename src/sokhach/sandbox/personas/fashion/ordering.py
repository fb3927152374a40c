"""Orders: shoes with a change of mind, what was seen in a livestream."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_shoe_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ [product] size [size] vừa hết ạ, hết size rồi",)),
    Route(Topic.ADDRESS, "address", ("Dạ mình cho em tên với địa chỉ, số điện thoại để em gửi ạ",)),
    Route(Topic.PRICE, "sum", ("Dạ [product] size [size] giá [price], em lên đơn nhé ạ",)),
    Route(Topic.IN_STOCK, "fit", ("Dạ [product] size [size] còn hàng ạ",)),
)

shoes = Scene(
    key="fashion.shoes",
    mood="orders",
    facts={
        "product": (
            "giày cao gót 5 phân",
            "sandal quai mảnh",
            "giày thể thao",
            "dép đúc đế xuồng",
            "giày lười da bò",
            "giày búp bê",
            "bốt cổ thấp",
            "giày tây buộc dây",
        ),
        "size": ("35", "36", "37", "38", "39", "40", "41"),
        "colour": ("đen", "kem", "nâu bò", "trắng", "bạc"),
        "price": ("310.000đ", "375k", "459.000đ", "590k", "285k"),
        "about": ("đơn [product]", "đôi [product]", "size [size]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|[me] đặt|lên đơn [please]|cho [me] lấy} {1 đôi|đôi} [product] {màu|} [colour] size [size] "
                "{[end]|}",
                "{chân bè thì tăng size [no]|đi êm [no]|mai gửi luôn được [no]|cho kiểm hàng [no]|thứ sáu có kịp "
                "[no]}{, chân phải to hơn chân trái|, [me] đi nhiều lắm|}",
            ),
            _shoe_routes,
            say(
                "[product] [colour] size [size] {còn thì lên đơn|chốt [please] [me]|có hay không để [me] biết}, {hỏi "
                "nãy giờ|[me] đang vội|}"
            ),
        ),
        "fit": Beat(
            say(
                "{chân [me] bè|mu bàn chân cao|[me] hay mang vớ dày} {lấy [size] hay lên 1 size|size [size] có chật "
                "[no]|form to hay nhỏ} [q]"
            ),
            (
                Route(Topic.REFUND, "address", ("Dạ form chuẩn ạ, không vừa mình đổi size không mất phí",)),
                Route(Topic.PRICE, "sum", ("Dạ chân bè mình lên 1 size là êm, giá [price] ạ",)),
                Route(Topic.DETAILS, "measure", ("Dạ bàn chân mình dài mấy phân, hay đi size nào ạ",)),
            ),
            otherwise="address",
        ),
        "measure": Beat(
            (
                Line("{đo được|dài} {22,5|23|23,5|24|25} phân, {ngang 9 phân|gót nhỏ|bè ngón cái}"),
                Line(
                    "{hình bàn chân đặt trên giấy nè|đo vầy đúng [no]|đó [you] [look]}, {size [size] ổn [no]|[colour] "
                    "còn chứ|lấy luôn}",
                    type="image",
                ),
            ),
            _shoe_routes[1:3],
            otherwise="address",
        ),
        "address": Beat(
            say(
                "[called], [phone]",
                "[addr]{, giao giờ hành chính|, để lễ tân|, tối mới có nhà|, gọi người nhà [me] nhận}",
            ),
            (
                Route(Topic.PRICE, "sum", ("Dạ đơn của mình [price] cộng ship 25k ạ",)),
                Route(Topic.DELIVERY, "change", ("Dạ em gói rồi, mai giao hàng cho mình ạ",)),
                Route(Topic.THANKS, "change", ("Dạ em lên đơn rồi, cảm ơn mình ạ",)),
            ),
            otherwise="change",
        ),
        "sum": Beat(
            say(
                "{ship [much] [q]|[price] chưa gồm ship [huh]|cộng ship luôn chưa}, {gần mà|mua 2 đôi freeship [no]|"
                "khách quen đó}, {ck trước bớt [no]|nhận hàng trả tiền [end]|[size] nhé không phải [size] rưỡi}"
            ),
            (
                Route(Topic.REFUSAL, "cancel", ("Dạ đơn 1 đôi bên em chưa hỗ trợ phí giao ạ",)),
                Route(Topic.DISCOUNT, "change", ("Dạ em freeship cho mình luôn ạ",)),
                Route(Topic.ADDRESS, "where", ("Dạ ship 25k, mình cho em địa chỉ nhận ạ",)),
                Route(Topic.DELIVERY, "change", ("Dạ ship 25k, mai giao tới mình ạ",)),
            ),
            otherwise="change",
        ),
        "change": Beat(
            say(
                "{khoan [you] ơi|ý quên|chờ chút}, {đổi qua màu đen|lấy size khác, con gái nói [size] chật|thêm một "
                "đôi cho [mum]|đổi địa chỉ về cơ quan|bỏ [product], lấy đôi kia} {được [no]|kịp [no]|nha}"
            ),
            (
                Route(Topic.REFUSAL, "cancel", ("Dạ đơn đã giao vận chuyển nên không thể đổi ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ em sửa rồi, tổng mới 640k ạ",)),
                Route(Topic.WAIT, "paid", ("Dạ mình đợi em sửa đơn nhé",)),
            ),
            otherwise="paid",
        ),
        "paid": Beat(
            (
                Line(
                    "{ck rồi đó [you]|chuyển khoản xong|tiền đi rồi [end]}, {[called]|tên tài khoản [called]|nội dung "
                    "giày [size]}",
                    type="image",
                ),
                Line(
                    "{gói kỹ|gửi sớm|đừng gửi nhầm} {[end]|}, {[product] [colour] size [size]|đi đám cưới chủ "
                    "nhật|tới gọi [phone]}"
                ),
            )
        ),
        "sold_out": Beat(
            say(
                "{ủa hết size [size] rồi [huh]|[sigh], lúc nào cũng hết [size]}, {màu khác còn [no]|[colour] thì size "
                "gần đó có [no]|đợt tới khi nào [q]}"
            ),
            (
                Route(Topic.IN_STOCK, "fit", ("Dạ màu đen size đó còn hàng ạ",)),
                Route(Topic.PICTURE, "fit", ("Dạ em gửi hình mẫu na ná, đủ size ạ",)),
                Route(Topic.APOLOGY, "cancel", ("Dạ tiếc quá em xin lỗi, mẫu này ngưng rồi ạ",)),
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
                "{thôi khỏi|vậy hủy [end]|[me] không lấy nữa}, {để [me] ra tiệm thử chân|đôi [product] không có duyên|"
                "chờ đợt sau vậy}, {size [size] ngoài chợ đầy|[colour] hay size khác thì thôi|[sigh]}"
            )
        ),
    },
)

_live_routes = (
    Route(Topic.OUT_OF_STOCK, "lost", ("Dạ mã [code] live đó hết sạch rồi ạ, hết hàng từ tối qua",)),
    Route(Topic.DISCOUNT, "keep", ("Dạ mã [code] em giữ giá live cho mình, giảm còn [price] ạ",)),
    Route(Topic.REFUSAL, "lost", ("Dạ giá live chỉ áp dụng lúc phát nên bên em không hỗ trợ lại ạ",)),
    Route(Topic.PRICE, "price", ("Dạ mã [code] giá thường 269k ạ",)),
    Route(Topic.PICTURE, "shown", ("Dạ mình chụp giúp em màn hình lúc chốt ạ",)),
)

live = Scene(
    key="fashion.live",
    mood="orders",
    facts={
        "code": ("số 7", "số 12", "số 21", "A05", "A18", "mã 33", "mã 46"),
        "product": (
            "áo babydoll",
            "set đồ bộ lụa",
            "đầm maxi",
            "quần culottes",
            "áo thun form rộng",
            "áo khoác blazer",
        ),
        "price": ("149.000đ", "179k", "199.000đ", "159k"),
        "when": ("live tối qua", "live hồi 8 giờ", "live trưa nay", "phiên live chủ nhật"),
        "about": ("mã [code]", "[product] trên live", "đơn live"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|hú [you]|[you]} {[me] chốt|[me] comment|em gái [me] chốt} [code] [product] {trên|hồi|"
                    "lúc} [when] mà {chưa thấy ai nhắn|không thấy gọi|chẳng biết có vô đơn chưa}"
                ),
                Line(
                    "{hình lúc [me] chốt nè|màn hình đây|có chụp lại nè}, {giá [price] đúng [no]|[when] đó}",
                    type="image",
                ),
            ),
            _live_routes,
            say(
                "{mã [code]|[product] [code]} giá live {còn giữ cho [me] [no]|[me] có được [no]|là [price] đó}, "
                "{[when] nói giữ 24 tiếng mà|cho [me] biết [quick] để còn tính}"
            ),
        ),
        "shown": Beat(
            (
                Line("{đó|nè|hình đó}", type="image"),
                Line(
                    "{thấy tên [called] chưa|bình luận thứ 3 từ trên xuống|[code] rõ ràng luôn}, {lên đơn [please]|giá "
                    "[price] [end]|vậy được chưa}"
                ),
            ),
            _live_routes[:4],
            otherwise="lost",
            silence="lost",
        ),
        "price": Beat(
            say(
                "{ủa [when] nói [price] mà|lúc live giá [price] cơ mà}, {sao giờ khác|lừa dân [huh]|[me] chốt đàng "
                "hoàng mà}"
            ),
            (
                Route(Topic.APOLOGY, "keep", ("Dạ em xin lỗi, em vẫn tính giá live cho mình ạ",)),
                Route(Topic.DISCOUNT, "keep", ("Dạ em giảm lại đúng giá live cho mình ạ",)),
                Route(Topic.WAIT, "think", ("Dạ mình đợi em hỏi bạn live rồi báo ạ",)),
            ),
            otherwise="lost",
        ),
        "keep": Beat(
            say(
                "{vậy mới thương|ok [you]|tốt quá}, {lấy thêm 1 cái [product] nữa|gom với đơn hôm qua|size L [end]}, "
                "gửi [addr], [phone]"
            ),
            (
                Route(Topic.DELIVERY, "thanks", ("Dạ em gom đơn, mai gửi vận chuyển ạ",)),
                Route(Topic.PRICE, "paid", ("Dạ tổng 358k ạ",)),
                Route(Topic.THANKS, "thanks", ("Dạ cảm ơn mình, em chốt rồi ạ",)),
            ),
            otherwise="thanks",
        ),
        "paid": Beat(
            say(
                "{ok để [me] ck|chuyển liền|cod được [no]}, {[called] [phone]|ghi mã [code]|tối nay [me] chuyển}, "
                "{gói [product] cẩn thận|[when] sau nhớ giữ cho [me]|cho [me] xin cái túi đẹp}"
            )
        ),
        "lost": Beat(
            say(
                "{thôi bỏ|chơi vậy ai chơi lại|live cho vui [huh]}, {[code] mà [me] canh từ đầu|chốt mà không giữ|giá "
                "[price] chỉ để câu khách}, {hủy theo dõi luôn|lần sau khỏi [look] live|[product] shop khác đầy}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)
