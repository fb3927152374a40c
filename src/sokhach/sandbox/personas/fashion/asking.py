"""Questions before a purchase: size and fit, an áo dài to be sewn."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_size_routes = (
    Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ [product] {màu|} [colour] hết size đó rồi ạ, tuần sau hàng về lại",)),
    Route(
        Topic.PRICE,
        "price",
        (
            "Dạ [product] giá [price], số đo của mình mặc size {M|L|S} là vừa ạ",
            "Dạ mẫu này [price], mình mặc {L|M} đẹp ạ",
        ),
    ),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình bạn mẫu cùng dáng mặc [product] ạ",)),
    Route(
        Topic.DETAILS,
        "measures",
        (
            "Dạ chiều cao cân nặng của mình bao nhiêu để em chọn size ạ",
            "Dạ cho em xin vòng ngực, vòng eo với cân nặng ạ",
        ),
    ),
)

size = Scene(
    key="fashion.size",
    weight=2,
    facts={
        "product": (
            "váy hoa nhí",
            "đầm suông linen",
            "quần ống rộng",
            "áo sơ mi tay phồng",
            "chân váy xếp ly",
            "áo kiểu cổ vuông",
            "set vest",
            "quần jean lưng cao",
            "áo len mỏng",
        ),
        "colour": ("be", "đen", "xanh rêu", "hồng ruốc", "trắng kem", "nâu tây", "xanh than", "đỏ đô"),
        "kg": ("43", "47", "49", "52", "55", "58", "63", "68"),
        "cm": ("1m50", "1m53", "1m56", "1m58", "1m62", "1m65", "1m70"),
        "occasion": (
            "đi đám cưới",
            "đi làm",
            "đi biển",
            "họp lớp",
            "dự tổng kết",
            "đi ăn sinh nhật",
            "chụp kỷ yếu",
            "về quê ăn giỗ",
        ),
        "price": ("285.000đ", "320k", "359k", "420.000đ", "199k", "465.000đ"),
        "about": ("size [product]", "cái [product]", "[product] màu [colour]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|cho [me] hỏi|[me] thấy|[you] tư vấn [me]} [product] {màu [colour]|[colour]|màu [colour] "
                "trên trang} {còn [no]|còn size [no]|đẹp [so]}",
                "[me] {cao|} [cm] nặng [kg] [kilo] {mặc size gì vừa|có mặc được [no]|size nào thì vừa}, {mặc "
                "[occasion]|"
                "để [occasion]|tính diện [occasion]}",
            ),
            _size_routes,
            say(
                "{ý [me] là|[me] chỉ hỏi} [cm] [kg] [kilo] thì [product] {mặc size nào|có vừa [no]|size M được "
                "[no]} á, "
                "{[me] cần mặc [occasion]|bụng hơi to xíu|vai hơi ngang}"
            ),
        ),
        "measures": Beat(
            say(
                "[cm], [kg] [kilo], {eo 68|eo 72|eo 80|vòng một 86|vòng một 92|mông 94|bắp tay hơi to|vai "
                "ngang nên hay "
                "chật nách}",
                "{thích mặc rộng xíu|thích ôm vừa|mặc [occasion] nên muốn gọn|mới sinh xong nên che bụng}, {size M "
                "hay L [q]|chọn [please] đi|[you] thấy size nào ok [q]}",
            ),
            (
                Route(Topic.OUT_OF_STOCK, "sold_out", ("Dạ size của mình màu [colour] vừa hết mất ạ",)),
                Route(Topic.PRICE, "price", ("Dạ mình mặc L là đẹp, [product] giá [price] ạ",)),
                Route(Topic.IN_STOCK, "order", ("Dạ mình mặc M vừa, màu [colour] còn hàng ạ",)),
                Route(Topic.PICTURE, "seen", ("Dạ em gửi hình khách cùng dáng mặc để mình dễ hình dung ạ",)),
            ),
            otherwise="think",
            silence="bitter",
        ),
        "seen": Beat(
            say(
                "{bạn mẫu ốm quá|nhìn xinh đó|lên hình đẹp ghê}, {vải có mỏng [no]|ở ngoài có đúng màu [colour] "
                "[no]|có lót [no]|có nhăn [no]}, {giá sao [q]|[me] [kg] [kilo] mặc chắc khác|còn [colour] [no]}"
            ),
            (
                Route(Topic.REFUND, "order", ("Dạ vải có lót, không vừa mình được đổi size trong 7 ngày ạ",)),
                Route(Topic.PRICE, "price", ("Dạ vải dày không lộ ạ, giá [price]",)),
                Route(Topic.PICTURE, "think", ("Dạ để em quay video cận vải gửi mình ạ",)),
            ),
            otherwise="think",
        ),
        "price": Beat(
            say(
                "{[price] lận|[price] [huh]|ủa [price]}, {trên livestream thấy rẻ hơn|hơi chát|[me] sinh viên mà|bạn "
                "[me] mua có 250}",
                "{có freeship [no]|mua 2 cái bớt [no]|mặc không vừa đổi được [no]|bớt cho tròn đi}, {[me] lấy thêm "
                "cái màu đen|[me] lấy để [occasion]|[colour] đẹp mà giá hơi căng}",
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ mẫu mới nên bên em không giảm được ạ",)),
                Route(Topic.REFUND, "order", ("Dạ không vừa mình được đổi size hoặc đổi mẫu trong 7 ngày ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "order",
                    ("Dạ mua 2 cái em giảm 10% và freeship ạ", "Dạ em gửi mã giảm 30k cho mình ạ"),
                ),
            ),
            otherwise="think",
            silence="bitter",
        ),
        "order": Beat(
            (
                Line(
                    "{vậy lấy|chốt|ok lấy} [product] {màu [colour]|[colour] [end]}, {1 cái|hai cái khác màu|thêm "
                    "1 cái đen}"
                ),
                Line(
                    "{gửi|ship} [addr], {[called] [phone]|sđt [phone]}, {cho kiểm hàng [end]|[occasion] cuối tuần này "
                    "nên gửi sớm|ship cod}"
                ),
            ),
            (
                Route(Topic.PRICE, "sum", ("Dạ tổng [price], mình nhận rồi trả tiền ạ",)),
                Route(Topic.DELIVERY, "thanks", ("Dạ em gửi liền, 2 ngày nữa mình nhận hàng ạ",)),
                Route(Topic.THANKS, "thanks", ("Dạ em lên đơn, cảm ơn [who] ủng hộ shop ạ",)),
            ),
            otherwise="thanks",
        ),
        "sum": Beat(
            say(
                "{ok [price]|tính cả ship chưa|vậy đúng rồi}, {[called] nhận|gọi trước [please]|giờ trưa là tốt nhất}, "
                "{[product] nhớ lấy màu [colour]|gói kỹ, đừng nhăn|[occasion] mà trễ là khóc luôn đó}"
            )
        ),
        "sold_out": Beat(
            say(
                "{[sigh]|tiếc [so]|ủa}, {thích đúng màu [colour]|canh mấy [day] nay|vừa lãnh lương}, {màu khác còn "
                "[no]|khi nào về [q]|có mẫu nào giống [no]}"
            ),
            (
                Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mẫu tương tự, dáng y hệt ạ",)),
                Route(Topic.IN_STOCK, "order", ("Dạ màu đen với trắng còn hàng đủ size ạ",)),
                Route(Topic.WAIT, "think", ("Dạ để em kiểm tra bên Hà Nội rồi báo mình ạ",)),
            ),
            otherwise="bitter",
        ),
        "bitter": Beat(
            say(
                "{thôi|chán} [me] {qua shop khác|mua trên sàn|mượn bạn mặc} {[product] vậy|cho rồi|}, {[occasion] "
                "gần tới nơi rồi|hỏi size [cm] [kg] [kilo] mà đợi mỏi mắt|hết hứng mặc [colour] luôn}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_aodai_routes = (
    Route(Topic.REFUSAL, "bitter", ("Dạ mùa này thợ kín nên bên em chưa thể nhận may kịp ạ",)),
    Route(Topic.APPOINTMENT, "visit", ("Dạ mình ghé qua cửa hàng đo, em xếp lịch sáng mai nhé ạ",)),
    Route(
        Topic.PRICE,
        "price",
        ("Dạ áo dài [cloth] may đo [price] một bộ ạ", "Dạ [cloth] có sẵn [price], may đo thêm 150k ạ"),
    ),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mấy bộ [cloth] vừa may cho khách ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ mình may bao nhiêu người, nhu cầu mặc ngày nào ạ",)),
)

ao_dai = Scene(
    key="fashion.ao-dai",
    facts={
        "cloth": ("gấm hoa chìm", "lụa tơ", "nhung the", "tơ sen", "lụa Hà Đông", "chiffon in hoa", "đũi thêu tay"),
        "occasion": (
            "đám cưới em gái",
            "lễ dạm ngõ",
            "ngày nhà giáo",
            "chụp hình Tết",
            "mừng thọ bà nội",
            "lễ tốt nghiệp",
            "tân gia",
        ),
        "colour": ("đỏ đô", "vàng nghệ", "xanh ngọc", "hồng phấn", "tím Huế", "trắng"),
        "days": ("mùng 8", "cuối tháng", "rằm này", "ngày 18", "sau 2 tuần nữa", "thứ bảy tuần tới"),
        "count": ("2", "4", "5", "6", "10"),
        "price": ("980.000đ", "1.250.000đ", "1.450.000đ", "850k", "1.780.000đ"),
        "about": ("áo dài [occasion]", "chuyện may áo dài", "mấy bộ áo dài"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|cho [me] hỏi|chào [you]} bên mình {có may|nhận may|bán sẵn} áo dài {[cloth]|màu "
                    "[colour]} [no], {[me] mặc [occasion]|cho [occasion]}"
                ),
                Line(
                    "{mẫu kiểu vầy nè|thích giống hình|cổ như hình} {tay lỡ|cổ thuyền|cổ tròn|tà ngắn|có đính đá}, "
                    "{làm được [no]|giá sao [q]|kịp [days] [no]}",
                    type="image",
                ),
            ),
            _aodai_routes,
            say(
                "{[me] cần biết|[me] hỏi} áo dài [cloth] {giá bao nhiêu|may kịp [days] [no]|có sẵn màu [colour] "
                "[no]} thôi, {[occasion] tới nơi rồi|nhà có [count] người mặc}"
            ),
        ),
        "details": Beat(
            say(
                "{[count] người|[count] bộ|cả nhà [count] bộ}, {[days] là mặc|[occasion] vào [days]|cần trước "
                "[days]}, {màu [colour] hết|mỗi người một màu|[mum] mặc [colour] còn lại tùy}"
            ),
            _aodai_routes[:4],
            otherwise="think",
            silence="bitter",
        ),
        "seen": Beat(
            say(
                "{bộ thứ hai đẹp|bộ [colour] sang ghê|đẹp mà hơi già}, {mặc có nóng [no]|[cloth] có nhăn [no]|giặt "
                "máy được [no]}, {[count] bộ thì giá sao [q]|may kịp [days] [no]|có size lớn [no]}"
            ),
            _aodai_routes[:3],
            otherwise="think",
        ),
        "price": Beat(
            say(
                "[price] một bộ {gồm quần chưa|tính công rồi [huh]|may hay sẵn} [q]",
                "{[count] bộ lận|may cả họ mà|chỗ quen [me] may rẻ hơn}, {bớt [much] [q]|đặt cọc bao nhiêu [q]|trễ "
                "[days] là đền đó [end]}",
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ đồ may đo nên bên em không giảm được ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ từ [count] bộ em giảm 12% và tặng kèm mấn ạ",)),
                Route(Topic.REFUND, "deal", ("Dạ trễ hẹn bên em hoàn tiền cọc cho mình ạ",)),
                Route(Topic.APPOINTMENT, "visit", ("Dạ mình cọc 30%, cuối tuần này ghé qua cửa hàng đo ạ",)),
            ),
            otherwise="think",
        ),
        "visit": Beat(
            say(
                "{mấy giờ mở cửa [q]|tối có đo [no]|chủ nhật [me] mới rảnh}, {đi cả nhà [count] người|[me] dẫn [mum] "
                "theo|ở xa, đo sẵn gửi số được [no]}, {đậu xe hơi được [no]|chỉ đường [please]|gần chợ không}"
            ),
            (
                Route(Topic.ADDRESS, "thanks", ("Dạ cửa hàng mở 8 giờ tới 21 giờ, địa chỉ 214 Đại lộ Bình Dương ạ",)),
                Route(Topic.PICTURE, "deal", ("Dạ đo tại nhà cũng được, em gửi video hướng dẫn cách đo ạ",)),
                Route(Topic.REFUSAL, "bitter", ("Dạ chủ nhật thợ đo nghỉ nên không thể đo ạ",)),
            ),
            otherwise="thanks",
        ),
        "deal": Beat(
            say(
                "{ok chốt|vậy làm đi|được} [count] bộ [colour], {lấy [days]|[days] phải xong}, {[called] đặt|tên "
                "[called]} [phone]",
                "{gửi về [addr]|[me] tới lấy|số đo [me] nhắn sau}, {cọc qua tài khoản nào [q]|chị em bên nhà gái "
                "mặc luôn đó|nhớ đường tà cho thẳng}",
            )
        ),
        "bitter": Beat(
            say(
                "{[sigh]|vậy thì thôi}, {[days] tới nơi rồi biết kiếm đâu|[occasion] có một lần trong đời|để [me] "
                "thuê cho xong}, {tiếc [cloth] đẹp [so]|tưởng bên [you] may nhanh|[count] bộ chứ ít đâu}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)
