"""Questions before a purchase: lamps, and a fan for a room."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_lamp_routes = (
    Route(
        Topic.OUT_OF_STOCK,
        "sold_out",
        (
            "Dạ [product] bên em tạm hết, {thứ hai|thứ tư|thứ sáu} tuần sau hàng mới về ạ",
            "Dạ loại này vừa hết mất rồi, em có mẫu tương đương sáng hơn chút ạ",
        ),
    ),
    Route(
        Topic.PRICE,
        "price",
        (
            "Dạ [product] giá [price]/cái ạ, từ 10 cái em tính [low] ạ",
            "Dạ {mẫu này|con này} [price] ạ, đã có VAT rồi [who] nhé",
        ),
    ),
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình [product] với thông số, [who] xem giúp em ạ",)),
    Route(
        Topic.DETAILS,
        "room",
        (
            "Dạ cho em hỏi mình lắp phòng bao nhiêu mét vuông, trần cao cỡ nào ạ",
            "Dạ diện tích phòng mình cỡ bao nhiêu ạ",
        ),
    ),
)

lamps = Scene(
    key="electrical.lamps",
    facts={
        "product": (
            "đèn âm trần 9W đổi 3 màu",
            "đèn ốp trần 18W",
            "bóng bulb 30W",
            "tuýp LED mét hai",
            "đèn rọi ray 12W",
            "đèn ốp nổi vuông 24W",
            "đèn gắn tường ngoài trời",
            "bóng chống ẩm cho phòng tắm",
        ),
        "about": ("giá đèn", "mấy cái đèn", "vụ đèn LED"),
        "price": ("79.000đ", "89k", "95k", "112.000đ", "125k", "138k"),
        "low": ("72k", "69k", "75.000đ"),
        "count": ("6", "8", "10", "12", "14", "20", "24"),
        "room": ("phòng khách", "phòng ngủ", "bếp", "quán cà phê", "tiệm tóc", "dãy trọ", "hành lang", "ban công"),
        "square": ("12", "16", "18", "20", "25", "30", "36"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|[you] ơi cho [me] hỏi|alo [you]|[me] hỏi xíu}{ với|}, [product] {giá sao|bán [much] "
                    "một cái|[much] tiền} [q]"
                ),
                Line("{[me] lấy|cần|tính mua} {chừng|cỡ|khoảng|} [count] cái {gắn|lắp} [room]"),
            ),
            _lamp_routes,
            say(
                "{ý [me] là|[me] hỏi là} [product] {[much] tiền|giá cả sao|còn bán [no]}, {[me] gắn [room] á|chỗ "
                "[room] [square] mét vuông|cần [count] cái lận}"
            ),
        ),
        "price": Beat(
            say(
                "{ờ|[yes]|ủa} [price] [huh], {bên kia đường|chợ điện|trên mạng|tiệm gần nhà} {bán rẻ hơn chút|có [low]|"
                "nói [low] à}",
                "{lấy [count] cái|mua luôn [count] cái|[count] cái} {bớt được [no]|có giá tốt hơn [no]|tính sao "
                "cho rẻ [q]}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "hard",
                    ("Dạ giá này đã sát rồi nên bên em không giảm thêm được ạ, bù lại hàng đủ công suất thật",),
                ),
                Route(
                    Topic.DISCOUNT,
                    "deal",
                    (
                        "Dạ [count] cái em giảm cho mình còn [low] ạ",
                        "Dạ em tặng kèm hộp keo dán với ưu đãi 5% cho đơn này ạ",
                    ),
                ),
                Route(
                    Topic.WARRANTY, "years", ("Dạ hàng bên em bảo hành 2 năm, hư một đổi một nên giá nhỉnh hơn chút ạ",)
                ),
            ),
            otherwise="think",
            silence="think",
        ),
        "hard": Beat(
            say(
                "{thôi|vậy} {để [me] lấy trước 2 cái gắn thử [room]|[me] qua chợ [look] đã|[me] lấy ít hơn, cỡ nửa số "
                "đó thôi}, {tốt thì quay lại|ưng thì lấy tiếp|[look] sáng [no] rồi tính}"
            )
        ),
        "deal": Beat(
            say(
                "{ok chốt|được, lấy luôn|vậy chốt} [count] cái {ánh sáng vàng|ánh sáng trắng|ánh sáng trung tính|"
                "nửa vàng nửa trắng} [end]",
                "gửi về [addr], {sđt|số} [phone]",
            ),
            (
                Route(Topic.DELIVERY, "thanks", ("Dạ em lên đơn rồi, mai bên em giao hàng tới, ship 30k ạ",)),
                Route(Topic.ADDRESS, "address", ("Dạ em ghi địa chỉ [addr] đúng không ạ",)),
                Route(Topic.THANKS, "thanks", ("Dạ em chốt đơn, cảm ơn [who] đã ủng hộ bên em ạ",)),
            ),
            otherwise="thanks",
        ),
        "address": Beat(
            say(
                "{đúng rồi|chuẩn|phải rồi} [end], {tới gọi trước 15 phút|cứ để bảo vệ|giao giờ hành chính|tối mới "
                "có người}, [phone]"
            )
        ),
        "years": Beat(
            say(
                "{hai năm thật [no]|bảo hành tại nhà hay mang ra tiệm [q]|cháy thì đổi liền hay chờ hãng [q]}, {đợt "
                "trước mua [room] chớp hoài|mấy con rẻ [me] xài có 5 tháng là tắt}"
            ),
            (
                Route(Topic.REFUND, "deal", ("Dạ hư trong 2 năm bên em đổi mới luôn tại cửa hàng ạ",)),
                Route(Topic.ADDRESS, "think", ("Dạ mình mang ra cửa hàng, địa chỉ 214 Đại lộ Bình Dương ạ",)),
                Route(
                    Topic.WARRANTY,
                    "deal",
                    ("Dạ có phiếu bảo hành điện tử theo số điện thoại, thợ bên em qua tận nơi ạ",),
                ),
            ),
            otherwise="think",
        ),
        "sold_out": Beat(
            say(
                "{[sigh]|ủa|tiếc [q]}, {[me] cần gấp|thợ đang chờ|cuối tuần khai trương rồi}, [room] {còn thiếu "
                "đúng [count] cái|tối thui nè}",
                "{có loại nào thay được|mẫu gần giống} [product] [no]",
            ),
            (
                Route(Topic.PICTURE, "seen", ("Dạ em gửi hình mẫu tương đương, cùng công suất, [who] xem nhé",)),
                Route(Topic.PRICE, "price", ("Dạ có loại vỏ nhôm, giá [price] thôi ạ",)),
                Route(Topic.WAIT, "think", ("Dạ để em kiểm tra kho Hà Nội rồi báo lại [who] ạ",)),
            ),
            otherwise="think",
        ),
        "seen": Beat(
            say(
                "{đẹp đó|nhìn được|cũng gọn}, {hợp [room]|mà không biết có chói mắt không|viền hơi dày}, {giá [much] "
                "[q]|[count] cái hết [much] [q]}"
            ),
            (
                Route(Topic.DISCOUNT, "deal", ("Dạ [who] lấy [count] cái em giảm còn [low] mỗi cái ạ",)),
                Route(Topic.PRICE, "price", ("Dạ mẫu này giá [price] ạ",)),
                Route(Topic.OUT_OF_STOCK, "think", ("Dạ mẫu này hết hàng rồi, em báo ngay khi có ạ",)),
            ),
            otherwise="think",
        ),
        "room": Beat(
            (
                Line(
                    "[room] {cỡ|tầm|khoảng} [square] mét vuông, trần {thạch cao|bê tông|la phông nhựa|tôn} cao {2m8|"
                    "3 mét|3m2|3m6}"
                ),
                Line(
                    "{đây [you] [look]|hình nè|chụp sơ vậy|[room] đây}, {gắn mấy cái thì đủ|bố trí sao cho đều|[count] "
                    "cái có dư [no]}",
                    type="image",
                ),
            ),
            (
                Route(Topic.PRICE, "price", ("Dạ phòng vậy lắp [count] cái là đủ sáng, [price]/cái ạ",)),
                Route(Topic.DOCUMENT, "thanks", ("Dạ em gửi báo giá kèm sơ đồ bố trí đèn cho [room] ạ",)),
                Route(Topic.APPOINTMENT, "visit", ("Dạ mình qua cửa hàng xem đèn sáng thật, sáng mai em có mặt ạ",)),
            ),
            otherwise="think",
        ),
        "visit": Beat(
            say(
                "{vậy mai|ừ chắc thứ bảy|ok, chiều mai tan làm} [me] ghé, {để riêng|bật sẵn cho [look]} [product] "
                "{[end]|}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_fan_routes = (
    Route(
        Topic.PRICE,
        "price",
        (
            "Dạ [product] cho phòng đó em đề xuất bản motor DC, giá [price] ạ",
            "Dạ loại 5 cánh sải 1m4 giá [price], đã gồm điều khiển ạ",
        ),
    ),
    Route(Topic.PICTURE, "picture", ("Dạ em gửi hình 3 mẫu bán chạy, [who] xem ưng mẫu nào ạ",)),
    Route(
        Topic.DETAILS,
        "details",
        ("Dạ diện tích phòng và chiều cao trần nhà mình bao nhiêu ạ", "Dạ nhu cầu mình dùng cho mấy người ạ"),
    ),
)

fans = Scene(
    key="electrical.fans",
    facts={
        "product": (
            "quạt trần 5 cánh",
            "quạt trần có đèn",
            "quạt điều hòa hơi nước",
            "quạt tích điện",
            "quạt treo tường",
            "quạt đứng công nghiệp",
        ),
        "about": ("cái quạt", "vụ quạt", "quạt cho nhà [room]"),
        "price": ("1.250.000đ", "1.690.000đ", "2.350.000đ", "2.450.000đ", "1.890.000đ", "3.150.000đ"),
        "room": ("phòng khách", "phòng [parents]", "phòng con", "quán nước", "xưởng may", "gian thờ", "phòng trọ"),
        "worry": (
            "trần thấp có 2m7",
            "nhà có em bé 8 tháng",
            "hay cúp điện",
            "mái tôn nóng hầm hập",
            "ba bị viêm xoang",
            "quạt cũ kêu cọc cọc",
        ),
        "square": ("14", "18", "22", "28", "35", "45"),
    },
    beats={
        **opening(
            say(
                "{tư vấn [please] [me]|[you] ơi tư vấn|cho [me] hỏi|[me] đang tính mua} [product] cho [room] {tầm|"
                "chừng} [square] mét vuông {với|[q]|}",
                "[worry], {loại nào êm|xài loại nào đỡ tốn điện|mua loại nào bền} [q]",
            ),
            _fan_routes,
            say(
                "{[me] chỉ cần biết|là [me] hỏi} [product] {loại nào hợp|giá tầm nào|xài được} [room] thôi, [worry] "
                "{nên phải hỏi kỹ|nên ngại|mà}"
            ),
        ),
        "details": Beat(
            say(
                "[room] [square] mét vuông, {trần thạch cao|trần đúc|trần gỗ|mái tôn không trần}, [worry]",
                "{tiền thì|ngân sách} {dưới 2 triệu|tầm 2 đến 3 triệu|khỏi lo, miễn bền|càng rẻ càng tốt}",
            ),
            (
                Route(Topic.PRICE, "price", ("Dạ vậy mình dùng [product] sải nhỏ, giá [price] là hợp ạ",)),
                Route(Topic.PICTURE, "picture", ("Dạ em gửi hình mấy mẫu hợp trần nhà mình ạ",)),
                Route(
                    Topic.WARRANTY, "warranty", ("Dạ loại này lắp đặt cần móc chịu lực, thợ bên em qua xem trước ạ",)
                ),
            ),
            otherwise="think",
            silence="bitter",
        ),
        "picture": Beat(
            say(
                "{mẫu đen|cái cánh gỗ|mẫu thứ hai|cái màu đồng} {[look] được|đẹp đó|hợp [room]}, mà {[worry] thì sao "
                "[q]|có ồn [no]|đèn có đổi màu [no]}"
            ),
            (
                Route(Topic.PRICE, "price", ("Dạ mẫu đó chạy rất êm, dưới 35 dB, giá [price] ạ",)),
                Route(Topic.IN_STOCK, "price_ask", ("Dạ mẫu đó còn hàng sẵn ở Bình Dương, chạy êm lắm ạ",)),
                Route(Topic.OUT_OF_STOCK, "bitter", ("Dạ mẫu đó tạm hết ạ, 10 ngày nữa mới về",)),
            ),
            otherwise="think",
        ),
        "price_ask": Beat(
            say(
                "{thế thì|vậy} {giá|bao nhiêu tiền} [product] {tính luôn công lắp|cả giao hàng|chưa bớt} {là bao "
                "[much]|hết [much]} [q]"
            ),
            (
                Route(Topic.DISCOUNT, "buy", ("Dạ [price], em miễn phí công lắp cho [who] ạ",)),
                Route(Topic.PRICE, "price", ("Dạ trọn gói [price] ạ",)),
                Route(Topic.REFUSAL, "think", ("Dạ phần lắp bên em chưa hỗ trợ ở khu vực mình ạ",)),
            ),
            otherwise="think",
        ),
        "price": Beat(
            say(
                "{[price] lận [huh]|[price] có gồm công lắp [no]|mắc [so], [price]}, {[worry] nên [me] hơi ngại|[room] "
                "nhỏ mà}, {bảo hành mấy năm [q]|bớt chút được [no]|có trả góp [no]}"
            ),
            (
                Route(Topic.REFUSAL, "think", ("Dạ bên em chưa hỗ trợ trả góp dưới 3 triệu ạ",)),
                Route(Topic.WARRANTY, "buy", ("Dạ motor bảo hành 5 năm, lắp đặt thợ bên em làm trong ngày ạ",)),
                Route(Topic.DISCOUNT, "buy", ("Dạ tuần này em giảm 100k và lắp miễn phí ạ",)),
            ),
            otherwise="think",
        ),
        "warranty": Beat(
            say(
                "{thợ qua [look] có tính tiền [no]|qua giờ nào được [q]|[me] ở [addr] có qua [no]}, {chủ nhật mới có "
                "người ở nhà|[room] đang trống đồ đạc|trần chưa có móc}"
            ),
            (
                Route(Topic.APPOINTMENT, "buy", ("Dạ em hẹn thợ 9 giờ sáng thứ bảy ghé xem ạ",)),
                Route(Topic.DISCOUNT, "buy", ("Dạ khảo sát miễn phí ạ",)),
                Route(Topic.REFUSAL, "think", ("Dạ khu vực đó bên em chưa hỗ trợ ạ",)),
            ),
            otherwise="think",
        ),
        "buy": Beat(
            say(
                "{được vậy thì lấy|ok chốt|[yes] vậy đặt} [product] [end], {giao|đem} tới [addr]",
                "{[called] nhận|tên [called]}, [phone], {gọi trước khi tới|sau 5 giờ chiều mới có nhà|giao sáng "
                "càng tốt}",
            )
        ),
        "bitter": Beat(
            say(
                "{nóng muốn xỉu mà|[worry] mà phải đợi|mùa này không có quạt sống sao nổi}, thôi [me] {ra tiệm đầu "
                "hẻm mua đại|kêu [folks] ghé siêu thị khác|mua online} [product] cho rồi"
            )
        ),
        "think": THINKING,
    },
)
