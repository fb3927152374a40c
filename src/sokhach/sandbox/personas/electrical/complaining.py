"""Complaints: late, dead after two weeks."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_late_routes = (
    Route(Topic.REFUND, "refund", ("Dạ nếu mình không chờ được, em hoàn tiền ngay trong hôm nay ạ",)),
    Route(
        Topic.CALL,
        "called",
        ("Dạ em gọi ngay bên giao rồi gọi lại mình trong 10 phút ạ", "Dạ để chắc, em gọi cho tài xế liền ạ"),
    ),
    Route(
        Topic.DELIVERY,
        "promise",
        (
            "Dạ đơn bị kẹt ở kho trung chuyển, {trưa mai|chiều nay|sáng mai} giao tới mình ạ, mình nhận hàng "
            "giúp em nhé",
        ),
    ),
    Route(Topic.APOLOGY, "sorry", ("Dạ em xin lỗi mình, để em xem đơn đang nằm đâu ạ",)),
)

late = Scene(
    key="electrical.late",
    mood="complains",
    facts={
        "product": (
            "bộ đèn",
            "cuộn dây cáp",
            "cái quạt trần",
            "bếp từ",
            "tủ điện",
            "4 cái camera năng lượng",
            "máy nước nóng",
            "bộ ổ cắm",
        ),
        "said": ("hẹn thứ ba", "nói 2 ngày có", "bảo hôm qua giao", "hứa trong ngày", "nói sáng nay tới"),
        "wait": ("5 ngày rồi", "một tuần rồi", "tới giờ chưa thấy", "đã 4 ngày", "qua 9 giờ tối cũng chưa có"),
        "harm": (
            "thợ chờ cả buổi [me] vẫn phải trả công",
            "mai khai trương rồi",
            "trần đục sẵn để đó",
            "nhà có đám giỗ",
            "nghỉ làm ở nhà chờ nguyên ngày",
            "tiệm tối thui không bán buôn gì",
        ),
        "about": ("đơn [product]", "chuyện giao [product]", "[product] của [me]"),
    },
    beats={
        **opening(
            say(
                "{[you] ơi|alo|[sigh]|cho hỏi} [product] của [me] đâu rồi, {[said] mà [wait]|[wait], [said] cơ mà}",
                "[harm] {đó biết [no]|, ai chịu|, làm ăn vậy à|}",
            ),
            _late_routes,
            say(
                "{[me] không hỏi chuyện đó|nói đúng chuyện [please]|đừng lòng vòng}, {chừng nào|mấy giờ|hôm nào} "
                "[product] tới, [wait] rồi"
            ),
            minutes=15,
        ),
        "sorry": Beat(
            say(
                "xin lỗi {thì được gì|hoài|lần mấy rồi}, {[harm]|[said] rồi im ru}, {giờ tính [how]|cho cái giờ cụ "
                "thể đi|ai chịu tiền công}"
            ),
            (
                Route(Topic.REFUND, "refund", ("Dạ bên em hoàn lại phí giao và bồi thường công thợ 200k ạ",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ em xin giảm 10% đơn này cho mình ạ",)),
                Route(Topic.DELIVERY, "promise", ("Dạ em cho xe riêng giao trong 2 tiếng nữa ạ",)),
                Route(Topic.CALL, "called", ("Dạ quản lý bên em sẽ gọi lại mình ngay ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
            patience_minutes=10,
        ),
        "promise": Beat(
            say(
                "{hứa vậy nghe nhiều rồi|lần này chắc [no]|nghe câu này hôm trước rồi}, {mấy giờ tới|ai giao|trễ "
                "nữa thì sao}, {[harm]|[wait] chứ ít gì|[product] mà đi vòng quanh nước hay sao}"
            ),
            (
                Route(Topic.REFUND, "refund", ("Dạ trễ nữa em hoàn tiền 100% cho mình ạ",)),
                Route(Topic.PHONE, "calm", ("Dạ tài xế tên Tâm, em gửi số điện thoại để mình gọi trực tiếp ạ",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ em miễn phí giao và tặng thêm ổ cắm du lịch ạ",)),
                Route(Topic.APOLOGY, "calm", ("Dạ em xin lỗi, em theo đơn này tới lúc mình ký nhận ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
        ),
        "called": Beat(
            say(
                "{gọi đi|ừ gọi liền [end]|[me] cầm máy chờ đó}, số [phone], {nói chuyện [product] cho ra lẽ|[harm] đó|"
                "trễ nữa [me] hủy}"
            )
        ),
        "refund": Beat(
            say(
                "{được|ok}, {hoàn lại hết [end]|trả tiền lại đi|tiền công thợ tính luôn}, {[wait] ai mà chịu nổi|"
                "[product] [me] mua chỗ khác rồi|[harm] mà}",
                "{stk [me] gửi sau|chuyển qua số [phone]|khi nào có tiền [q]} {[called]|tên [called]|nhớ ghi tên "
                "[called]}",
            ),
            (
                Route(Topic.REFUSAL, "facebook", ("Dạ phần công thợ bên em không hỗ trợ ạ",)),
                Route(Topic.WAIT, "calm", ("Dạ kế toán bên em kiểm tra rồi chuyển trong 24 giờ ạ",)),
                Route(Topic.THANKS, "calm", ("Dạ em chuyển xong rồi, cảm ơn mình đã thông cảm ạ",)),
            ),
            otherwise="calm",
        ),
        "facebook": Beat(
            (
                Line(
                    "{làm ăn kiểu này|giỡn mặt khách [huh]|hết nói nổi}, {[me] đăng lên hội mua bán|lên facebook bóc "
                    "phốt|đánh giá 1 sao}, {chụp hết tin nhắn rồi|cho bà con biết [said] mà [wait]}"
                ),
                Line(
                    "cho [me] gặp {quản lý|sếp|người có trách nhiệm}, {đừng trả lời tự động nữa|nói chuyện "
                    "[product] một lần cho xong|gọi [phone]}"
                ),
            ),
            (
                Route(Topic.REFUND, "calm", ("Dạ em là quản lý, em xin hoàn tiền và vẫn giao hàng cho mình ạ",)),
                Route(Topic.CALL, "called", ("Dạ quản lý chi nhánh gọi lại mình ngay bây giờ ạ",)),
                Route(Topic.APOLOGY, "calm", ("Dạ em thành thật xin lỗi, em xử lý xong trong hôm nay ạ",)),
            ),
            otherwise="end",
            silence="end",
        ),
        "calm": Beat(
            say(
                "{ừ vậy còn nghe được|thôi được|ok, nể [you] nhiệt tình}, {lần này thôi [end]|[me] chờ tới chiều|trễ "
                "nữa là khỏi nhìn mặt}, {[product] tới nguyên vẹn [please]|nhớ gọi [phone]|[harm] nên mới nóng}"
            )
        ),
        "end": Beat(
            say(
                "{đăng bài rồi đó|thôi khỏi|chặn luôn cho khỏe}, {từ nay cạch|mua [product] chỗ khác|mất khách vì "
                "[product] [end]}, {[wait] mà không một lời|[said] toàn xạo|tiền đó [look] như học phí}"
            )
        ),
    },
)

_dead_routes = (
    Route(Topic.REFUSAL, "refused", ("Dạ lỗi do nguồn điện nhà mình nên bên em không hỗ trợ đổi được ạ",)),
    Route(
        Topic.REFUND,
        "exchange",
        ("Dạ em đổi mới cho mình trong ngày mai ạ", "Dạ trong 30 ngày lỗi là đổi cái mới liền ạ"),
    ),
    Route(Topic.WARRANTY, "repair", ("Dạ máy còn bảo hành, em cho kỹ thuật tới xem ạ",)),
    Route(
        Topic.PICTURE,
        "picture",
        ("Dạ mình chụp giúp em cái tem với chỗ hư ạ", "Dạ mình quay video lúc bật lên giúp em nhé"),
    ),
)

dead = Scene(
    key="electrical.dead",
    mood="complains",
    facts={
        "product": (
            "đèn ốp trần",
            "bếp từ",
            "quạt điều hòa",
            "ổ cắm thông minh",
            "đèn năng lượng sân vườn",
            "máy nước nóng",
            "nồi cơm điện tử",
            "máy bơm tăng áp",
        ),
        "fault": (
            "chớp chớp rồi tắt ngúm",
            "báo lỗi E3 hoài",
            "kêu rè rè",
            "bốc khói",
            "lên nguồn rồi sập",
            "rỉ nước",
            "nóng chảy cả vỏ",
        ),
        "age": ("mới xài 2 tuần", "mua chưa được tháng", "khui hộp ra đã vậy", "dùng đúng 3 [day]", "gắn hôm chủ nhật"),
        "about": ("[product] hư", "chuyện cái [product]", "đổi [product]"),
    },
    beats={
        **opening(
            (
                Line(
                    "[product] {mua bên [you]|[me] lấy hôm trước|đợt rồi ship về} [age] mà {[fault]|đã [fault]}, {bán "
                    "hàng kiểu gì vậy|chán [so]|[look] lại [please]}"
                ),
                Line("{hình nè|nó đây|[look] đi}, {[fault] đó|hư rõ ràng|chụp lúc sáng}", type="image"),
            ),
            _dead_routes,
            say(
                "{giờ giải quyết sao|[me] hỏi thẳng}: [product] [fault], {đổi hay sửa|có đổi [no]|ai chịu} {[age] "
                "thôi đó|nhà đang cần xài|}"
            ),
        ),
        "picture": Beat(
            (
                Line("{tem đây|phiếu với tem nè|chụp được vậy thôi}", type="image"),
                Line(
                    "{rõ chưa|thấy [fault] chưa|đủ chưa}, {giờ đổi [no]|[age] mà vậy là hàng lỗi rồi|tính [how] với "
                    "[product]}"
                ),
            ),
            _dead_routes[:3],
            otherwise="facebook",
        ),
        "exchange": Beat(
            say(
                "{đổi thì [me] đem ra hay có người tới lấy [q]|đổi cái mới hay hàng sửa lại [q]|tới đổi ở đâu [q]}",
                "{[product] nặng lắm|nhà xa, [me] ở [addr]|mất công tháo ra [so]}, {ai trả tiền xe|lỡ cái mới cũng "
                "[fault] thì sao|hộp [me] bỏ rồi}",
            ),
            (
                Route(Topic.REFUSAL, "facebook", ("Dạ không còn hộp thì bên em không nhận đổi ạ",)),
                Route(Topic.ADDRESS, "calm", ("Dạ em cho người tới tận nơi, mình xác nhận địa chỉ [addr] giúp em",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ phí hai chiều bên em chịu, miễn phí hoàn toàn ạ",)),
                Route(Topic.DELIVERY, "calm", ("Dạ shipper mang cái mới tới và nhận cái cũ về luôn ạ",)),
            ),
            otherwise="calm",
        ),
        "repair": Beat(
            say(
                "{[age] mà sửa cái gì|[me] muốn cái mới|hàng mới tinh mà đi sửa}, {sửa mấy ngày|không có [product] "
                "lấy gì xài|lỡ sửa xong lại [fault]} [q]"
            ),
            (
                Route(Topic.REFUSAL, "refused", ("Dạ theo quy định chỉ sửa, không được đổi ạ",)),
                Route(Topic.REFUND, "exchange", ("Dạ vậy em đổi mới luôn cho mình ạ",)),
                Route(Topic.APPOINTMENT, "calm", ("Dạ em hẹn kỹ thuật 8 giờ sáng mai, cho mượn máy khác dùng tạm ạ",)),
            ),
            otherwise="facebook",
        ),
        "refused": Beat(
            say(
                "{lúc bán thì nói hư đổi liền|ủa đổ thừa cho khách [huh]|đọc phiếu bảo hành của [you] đi}, {nhà [me] "
                "mấy chục món có món nào [fault] đâu|[age] thôi|[product] tiền triệu chứ ít đâu}",
                "{cho gặp quản lý|nói chuyện với sếp|không đổi là [me] báo quản lý thị trường} {ngay|liền|}",
            ),
            (
                Route(Topic.REFUND, "exchange", ("Dạ em là quản lý, em duyệt đổi mới cho mình ạ",)),
                Route(Topic.APOLOGY, "calm", ("Dạ em xin lỗi vì bạn nhân viên trả lời chưa đúng, em xử lý lại ạ",)),
                Route(Topic.CALL, "calm", ("Dạ trưởng cửa hàng gọi lại mình trong 15 phút ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
        ),
        "facebook": Beat(
            say(
                "{[me] quay clip hết rồi|để [me] đăng lên group|thôi được}, {cho ai mua [product] biết mà né|tiêu "
                "đề: [product] [age] đã [fault]|tag luôn tên [you]}, {khỏi trả lời|[look] ai sợ ai|chào}"
            )
        ),
        "calm": Beat(
            say(
                "{được vậy thì tốt|ừ vậy nghe hợp lý|ok, làm vậy đi}, {số [me] [phone]|gọi trước rồi tới|chiều [me] "
                "ở nhà}, {cái mới test trước mặt [me]|mong [product] sau bền hơn|khỏi [fault] nữa là mừng}"
            )
        ),
    },
)
