"""Complaints: the skin burns, staff were rude."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_burn_routes = (
    Route(
        Topic.REFUSAL,
        "blamed",
        ("Dạ do cơ địa mình nên bên em không hỗ trợ được ạ", "Dạ bên em không thể nhận lại vì đã mở nắp ạ"),
    ),
    Route(Topic.REFUND, "refund", ("Dạ mình ngưng dùng ngay, em hoàn tiền đủ cho mình ạ",)),
    Route(Topic.PICTURE, "photo", ("Dạ mình ngưng dùng liền và chụp giúp em vùng da đó ạ",)),
    Route(Topic.CALL, "phone", ("Dạ dược sĩ bên em gọi lại mình ngay bây giờ ạ",)),
    Route(Topic.APOLOGY, "sorry", ("Dạ em xin lỗi mình, mình rửa sạch bằng nước mát giúp em ạ",)),
)

burn = Scene(
    key="cosmetics.burn",
    mood="complains",
    facts={
        "product": (
            "kem trị nám",
            "serum AHA",
            "mặt nạ lột",
            "tẩy tế bào chết",
            "kem chống nắng",
            "phấn nước",
            "kem ủ tóc",
            "son",
        ),
        "harm": (
            "đỏ rát cả mặt",
            "nổi mụn nước",
            "sưng hai mắt",
            "ngứa không ngủ được",
            "bong từng mảng",
            "nổi mề đay xuống cổ",
            "môi lột da",
        ),
        "since": ("bôi 2 đêm", "dùng đúng 1 lần", "mới 3 ngày", "dùng theo lời tư vấn 1 tuần", "bôi 15 phút"),
        "event": (
            "mai đi phỏng vấn",
            "cuối tuần cưới em gái",
            "phải nghỉ làm",
            "đi dạy học trò nhìn hoài",
            "bán hàng mà mặt vầy",
            "con thấy con sợ",
        ),
        "about": ("vụ dị ứng [product]", "da [me] bị [harm]", "chuyện [product]"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|[sigh]|[you] [look] [please]|ai tư vấn [me] hôm trước đâu}, [product] {mua bên "
                    "[you]|[you] "
                    "bán|hôm trước} {[since] mà|[since] thôi đã} [harm]"
                ),
                Line(
                    "{mặt [me] đây|[look] đi|hình chụp sáng nay}, {[event]|giờ sao đây|có chết không chứ}", type="image"
                ),
            ),
            _burn_routes,
            say(
                "da {[me] đang|giờ vẫn} [harm] {mà|nè}, {[you] giải quyết|tính|chịu trách nhiệm} [how], [product] "
                "[since] {thôi đó|}"
            ),
            minutes=10,
        ),
        "photo": Beat(
            (
                Line("{chụp gần nè|sáng nay|dưới nắng đó}, {[harm] thấy chưa|mắt sưng|còn đang rát}", type="image"),
                Line(
                    "{giờ bôi gì cho dịu|có cần đi viện [no]|thuốc gì uống}, {tiền khám ai chịu|[event]|ai tư vấn "
                    "mà ác vậy}"
                ),
            ),
            (
                Route(Topic.REFUSAL, "blamed", ("Dạ tiền khám bên em không hỗ trợ ạ",)),
                Route(Topic.REFUND, "refund", ("Dạ em hoàn tiền và bồi hoàn phí khám da liễu ạ",)),
                Route(Topic.CALL, "phone", ("Dạ dược sĩ gọi cho mình trong 5 phút ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
            patience_minutes=10,
        ),
        "sorry": Beat(
            say(
                "{xin lỗi da [me] có hết [no]|xin lỗi cái rồi thôi [huh]|rửa cả chục lần rồi}, {[harm] vậy mà|[event] "
                "đó}, {giờ sao|bôi gì|trả tiền đi}"
            ),
            _burn_routes[:4],
            otherwise="facebook",
            silence="facebook",
        ),
        "phone": Beat(
            say(
                "{gọi đi|ừ gọi vô|[me] chờ máy}, [phone], {nói nhỏ được thôi đang ở chỗ làm|[harm] nói chuyện còn "
                "đau|[event] nên [quick] [please]}{, [product] còn giữ đây|, gọi giờ luôn [end]|}"
            )
        ),
        "refund": Beat(
            say(
                "{hoàn tiền rồi tiền khám thì sao|tiền chai [product] có là bao|ok trả đi nhưng}, {da [me] ai đền|"
                "[event] mà như vầy|đi khám hết 600k rồi}",
                "{toa thuốc [me] còn giữ|[called] stk số [phone]|khi nào có}{, [product] gửi trả lại luôn|, cần hóa "
                "đơn [no]|, [harm] đó [end]|}",
            ),
            (
                Route(Topic.REFUSAL, "blamed", ("Dạ phí khám bên em không thể chịu ạ",)),
                Route(Topic.WAIT, "calm", ("Dạ mình đợi em làm hồ sơ, kế toán chuyển trong hôm nay ạ",)),
                Route(Topic.APPOINTMENT, "calm", ("Dạ em đặt lịch bác sĩ da liễu cho mình, phí bên em chịu ạ",)),
                Route(Topic.REFUND, "calm", ("Dạ em hoàn lại cả tiền khám theo toa ạ",)),
            ),
            otherwise="calm",
        ),
        "blamed": Beat(
            say(
                "{đổ cho cơ địa là xong [huh]|lúc bán nói lành tính lắm mà|tư vấn bảo da nào cũng dùng được}",
                "{[me] đưa đi kiểm nghiệm|[me] báo sở y tế|[me] lên facebook} {cho rõ|luôn|đó [end]}, {[product] có "
                "giấy phép [no]|[harm] là bằng chứng|quản lý đâu}",
            ),
            (
                Route(Topic.REFUND, "calm", ("Dạ em là quản lý, em hoàn tiền và chi phí khám cho mình ạ",)),
                Route(
                    Topic.APOLOGY,
                    "calm",
                    ("Dạ em xin lỗi mình, bạn tư vấn nói chưa đúng, em theo tới khi da mình ổn ạ",),
                ),
                Route(Topic.DOCUMENT, "calm", ("Dạ em gửi giấy tờ công bố, và vẫn hỗ trợ mình phí khám ạ",)),
            ),
            otherwise="facebook",
            silence="facebook",
        ),
        "facebook": Beat(
            say(
                "{được|[me] hiểu rồi|thôi khỏi nói}, {[me] đăng hình mặt mình lên|hội chị em sẽ thấy|quay clip up "
                "liền}, {[product] [since] mà [harm]|ai mua [product] thì né|cho biết shop bán hàng sao}",
                "{chụp hết tin nhắn rồi|khỏi xóa bài|[event] vì [you] mà hỏng hết} {[end]|}{, [look] ai lỗ|, sức khỏe "
                "chứ giỡn [huh]|, [phone] có gan thì gọi|}",
            )
        ),
        "calm": Beat(
            say(
                "{ừ vậy còn có lương tâm|cảm ơn đã lo|được, [me] chờ}, {da đỡ [me] báo|hết [harm] là mừng|còn rát "
                "chút}, {lần sau tư vấn kỹ [please]|[product] thôi dùng luôn|[event] chắc đeo khẩu trang}"
            )
        ),
    },
)

_rude_routes = (
    Route(Topic.REFUND, "refund", ("Dạ em hoàn lại tiền buổi đó cho mình ạ",)),
    Route(Topic.DISCOUNT, "voucher", ("Dạ em gửi tặng mình một buổi miễn phí ạ",)),
    Route(Topic.CALL, "called", ("Dạ quản lý xin phép gọi lại mình ngay ạ",)),
    Route(Topic.APOLOGY, "sorry", ("Dạ em thành thật xin lỗi mình về thái độ đó ạ",)),
)

rude = Scene(
    key="cosmetics.rude",
    mood="complains",
    facts={
        "deed": (
            "chê da [me] trước mặt khách",
            "ép mua thẻ 15 triệu",
            "nói chuyện trống không",
            "bấm điện thoại suốt buổi",
            "trễ hẹn 40 phút không một lời",
            "thu thêm 200k tiền mặt nạ",
            "nói không có tiền thì đừng vô",
        ),
        "who2": ("bạn nữ tóc vàng", "bạn lễ tân", "nhân viên ca tối", "bạn tư vấn tên Hà", "bạn kỹ thuật viên"),
        "date": ("hôm qua", "chiều nay", "thứ bảy rồi", "tối chủ nhật"),
        "about": ("thái độ [who2]", "chuyện [date]", "lời góp ý"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[date] [me] ghé|[me] làm dịch vụ [date]|[date] [me] tới mua} {mà|thì} [who2] [deed], {bên [you] "
                    "dạy nhân viên vậy [huh]|[me] bực [so]|chưa ở đâu vậy}"
                ),
                Line(type="audio"),
            ),
            _rude_routes,
            say(
                "{[you] hiểu [me] nói gì [no]|[me] nói chuyện thái độ}, [who2] [deed] {đó|ai chịu được}, {cho gặp "
                "quản lý|xử lý sao}"
            ),
        ),
        "sorry": Beat(
            say(
                "{[you] xin lỗi thay thì [who2] có biết sai [no]|xin lỗi thì [me] nghe|ừ, nhưng}, {[deed] là quá "
                "đáng|[me] trả tiền chứ có xin đâu|[date] [me] về khóc luôn}, {xử lý sao|[who2] phải nói chuyện với "
                "[me]|tiền buổi đó thì sao}"
            ),
            _rude_routes[:3],
            otherwise="facebook",
            silence="facebook",
        ),
        "voucher": Beat(
            say(
                "{buổi miễn phí rồi lại gặp [who2] [huh]|[me] không ham đồ cho|cho để bịt miệng [huh]}, {[deed] mà|sợ "
                "rồi}, {đổi người khác làm [no]|trả tiền [date] đi|nói quản lý gọi [me]}"
            ),
            (
                Route(Topic.REFUND, "refund", ("Dạ vậy em hoàn tiền cho mình ạ",)),
                Route(Topic.APPOINTMENT, "calm", ("Dạ em xếp lịch với trưởng nhóm làm riêng cho mình ạ",)),
                Route(Topic.CALL, "called", ("Dạ quản lý gọi cho mình liền ạ",)),
            ),
            otherwise="facebook",
        ),
        "refund": Beat(
            say(
                "{tiền không phải vấn đề|được, trả thì lấy}, {nhưng [who2] [deed] phải nhắc|[me] chỉ cần tôn trọng|"
                "[date] mất vui hết}, {stk [phone]|[called]|chuyển hay tới lấy}{, cảm ơn [you] chịu nghe|, lần "
                "cuối [end]|}"
            )
        ),
        "called": Beat(
            say(
                "[phone] {đó|nè}, {gọi trước 5 giờ|gọi đi [me] nghe|[called] đây}, {[deed] [me] kể rõ|camera [date] "
                "còn mà|[who2] cũng nên có mặt}"
            )
        ),
        "facebook": Beat(
            say(
                "{trả lời hời hợt vậy thôi [huh]|vậy [me] biết cách rồi|im là đồng ý}, {[me] viết review trên map|up "
                "tiktok|đăng nhóm khu [me]}, {[who2] [deed] ai cũng biết|[date] có nhân chứng|khỏi xin gỡ bài}"
            )
        ),
        "calm": Beat(
            say(
                "{ok|[yes], vậy được}, {[me] cho cơ hội nữa|để cuối tuần [me] ghé|đừng để [who2] làm}, {[deed] thì "
                "thôi [end]|mong khác [date]|gọi [phone] trước}"
            )
        ),
    },
)
