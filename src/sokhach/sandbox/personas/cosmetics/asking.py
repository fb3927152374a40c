"""Questions before a purchase: what suits the skin, and what is safe with a child on the way."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_skin_routes = (
    Route(Topic.APPOINTMENT, "visit", ("Dạ mình ghé qua cửa hàng soi da, em xếp lịch chiều mai ạ",)),
    Route(
        Topic.PRICE,
        "price",
        ("Dạ với [skin] em gợi ý [product], giá [price] ạ", "Dạ bộ cơ bản gồm sữa rửa mặt và [product] là [price] ạ"),
    ),
    Route(
        Topic.PICTURE,
        "photo",
        ("Dạ mình chụp giúp em ảnh mặt mộc ở chỗ sáng ạ", "Dạ mình gửi ảnh da hiện tại giúp em nhé"),
    ),
    Route(
        Topic.DETAILS,
        "details",
        ("Dạ tình trạng da mình bao lâu rồi và đang dùng loại nào ạ", "Dạ cho em hỏi da mình dầu, khô hay hỗn hợp ạ"),
    ),
)

skin = Scene(
    key="cosmetics.skin",
    weight=2,
    facts={
        "skin": (
            "da dầu mụn ẩn",
            "da khô bong tróc",
            "da nám hai gò má",
            "da nhạy cảm đỏ rát",
            "da thâm sau mụn",
            "da hỗn hợp lỗ chân lông to",
            "da sạm đi nắng nhiều",
            "da tuổi 45 chùng",
        ),
        "product": (
            "tinh chất niacinamide 10%",
            "kem dưỡng B5",
            "serum vitamin C 15%",
            "toner rau [mum]",
            "kem chống nắng vật lý",
            "retinol 0,3%",
            "mặt nạ than tre",
            "tinh chất HA",
        ),
        "since": (
            "từ hồi sinh em bé",
            "từ đợt thi",
            "2 năm nay",
            "từ lúc xài kem trộn",
            "mấy tháng gần đây",
            "từ ngày đổi sữa rửa mặt",
            "hồi dậy thì tới giờ",
        ),
        "tried": (
            "bôi đủ thứ",
            "đi nặn mụn 3 lần",
            "đắp sữa chua",
            "xài theo tiktok",
            "đổi 4 loại kem",
            "uống nước rau [mum]",
        ),
        "price": ("289.000đ", "345k", "420k", "650.000đ", "198k"),
        "about": ("chuyện [skin]", "kem cho [skin]", "vụ da"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|cho [me] hỏi|tư vấn [please] [me]|[sigh] [you] ơi} [me] bị [skin] [since], {[tried] không "
                "hết|[tried] mà càng nặng|[tried] tốn tiền [so]}",
                "{giờ dùng gì|nên xài gì|[product] có hợp|mua gì cho đúng|nên bắt đầu từ đâu} [q]",
            ),
            _skin_routes,
            say(
                "{[me] hỏi|tóm lại} [skin] thì {dùng [product] được [no]|xài gì cho đỡ}, {[tried] rồi|ngại ra đường "
                "lắm|[since] rồi đó}"
            ),
        ),
        "details": Beat(
            say(
                "{bị [since]|[since] lận}, {chiều là bóng nhẫy|sáng dậy căng rát|rửa mặt xong ngứa|đi nắng đỏ "
                "bừng}, {đang xài sữa rửa mặt loại có bọt|đang không bôi gì|đang bôi kem chị bạn bán}, {ngủ 1 giờ "
                "sáng mới ngủ|ăn cay nhiều|hay thức đêm trông con}"
            ),
            _skin_routes[:3],
            otherwise="think",
            silence="bitter",
        ),
        "photo": Beat(
            (
                Line(
                    "{mặt mộc đó|chụp gần cửa sổ|đừng cười [end]}, {bên má trái nặng hơn|vùng cằm nhiều nhất|"
                    "trán thì đỡ}",
                    type="image",
                ),
                Line(
                    "{[look] xong xóa [please] [me]|có nặng lắm [no]|cứu được [no]}, {[product] hợp [no]|nên "
                    "dùng gì|hết "
                    "bao nhiêu tiền} [q], {[since] rồi|[skin] mà|}"
                ),
            ),
            (
                Route(Topic.APPOINTMENT, "visit", ("Dạ da mình nên soi kỹ, em đặt lịch soi da cho mình chiều mai ạ",)),
                Route(
                    Topic.REFUSAL,
                    "doctor",
                    ("Dạ da mình đang viêm nặng, không được tự bôi, mình nên đi bác sĩ da liễu trước ạ",),
                ),
                Route(Topic.PRICE, "price", ("Dạ em gợi ý [product] giá [price], dùng tối cách ngày ạ",)),
            ),
            otherwise="think",
        ),
        "doctor": Beat(
            say(
                "{nặng vậy [huh]|nghe lo [q]|[me] tưởng bôi là hết}, {đi bác sĩ ở đâu|có chỗ nào uy tín|bác sĩ có cho "
                "bôi gì [no]} [q], {vậy [product] khoan mua [huh]|trong lúc đó bôi gì đỡ|[since] chưa đi khám lần nào}"
            ),
            (
                Route(Topic.ADDRESS, "thanks", ("Dạ bệnh viện da liễu gần mình, em gửi địa chỉ ạ",)),
                Route(Topic.PRICE, "price", ("Dạ lúc này mình chỉ cần kem phục hồi [price] thôi ạ",)),
                Route(Topic.PHONE, "thanks", ("Dạ em gửi số điện thoại phòng khám quen ạ",)),
            ),
            otherwise="thanks",
        ),
        "price": Beat(
            say(
                "[price] {dùng được bao lâu|một chai mấy ml|có size nhỏ [no]} [q]",
                "{bôi [product] có bị đẩy mụn [no]|mấy tuần thấy khác|lỡ kích ứng thì sao}, {[skin] mà [me] sợ lắm|"
                "từng bỏng da rồi|[tried] nên giờ sợ}",
            ),
            (
                Route(Topic.REFUND, "buy", ("Dạ kích ứng trong 7 ngày bên em hoàn tiền ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "buy",
                    ("Dạ em tặng kèm mẫu thử 5ml, mình thử sau tai trước ạ", "Dạ tuần này em giảm 15% cho mình ạ"),
                ),
                Route(Topic.REFUSAL, "think", ("Dạ đã mở nắp thì bên em không nhận lại ạ",)),
            ),
            otherwise="think",
        ),
        "buy": Beat(
            say(
                "{vậy lấy 1 chai thử|ok lấy bộ đó|được, cho [me] 1 chai} [product], gửi [addr], {[called] [phone]|"
                "số [phone]}",
                "{dùng sáng hay tối|bôi trước hay sau kem dưỡng|mấy ngày dùng một lần} [q]{, ghi [please] ra giấy|, "
                "[me] hay quên|, [skin] có phải kiêng gì|}",
            ),
            (
                Route(Topic.DOCUMENT, "thanks", ("Dạ em gửi file hướng dẫn từng bước cho mình ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ em gửi sáng mai, dùng tối cách ngày, nhận hàng nhắn em ạ",)),
                Route(Topic.CALL, "thanks", ("Dạ có gì mình gọi vào số cửa hàng, bạn tư vấn hướng dẫn ạ",)),
            ),
            otherwise="thanks",
        ),
        "visit": Beat(
            say(
                "{soi da có tính tiền [no]|ok, [me] ghé|mai [me] rảnh sau 5 giờ}, {đi với nhỏ bạn được [no]|để mặt "
                "mộc tới [huh]|có phải đặt chỗ [no]}, {[called] [phone]|tên [called]|[skin] nên đừng ép mua [end]}"
            )
        ),
        "bitter": Beat(
            say(
                "{thôi|[sigh]}, {hỏi [skin] mà không ai tư vấn|[me] ra tiệm thuốc hỏi|để [me] hỏi bác sĩ trên "
                "mạng}, {[product] chắc cũng vậy|tưởng tư vấn kỹ lắm|mua [product] chỗ khác}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_safe_routes = (
    Route(
        Topic.REFUSAL,
        "not_safe",
        ("Dạ đang [state] mình không được dùng [product] ạ", "Dạ thành phần đó bên em chưa thể khuyên dùng lúc này ạ"),
    ),
    Route(
        Topic.DOCUMENT,
        "table",
        ("Dạ em gửi bảng thành phần và tài liệu của hãng ạ", "Dạ em gửi file thành phần để mình hỏi bác sĩ ạ"),
    ),
    Route(Topic.PRICE, "price", ("Dạ loại dịu nhẹ [price], không hương liệu ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ mình được mấy tháng rồi, tình trạng da sao ạ",)),
)

safe = Scene(
    key="cosmetics.safe",
    facts={
        "product": (
            "retinol",
            "kem trị mụn",
            "serum AHA",
            "kem chống rạn",
            "thuốc nhuộm tóc",
            "kem tẩy lông",
            "kem dưỡng trắng",
            "son có mùi",
            "lăn khử mùi",
        ),
        "state": ("bầu 3 tháng", "bầu 7 tháng", "cho con bú", "xạ trị xong", "uống thuốc huyết áp", "dị ứng hải sản"),
        "price": ("195.000đ", "268k", "320k", "415.000đ"),
        "about": ("chuyện đang [state]", "[product] khi [state]", "thành phần"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|cho [me] hỏi chút|[me] hỏi kỹ}, {đang|nhà [me] đang} [state] {dùng|bôi|xài} "
                    "[product] được [no], {da xuống cấp [so]|mụn nổi nhiều|nhìn gương muốn khóc}"
                ),
                Line(
                    "{bảng thành phần đây|chai [me] đang dùng}, {chữ nhỏ quá|đọc không hiểu|có chất gì cấm [no]}",
                    type="image",
                ),
            ),
            _safe_routes,
            say(
                "{[me] chỉ sợ|là vầy}, đang [state] {bôi [product]|dùng [product]} {có sao [no]|có hại [no]|có phải "
                "ngưng [no]}, {bác sĩ không nói gì|chị bạn bảo dùng vô tư}"
            ),
        ),
        "details": Beat(
            say(
                "{đang [state]|[state] đó}, {da khô ngứa|nổi mụn quanh cằm|sạm cổ}, {trước giờ dùng [product] quen|"
                "bôi từ trước|mới mua chưa dám dùng}"
            ),
            _safe_routes[:3],
            otherwise="think",
        ),
        "not_safe": Beat(
            say(
                "{may quá hỏi trước|ui vậy bôi 1 tuần rồi có sao [no]|vậy [huh]}, {thay bằng cái gì [q]|có loại nào "
                "lành [no]|ngưng tới bao giờ [q]}"
            ),
            (
                Route(Topic.PRICE, "price", ("Dạ mình thay bằng kem B5 không hương, giá [price] ạ",)),
                Route(Topic.DOCUMENT, "table", ("Dạ em gửi tài liệu các hoạt chất an toàn ạ",)),
                Route(Topic.APOLOGY, "think", ("Dạ rất tiếc lúc này mình nên chờ, mong mình hỏi bác sĩ ạ",)),
            ),
            otherwise="think",
        ),
        "table": Beat(
            say(
                "{đọc thấy chữ nào cũng lạ|để [me] hỏi bác sĩ|ok nhận rồi}, {dòng thứ tư là gì [q]|có paraben [no]|"
                "có hương liệu [no]}, {đang [state] nên kỹ tính|[folks] không cho bôi lung tung|giá sao [q]}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ chất đó mình chưa thể dùng lúc này ạ",)),
                Route(Topic.PRICE, "price", ("Dạ không có paraben ạ, giá [price]",)),
                Route(Topic.WAIT, "think", ("Dạ để em hỏi dược sĩ rồi nhắn lại ngay ạ",)),
            ),
            otherwise="think",
        ),
        "price": Beat(
            say(
                "{vậy lấy cái đó|[price] [huh], được|ok loại đó}, {lỡ ngứa thì trả [no]|dùng thử được [no]|tuýp nhỏ "
                "trước được [no]}, {đang [state] mà|gửi [addr]|[called] [phone]}"
            ),
            (
                Route(Topic.REFUND, "thanks", ("Dạ dị ứng trong 7 ngày em hoàn tiền ạ",)),
                Route(Topic.DISCOUNT, "thanks", ("Dạ em tặng kèm 3 gói thử cho mình ạ",)),
                Route(Topic.REFUSAL, "think", ("Dạ đồ mở rồi bên em không nhận lại ạ",)),
            ),
            otherwise="thanks",
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)
