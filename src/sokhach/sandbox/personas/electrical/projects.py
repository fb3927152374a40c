"""Larger plans: panels on the roof, a kitchen to be fitted (and where to buy it)."""

from sokhach.sandbox.personas.manners import THANKFUL, THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_solar_routes = (
    Route(Topic.REFUSAL, "refused", ("Dạ khu vực mình bên em chưa hỗ trợ lắp ạ",)),
    Route(
        Topic.PRICE,
        "price",
        (
            "Dạ tiền điện [bill] thì lắp hệ [kw] là hợp, trọn gói [price] ạ",
            "Dạ hệ [kw] hòa lưới giá [price], hoàn vốn khoảng 5 năm ạ",
        ),
    ),
    Route(
        Topic.APPOINTMENT,
        "visit",
        ("Dạ em hẹn kỹ sư qua khảo sát mái nhà mình {thứ bảy này|sáng chủ nhật|chiều thứ sáu} được không ạ",),
    ),
    Route(
        Topic.DETAILS,
        "details",
        (
            "Dạ cho em hỏi diện tích mái với tiền điện mỗi tháng nhà mình ạ",
            "Dạ nhà mình dùng điện ban ngày nhiều không, nhu cầu có lưu trữ không ạ",
        ),
    ),
)

solar = Scene(
    key="electrical.solar",
    facts={
        "bill": ("1tr8", "2 triệu 4", "3 triệu rưỡi", "gần 5 triệu", "6-7 triệu"),
        "kw": ("5kWp", "8kWp", "10kWp", "12kWp"),
        "price": ("62 triệu", "89 triệu", "105 triệu", "128 triệu", "149 triệu"),
        "roof": ("mái tôn", "mái ngói", "sân thượng", "mái xưởng", "mái trại gà"),
        "square": ("35", "50", "60", "80", "120"),
        "about": ("điện mặt trời", "vụ pin mặt trời", "hệ điện áp mái"),
    },
    beats={
        **opening(
            say(
                "{nhà [me]|chỗ [me]|nhà [parents] [me]} {tháng này tiền điện|mỗi tháng đóng|điện tháng rồi "
                "hết} [bill], "
                "{tính lắp điện mặt trời|muốn lắp hệ hòa lưới|nghe nói lắp pin đỡ được nhiều}",
                "[roof] {chừng|được|khoảng} [square] mét vuông {thì lắp được mấy kí [q]|có đủ chỗ [no]|hết [much] "
                "tiền [q]}",
            ),
            _solar_routes,
            say(
                "{[you] nói rõ chút|[me] hỏi} [roof] [square] mét vuông, tiền điện [bill] thì {lắp hệ nào|tốn cỡ "
                "nào|có nên lắp [no]}"
            ),
        ),
        "details": Beat(
            (
                Line(
                    "điện tháng {rồi|này|trước} [bill], {xài máy lạnh cả ngày|chủ yếu ban đêm|có tủ đông với máy "
                    "bơm|mở quán nên ban ngày nhiều}"
                ),
                Line(
                    "{[roof] nhà [me]|hình chụp từ nhà kế bên|[roof] hướng nam}, {[look] [please]|cỡ [square] "
                    "mét|có bị "
                    "cây che [no]}",
                    type="image",
                ),
            ),
            (
                Route(Topic.PRICE, "price", ("Dạ vậy hệ [kw] là vừa, trọn gói [price] ạ",)),
                Route(Topic.APPOINTMENT, "visit", ("Dạ để chính xác em xin lịch khảo sát thứ bảy này ạ",)),
                Route(Topic.DOCUMENT, "papers", ("Dạ em gửi file báo giá với mô phỏng sản lượng ạ",)),
            ),
            otherwise="think",
        ),
        "price": Beat(
            say(
                "[price] {gồm những gì|tính luôn công chưa|đã có inverter chưa} [q]",
                "{tấm pin bảo hành mấy năm|dư có bán lại cho điện lực được [no]|xin phép bên nào|cúp điện có xài "
                "được [no]}, {[me] nghe hàng xóm nói khác|bên kia báo hệ [kw] rẻ hơn 10 triệu|tiền này [me] phải vay}",
            ),
            (
                Route(Topic.DISCOUNT, "papers", ("Dạ lắp trong tháng này em giảm 3 triệu và tặng thêm gói rửa pin ạ",)),
                Route(
                    Topic.WARRANTY,
                    "papers",
                    ("Dạ pin bảo hành 12 năm, inverter 5 năm, kỹ thuật có mặt trong 48 giờ ạ",),
                ),
                Route(
                    Topic.DOCUMENT, "papers", ("Dạ em gửi bảng báo giá chi tiết, thủ tục đăng ký bên em lo giấy tờ ạ",)
                ),
                Route(
                    Topic.REFUSAL,
                    "refused",
                    ("Dạ giá này trọn gói rồi nên không bớt thêm, bên em chưa hỗ trợ gì nữa ạ",),
                ),
            ),
            otherwise="think",
            silence="think",
        ),
        "visit": Beat(
            say(
                "{được, qua đi|ừ qua [look] [please]|[yes] vậy qua [end]}, nhà ở [addr]",
                "{gọi [me] trước|có chó dữ nên gọi trước|sáng [me] ở nhà|leo lên [roof] phải có thang dài đó}, [phone]",
            ),
            (
                Route(Topic.CALL, "thanks", ("Dạ kỹ sư sẽ gọi lại trước 30 phút ạ",)),
                Route(Topic.PRICE, "price", ("Dạ khảo sát không tốn tiền, tham khảo trước hệ [kw] giá [price] ạ",)),
                Route(Topic.REFUSAL, "refused", ("Dạ tuần này không thể sắp người qua được ạ",)),
            ),
            otherwise="thanks",
        ),
        "papers": Beat(
            say(
                "{gửi qua đây luôn|mail hay zalo cũng được|in ra [please] [me] một bản}, {[me] đưa [folks] "
                "[look]|[me] so "
                "với bên kia|đọc kỹ vụ bảo hành cái đã} rồi {chốt hệ [kw]|tính tiếp hệ [kw]|hẹn ngày lắp}"
            )
        ),
        "refused": Beat(
            say(
                "{ủa lạ [q]|tiếc [so]|[sigh]}, {quảng cáo thấy nói lắp toàn quốc|bên khác người ta nhận mà|[roof] "
                "đẹp vậy mà}, thôi [me] {tìm đội khác|hỏi điện lực|để ra năm tính}"
            )
        ),
        "think": THINKING,
        "thanks": THANKFUL,
    },
)

_hob_routes = (
    Route(Topic.PICTURE, "seen", ("Dạ em gửi hình 2 mẫu vừa khoét đá nhà mình ạ",)),
    Route(
        Topic.PRICE, "price", ("Dạ [product] mẫu mới giá [price], công suất 4kW ạ", "Dạ [product] đang bán [price] ạ")
    ),
    Route(Topic.APPOINTMENT, "visit", ("Dạ mời mình ghé cửa hàng nấu thử, cuối tuần này có chuyên viên ạ",)),
    Route(Topic.DETAILS, "details", ("Dạ ngân sách mình tầm bao nhiêu và mặt đá khoét sẵn chưa ạ",)),
)

kitchen = Scene(
    key="electrical.kitchen",
    mood="wavers",
    facts={
        "product": (
            "bếp từ đôi",
            "máy hút mùi kính cong",
            "bếp từ 3 vùng",
            "máy rửa chén 13 bộ",
            "lò vi sóng âm tủ",
            "bếp từ đôi có hẹn giờ",
        ),
        "price": ("6.990.000đ", "8.490.000đ", "11.900.000đ", "13.500.000đ", "9.250.000đ"),
        "other": ("trên mạng", "siêu thị gần nhà", "chỗ bạn [me] mua", "trang bên kia", "showroom quận 10"),
        "less": ("800k", "1 triệu", "500k", "1tr2", "gần 2 triệu"),
        "about": ("cái [product]", "giá [product]", "vụ [product]"),
    },
    beats={
        **opening(
            say(
                "{[me] đang làm lại bếp|sắp dọn nhà mới|bếp cũ hư mặt kính}, {tính mua|[look] được|đang ngắm} "
                "[product] mà {[other] rẻ hơn [less]|phân vân [so]|[folks] chưa chịu}",
                "{bên [you] bán sao [q]|bên [you] có gì hơn [q]|thuyết phục [me] đi|giá tốt nhất là [much] [q]}",
            ),
            _hob_routes,
            say(
                "{[me] hỏi} [product] {giá tốt nhất|có hơn [other] [no]} thôi mà, {[other] người ta báo liền|tối "
                "nay [me] phải chốt}"
            ),
        ),
        "details": Beat(
            (
                Line(
                    "{tầm 10 triệu đổ lại|dưới 8 triệu|tốt thì 15 triệu cũng được}, {đá khoét 67x40|chưa khoét đá|"
                    "tủ bếp gỗ mới đóng}"
                ),
                Line(
                    "{góc bếp nhà [me]|hình bếp nè|chỗ đặt [product]}, {nhỏ hẹp [so]|gắn vừa [no]|[look] "
                    "[please] [me]}",
                    type="image",
                ),
            ),
            _hob_routes[:3],
            otherwise="think",
        ),
        "price": Beat(
            say(
                "[price] à, [other] {thấp hơn [less]|nói cũng mẫu này rẻ [less]|còn tặng bộ nồi}",
                "{sao chênh dữ [q]|bớt được nữa [no]|hàng có giống nhau [no]}, {[me] là khách quen đó|lấy thêm máy "
                "hút mùi nữa|tiền mặt trả liền}",
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("Dạ giá niêm yết hãng nên bên em không giảm được ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "deal",
                    (
                        "Dạ em giảm [less] và tặng kèm bộ nồi 5 đáy cho mình ạ",
                        "Dạ em áp voucher thêm và miễn phí lắp ạ",
                    ),
                ),
                Route(Topic.WARRANTY, "genuine", ("Dạ hàng bên em bảo hành chính hãng 3 năm, sửa tại nhà ạ",)),
                Route(Topic.DOCUMENT, "genuine", ("Dạ bên em có hóa đơn VAT với giấy chứng nhận xuất xứ ạ",)),
            ),
            otherwise="think",
            silence="leaves",
        ),
        "genuine": Beat(
            say(
                "{ừ [other] không nghe nói bảo hành|cái đó cũng đáng|có giấy tờ thì yên tâm hơn}, {nhưng chênh "
                "[less]|mà [folks] kêu mắc|[price] hơi căng}, {gặp nhau ở giữa được [no]|có trả góp [no]|tặng "
                "gì thêm đi}"
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("Dạ thêm nữa thì bên em không hỗ trợ được ạ",)),
                Route(Topic.DISCOUNT, "deal", ("Dạ em xin quản lý giảm thêm 300k ạ",)),
                Route(Topic.WAIT, "think", ("Dạ mình đợi em hỏi quản lý rồi nhắn lại nhé",)),
            ),
            otherwise="think",
        ),
        "seen": Beat(
            say(
                "{mẫu đầu đẹp|mẫu sau sang hơn|hai mẫu ngang nhau}, {dễ lau [no]|có khóa trẻ em [no]|tốn điện "
                "[no]}, {giá mỗi mẫu [q]|[product] này [much] [q]|so với [other] sao [q]}"
            ),
            _hob_routes[1:3],
            otherwise="think",
        ),
        "visit": Beat(
            say(
                "{cuối tuần [me] chở [folks] ghé|ok thứ bảy qua [look]|để tối nay tan làm [me] tạt qua}, {nhớ để mẫu "
                "[product]|nấu thử được thì thích|hỏi ai khi tới [q]} {[end]|} {[price] thì chốt tại chỗ|còn tính "
                "chuyện giá|}"
            )
        ),
        "deal": Beat(
            say(
                "{vậy mới được chứ|ok [you] nhiệt tình nên chốt|được, lấy bên [you]} [product], {giao|lắp} ở "
                "[addr], {thứ bảy|chủ nhật|thứ năm|ngày rằm} {[end]|} [phone]",
                "{chuyển khoản trước bao nhiêu [q]|[me] cọc 1 triệu trước|nhớ đem hóa đơn|thợ lắp đem theo keo "
                "silicon}, {[called] nhận|ghi tên [called]}",
            )
        ),
        "leaves": Beat(
            say(
                "{vậy thôi [me] qua [other]|chênh [less] chứ có ít đâu|thôi để sale lớn [me] mua}, {sau này mua đèn "
                "thì ghé|tiếc [product] bên [you]|bên [you] cứng nhắc [so]}"
            )
        ),
        "think": THINKING,
    },
)
