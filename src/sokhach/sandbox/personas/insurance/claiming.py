"""Something happened: a crash, a hospital bed, a claim that drags on or is refused."""

from sokhach.sandbox.personas.manners import THANKFUL, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_EXPOSED = Beat(
    say(
        "{[me] đưa lên mạng|[me] gửi đơn khiếu nại|[me] nhờ báo hỏi|[me] kể cả [crowd] nghe|[me] đánh giá một "
        "sao}, {hồ sơ [about] còn nguyên|tin nhắn [me] chụp hết|đủ giấy của [hospital]}",
        "{lúc bán thì gọi ngày ba cuộc|đóng phí từ [since] không trễ ngày nào|năm sau khỏi tái tục}, {giờ "
        "[about] thì trốn|hỏi [about] là im|vì [about] mà mất khách}",
    )
)
_RELIEVED = Beat(
    say(
        "{vậy [me] đỡ lo|ừ nghe yên tâm hơn|ok cảm ơn [you]}, {vụ [about] nhờ [you]|[about] có tin nhắn [me] "
        "liền|[me] ở [place] chờ}, {[who] đang mệt|gọi [phone] nha|giấy tờ [me] gửi sau|[day] [me] "
        "rảnh}"
    )
)

_CRASH_WAYS = (
    Route(
        Topic.CALL,
        "calmer",
        (
            "[staff] gọi cho [client] ngay, [client] để nguyên hiện trường nhé",
            "[client] gọi vào hotline 24/7, [staff] cũng báo giám định rồi ạ",
        ),
    ),
    Route(Topic.PICTURE, "photos", ("[client] chụp giúp [staff] 4 góc xe, biển số và xe kia nhé",)),
    Route(Topic.ADDRESS, "where", ("[client] đang ở khu vực nào để [staff] điều giám định gần nhất ạ",)),
    Route(
        Topic.APOLOGY, "calmer", ("[staff] xin lỗi vì nhắn chậm, [client] có sao không ạ, [staff] báo giám định liền",)
    ),
)

CRASH = Scene(
    "crash",
    {
        "start": Beat(
            (
                Line("{[you] ơi|gấp [you] ơi|trời ơi [you]}, [me] vừa [crash] {ở|gần|đoạn} [place]"),
                Line(
                    "{xe [car] móp hông|vỡ đèn, móp cản|bể kính chiếu hậu|trầy nguyên bên|nước vô máy tắt luôn}, "
                    "{giờ làm [what] trước [q]|phải gọi ai [q]|bên kia đòi đền liền|công an đang tới|người thì "
                    "không sao}"
                ),
            ),
            _CRASH_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=5,
        ),
        "nudge": reminder(_CRASH_WAYS, gone="alone", minutes=10),
        "again": Beat(
            say(
                "{[me] đang đứng giữa đường [place]|kẹt xe cả đoạn [place] rồi|người ta đang chửi [me]|trời đang "
                "mưa nữa}, {cần biết làm [what] trước|có ai tới [about] [no]|chỉ [me] bước đầu đi}"
            ),
            _CRASH_WAYS,
            otherwise="alone",
            silence="alone",
            patience_minutes=10,
        ),
        "photos": Beat(
            (
                Line(
                    "{hình đây|chụp tạm|bốn góc nè|chỗ móp nè}, {xe [car]|biển số thấy rõ [no]|đoạn [place]|xe "
                    "kia chạy mất rồi}",
                    type="image",
                ),
                Line(type="image"),
                Line(
                    "{vậy kéo về gara nào [q]|[me] chạy đi được chưa [q]|có cần giấy công an [no]}, {[me] trễ "
                    "làm rồi|[who] ngồi trên xe nữa|chạy nữa sợ hư thêm}"
                ),
            ),
            (
                Route(
                    Topic.REFUSAL, "refused", ("xe chạy dịch vụ mà khai gia đình nên bên [staff] không thể chi trả ạ",)
                ),
                Route(
                    Topic.WARRANTY,
                    "calmer",
                    ("[client] kéo về gara liên kết gần [place], kỹ thuật viên giám định liền ạ",),
                ),
                Route(Topic.DOCUMENT, "calmer", ("[client] ghi giấy tờ hiện trường có chữ ký hai bên giúp [staff] ạ",)),
                Route(Topic.APPOINTMENT, "calmer", ("[staff] hẹn giám định viên tới [place] trong 30 phút ạ",)),
            ),
            otherwise="alone",
        ),
        "where": Beat(
            (
                Line(
                    "{định vị đó|đứng chỗ này nè|ngay [place]}, {xe [car]|mặc áo mưa đỏ|đậu sát lề|gọi [phone]}",
                    type="location",
                ),
                Line(
                    "{mấy phút tới [q]|có ai tới liền [no]|cho [me] tên bạn giám định}, {mưa ướt hết rồi|[who] "
                    "sợ quá|bên kia đòi bỏ đi}"
                ),
            ),
            (
                Route(Topic.APPOINTMENT, "calmer", ("bạn giám định hẹn 20 phút có mặt ạ",)),
                Route(Topic.CALL, "calmer", ("bạn ấy sẽ gọi cho [client] ngay ạ",)),
                Route(Topic.APOLOGY, "alone", ("[staff] xin lỗi, tuyến đó đang thiếu người, phải một tiếng nữa ạ",)),
            ),
            otherwise="alone",
            silence="alone",
            patience_minutes=15,
        ),
        "refused": _EXPOSED,
        "alone": Beat(
            say(
                "{thôi [me] tự lo|tự thỏa thuận rồi|kéo xe ra gara ngoài rồi}, {bỏ {hai|ba} triệu đền người "
                "ta|sửa trước đã|[folks] ra giúp}",
                "{bảo hiểm kiểu [this] mua chi|lúc cần không thấy đâu|giấy sửa [me] giữ}, {[day] [me] lên văn "
                "phòng|có hoàn lại [no] thì nói|lần này là nhớ đời [place]}",
            )
        ),
        "calmer": _RELIEVED,
    },
    facts={
        "about": ("vụ va quẹt", "giám định xe [car]", "hồ sơ xe", "vụ ở [place]"),
        "crash": (
            "quẹt xe máy",
            "bị tông đuôi",
            "va vô dải phân cách",
            "trượt té",
            "bị ngập nước chết máy",
            "cây gãy đè trúng",
            "bị xe tải ép vô lề",
            "lùi trúng cột",
        ),
    },
    mood="complains",
    weight=2,
)

_HOSPITAL_WAYS = (
    Route(
        Topic.REFUSAL,
        "upset",
        ("[hospital] không có liên kết bảo lãnh ạ, [client] đóng trước rồi bên [staff] không thể trả thẳng",),
    ),
    Route(Topic.PICTURE, "papers", ("[client] chụp giúp [staff] giấy nhập viện và thẻ bảo hiểm ạ",)),
    Route(Topic.CALL, "fine", ("[staff] gọi cho [hospital] xác nhận bảo lãnh ngay ạ",)),
    Route(Topic.WAIT, "waits", ("để [staff] kiểm tra hạn mức rồi duyệt bảo lãnh cho [client] ạ",)),
    Route(Topic.DOCUMENT, "papers", ("[client] giữ giấy ra viện, bảng kê và hóa đơn điện tử giúp [staff] ạ",)),
)

HOSPITAL = Scene(
    "hospital",
    {
        "start": Beat(
            say(
                "[who] {vô viện|đang nằm|vừa nhập viện} [hospital] {vì [illness2]|do [illness2]}, {có thẻ gói "
                "[plan]|bảo hiểm bên [you]|mua từ [since]}",
                "{bảo lãnh viện phí [how] [q]|có phải đóng trước [no]|cần giấy tờ [what] [q]}, {bệnh viện đòi "
                "tạm ứng {5|8|10} triệu|[folks] đang chạy tiền|bác sĩ nói chiều mổ|đang rối hết cả lên}",
            ),
            _HOSPITAL_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=10,
        ),
        "nudge": reminder(_HOSPITAL_WAYS, gone="exposed", minutes=15),
        "again": Beat(
            say(
                "{nói ngắn thôi|[me] đứng ở quầy nè|y tá đang đợi}, {[about] được [no]|đóng trước hay bảo "
                "lãnh|gọi qua [hospital] giùm|[who] đau lắm}"
            ),
            _HOSPITAL_WAYS,
            otherwise="exposed",
            silence="exposed",
            patience_minutes=15,
        ),
        "papers": Beat(
            (
                Line(
                    "{giấy nhập viện đây|thẻ nè|đơn thuốc bác sĩ ghi|phiếu chỉ định đó}, {[illness2]|tên "
                    "[called]|[hospital]|chữ bác sĩ khó đọc [so]}",
                    type="image",
                ),
                Line(
                    "{đủ chưa [you]|thiếu [what] nữa [no]|bao lâu thì duyệt [q]}, {chiều [me] làm thủ tục ra "
                    "viện|[who] nằm phòng 2 người|tiền thuốc ngoài có tính [no]}"
                ),
            ),
            (
                Route(Topic.REFUSAL, "upset", ("[illness2] nằm trong thời gian chờ nên chưa thể bảo lãnh ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "fine",
                    ("thiếu bảng kê chi tiết thôi ạ, [client] xin quầy in giấy tờ giúp [staff]",),
                ),
                Route(Topic.WAIT, "waits", ("[staff] chuyển duyệt rồi, [client] đợi chút nhé",)),
                Route(Topic.PRICE, "fine", ("duyệt bảo lãnh 18.500.000đ rồi ạ, [client] chỉ trả phần ăn uống",)),
            ),
            otherwise="waits",
        ),
        "waits": Beat(
            say(
                "{đợi cả buổi rồi|bao lâu nữa [q]|có kết quả [about] chưa}, {[hospital] sắp hết giờ thu "
                "ngân|[who] nằm chờ giấy|[me] xin nghỉ làm cả ngày}"
            ),
            (
                Route(Topic.REFUSAL, "upset", ("hồ sơ còn thiếu nên chưa thể duyệt hôm nay ạ",)),
                Route(Topic.APOLOGY, "fine", ("[staff] xin lỗi vì chờ lâu, bên [staff] duyệt đủ rồi ạ",)),
                Route(Topic.PRICE, "fine", ("duyệt 12.300.000đ, thư bảo lãnh gửi qua quầy rồi ạ",)),
            ),
            otherwise="upset",
            silence="exposed",
        ),
        "upset": Beat(
            say(
                "{vậy thẻ để làm [what] [q]|lúc bán nói quẹt thẻ là xong|[sigh]}, {[me] vay tiền đóng rồi "
                "nè|[folks] trách [me]|[illness2] chứ có phải làm đẹp đâu}",
                "{đóng rồi có hoàn [no]|mấy ngày có tiền [q]|cho gặp quản lý}, {[hospital] đòi đóng liền|thẻ gói "
                "[plan] đàng hoàng|[who] nằm đó nè|mua từ [since] chứ mới gì}",
            ),
            (
                Route(
                    Topic.REFUND,
                    "fine",
                    ("[client] đóng trước, bên [staff] bồi thường trong 7 ngày kể từ khi đủ hồ sơ ạ",),
                ),
                Route(Topic.CALL, "fine", ("trưởng nhóm sẽ gọi cho [client] ngay ạ",)),
                Route(
                    Topic.APOLOGY, "exposed", ("[staff] xin lỗi, điều khoản ghi vậy nên [staff] không làm khác được ạ",)
                ),
            ),
            otherwise="exposed",
        ),
        "fine": _RELIEVED,
        "exposed": _EXPOSED,
    },
    facts={
        "about": ("bảo lãnh viện phí", "hồ sơ ở [hospital]", "viện phí của [who]"),
        "illness2": (
            "sốt xuất huyết",
            "viêm ruột thừa",
            "viêm phổi",
            "gãy xương đòn",
            "sỏi thận",
            "thủy đậu",
            "tiêu chảy cấp",
            "sinh em bé",
        ),
    },
)

_LATE_WAYS = (
    Route(Topic.WAIT, "waits", ("để [staff] kiểm tra hồ sơ đang ở bước nào rồi báo [client] ạ",)),
    Route(Topic.APOLOGY, "doubts", ("[staff] xin lỗi vì hồ sơ xử lý chậm, [staff] giục bộ phận bồi thường ngay ạ",)),
    Route(Topic.REFUND, "paid", ("hồ sơ đã duyệt bồi thường, [day] tiền về tài khoản [client] ạ",)),
    Route(Topic.DOCUMENT, "more_papers", ("hồ sơ còn thiếu giấy tờ bản chính ạ, là tờ ra viện",)),
)

CLAIM_LATE = Scene(
    "claim_late",
    {
        "start": Beat(
            say(
                "[me] nộp hồ sơ {bồi thường|đòi tiền} {vụ [event]|cho [who]} {từ [since]|hơn tháng rồi|20 ngày rồi}",
                "{sao chưa có tiền [q]|giờ tới đâu rồi [q]|gọi ai cũng nói đang xử lý}, {[amount] chứ ít gì|[me] "
                "vay đóng viện phí đó|[folks] hỏi hoài|hẹn 15 ngày mà}",
            ),
            _LATE_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_LATE_WAYS, gone="exposed"),
        "again": Beat(
            say(
                "{câu đó nghe rồi|đang xử lý là tới bao giờ|nói ngày cụ thể coi}, {[about] ai giữ [q]|mã hồ sơ "
                "tên [called] đó|[amount] nằm đâu rồi}"
            ),
            _LATE_WAYS,
            otherwise="exposed",
            silence="exposed",
        ),
        "waits": Beat(
            say(
                "{ừ coi giùm|lần thứ {ba|tư} nghe câu kiểm tra|ok chờ}, {tên [called]|vụ [event]|số [phone]|hồ sơ "
                "[amount]}, {[hour] giờ chưa có là [me] gọi tổng đài|[me] đợi ở đây luôn|nhanh giùm [who]}"
            ),
            (
                Route(
                    Topic.REFUND,
                    "paid",
                    ("kế toán vừa chuyển tiền bồi thường rồi ạ, [client] xem tài khoản giúp [staff]",),
                ),
                Route(Topic.DOCUMENT, "more_papers", ("thiếu hóa đơn điện tử tiền thuốc ạ",)),
                Route(Topic.APOLOGY, "doubts", ("[staff] xin lỗi, hồ sơ đang chờ ký, chắc chắn trước thứ Sáu ạ",)),
            ),
            otherwise="exposed",
            silence="exposed",
        ),
        "more_papers": Beat(
            (
                Line(
                    "{sao giờ mới nói thiếu|nộp đủ hết rồi mà|bản này được [no]}, {giấy của [hospital] nè|hóa "
                    "đơn [me] còn bản chụp|vụ [event] đó}",
                    type="image",
                ),
                Line(
                    "{đi lại tốn nửa ngày|[hospital] nói mất cả tuần mới in lại|ai chịu công [me] chạy}, {nộp "
                    "bản chụp được [no]|gửi bưu điện được [no]|châm chước [amount] nhỏ mà}"
                ),
            ),
            (
                Route(Topic.REFUSAL, "exposed", ("bắt buộc bản chính nên [staff] không thể nhận bản chụp ạ",)),
                Route(
                    Topic.APOLOGY, "doubts", ("[staff] xin lỗi vì không báo sớm, bản chụp này [staff] nhận được rồi ạ",)
                ),
                Route(
                    Topic.DELIVERY,
                    "doubts",
                    ("[client] không phải chạy đâu ạ, [staff] cho shipper tới tận nhà nhận hồ sơ",),
                ),
                Route(
                    Topic.DOCUMENT, "doubts", ("hóa đơn điện tử tra mã được ạ, [client] gửi [staff] mã tra cứu là đủ",)
                ),
            ),
            otherwise="exposed",
        ),
        "doubts": Beat(
            say(
                "{[me] ghi lại câu này đó|ừ tin lần nữa|hẹn vậy thì giữ lời}, {[day] không có là [me] lên văn "
                "phòng|[amount] về thì nhắn [me]|[folks] cũng đọc tin này|qua tuần là khiếu nại đó}"
            )
        ),
        "paid": THANKFUL,
        "exposed": _EXPOSED,
    },
    facts={
        "about": ("hồ sơ vụ [event]", "tiền bồi thường", "[amount]", "hồ sơ của [who]"),
        "event": ("sinh mổ", "gãy tay", "đụng xe", "nằm viện", "mổ ruột thừa", "xe ngập nước", "sốt xuất huyết"),
        "amount": ("12 triệu", "8 triệu 7", "23 triệu", "5 triệu 4", "31 triệu", "17 triệu"),
    },
    mood="complains",
    weight=2,
)
