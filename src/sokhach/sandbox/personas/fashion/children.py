"""Questions before a purchase for children."""

from sokhach.sandbox.personas.manners import THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_kids_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ [product] size của bé hết hàng rồi ạ",)),
    Route(Topic.PRICE, "price", ("Dạ [product] cho bé [price] ạ", "Dạ bộ này [price], cotton 4 chiều mát lắm ạ")),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình thật [product] các màu ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ bé bao nhiêu tuổi, cân nặng mấy ký để em chọn size ạ",)),
)

kids = Scene(
    key="fashion.kids",
    facts={
        "product": (
            "bộ đồ thun khủng long",
            "váy công chúa",
            "bộ mặc nhà cotton",
            "áo khoác gió",
            "bộ đồng phục thể dục",
            "giày ánh sáng",
            "bộ ngủ tay dài",
            "dép quai hậu",
        ),
        "child": (
            "bé trai 3 tuổi",
            "bé gái 5 tuổi",
            "bé gái 7 tuổi",
            "hai bé sinh đôi 4 tuổi",
            "thằng cu lớp lá",
        ),
        "kg": ("14", "15", "16", "17", "18", "19"),
        "price": ("95k", "129k", "149.000đ", "185k", "220.000đ"),
        "why": (
            "đi nhà trẻ",
            "mặc Tết",
            "đi Đà Lạt",
            "sinh nhật bé",
            "da bé hay nổi mẩn",
            "lớn nhanh quá đồ cũ chật hết",
        ),
        "about": ("đồ cho bé", "[product]", "size cho [child]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|[you] cho hỏi|alo [you]} {có|còn|bán} [product] cho [child] [no], {[why]|bé [kg] [kilo]}",
                "{vải gì [q]|có nóng [no]|size nào [q]|[much] tiền [q]|giặt có ra màu [no]}{, [why] đó|, bé nhà [me] "
                "khó chịu lắm|}",
            ),
            _kids_routes,
            say(
                "{[me] hỏi|là} [product] cho [child] {còn [no]|size mấy|giá sao} đó, bé {nặng|được} [kg] [kilo], [why]"
            ),
        ),
        "details": Beat(
            say(
                "[child] {nặng|tầm|gần} [kg] [kilo], {hơi ốm|bụng bự|chân dài|cao hơn bạn}, {mặc rộng rộng cho lâu|mặc "
                "vừa thôi|[why]}"
            ),
            _kids_routes[:3],
            otherwise="think",
        ),
        "seen": Beat(
            say(
                "{cưng ghê|dễ thương [so]|màu vàng xinh}, {[child] chắc mê|bé thích màu hồng cơ|bé chê màu tối}, "
                "{giá [q]|có size [kg] [kilo] [no]|vải dày hay mỏng [q]}"
            ),
            _kids_routes[1:2],
            otherwise="think",
        ),
        "sold_out": Beat(
            say(
                "{[sigh]|hết mất rồi [huh]}, {con khóc đòi đúng cái đó|[why] mà|bé thích [product]}, {mẫu khác cho "
                "[child] có [no]|bao giờ về [q]|size lớn hơn còn [no]}"
            ),
            (
                Route(Topic.IN_STOCK, "order", ("Dạ size lớn hơn một số còn hàng ạ",)),
                Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mẫu khác cho bé nhé",)),
                Route(Topic.WAIT, "think", ("Dạ mình đợi em kiểm tra kho rồi báo ạ",)),
            ),
            otherwise="think",
        ),
        "price": Beat(
            say(
                "{[price]|ok [price]|[price] một bộ}, {lấy 3 bộ|lấy 5 bộ đủ màu|mua chung với mẹ bạn bé} {bớt [no]|"
                "có freeship [no]|tính sao [q]}, {trẻ con mặc mau chật|[why] thôi mà|bé [kg] [kilo] không vừa đổi "
                "được [no]}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ đồ bé lời ít nên em không giảm thêm được ạ",)),
                Route(Topic.REFUND, "order", ("Dạ không vừa mình đổi size thoải mái, còn tem là được ạ",)),
                Route(Topic.DISCOUNT, "order", ("Dạ từ 3 bộ em freeship và giảm 5% ạ",)),
            ),
            otherwise="think",
        ),
        "order": Beat(
            say(
                "{chốt|vậy lấy|ok lấy} {3 cái|2 cái|1 cái} [product] cho [child] [kg] [kilo], {màu nào cũng "
                "được trừ đen|"
                "vàng với xanh|hình siêu nhân [end]}",
                "gửi {mẹ bé|[called]} [phone], [addr] {[end]|}",
            )
        ),
        "think": THINKING,
    },
)
