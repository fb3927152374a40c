"""What people ask before they insure: the premium, the benefits, whether an old illness counts."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_HEALTH_WAYS = (
    Route(
        Topic.DETAILS,
        "tells",
        (
            "cho [staff] xin năm sinh và giới tính của [who] để [staff] tính phí ạ",
            "cho [staff] hỏi [who] có đang điều trị bệnh gì không ạ",
        ),
    ),
    Route(
        Topic.PRICE,
        "dear",
        (
            "phí bảo hiểm [plan] là [fee] một năm, nội trú tới 300 triệu ạ",
            "gói [plan] phí [fee], có thêm ngoại trú và nha khoa ạ",
        ),
    ),
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi bảng minh họa quyền lợi [plan] để [client] xem ạ",)),
    Route(Topic.CALL, "no_call", ("để [staff] gọi lại tư vấn kỹ cho [client] nhé",)),
)

HEALTH = Scene(
    "health",
    {
        "start": Beat(
            say(
                "{[you] ơi,|cho [me] hỏi|[me] cần hỏi|tư vấn [me]} bảo hiểm sức khỏe {cho [who]|gói [plan]|gói "
                "[plan] cho [who]}",
                "{phí [how] [q]|một năm [much] [q]|đóng [much] vậy [you]}, {có [benefit] [no]|vô viện [hospital] "
                "có được trả [no]|nằm viện được [much] một ngày [q]|khám ngoài có tính [no]}",
            ),
            _HEALTH_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_HEALTH_WAYS),
        "again": Beat(
            say(
                "{[me] hỏi|cho [me] biết|ý [me] là} [about] {trước đã|thôi, còn lại tính sau|cho [who] đó|chứ "
                "giới thiệu công ty [me] đọc rồi}"
            ),
            _HEALTH_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "tells": Beat(
            say(
                "{[who] sinh năm [born]|sinh [born]|[born] đó [you]}, {khỏe mạnh|có [illness]|năm ngoái mổ ruột "
                "thừa|chưa nằm viện lần nào}",
                "{vậy phí [much] [q]|có phải khám trước [no]|mua xong xài liền được [no]|thẻ dùng ở [hospital] "
                "được [no]}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "refused",
                    ("với [illness] thì năm đầu bên [staff] không nhận phần điều trị bệnh đó ạ",),
                ),
                Route(Topic.PRICE, "dear", ("tuổi này phí [fee] một năm, bệnh thông thường chờ 30 ngày ạ",)),
                Route(Topic.DOCUMENT, "reads", ("[staff] gửi bảng minh họa theo đúng tuổi của [client] ạ",)),
            ),
            otherwise="later",
        ),
        "dear": Beat(
            say(
                "{cao [so]|[sigh]|hơi căng [so]|ờ cũng được}, {bên [rival] rẻ hơn|nhà [people] người đóng sao "
                "nổi|lương công nhân mà|mua xong không xài cũng tiếc}",
                "{cả nhà mua có bớt [no]|đóng theo tháng được [no]|bỏ ngoại trú còn [much]|có quà [what] "
                "[no]|trả góp qua thẻ được [no]}, {gói [plan] đó|mua cho [who] trước|bên [rival] cho mà|[people] "
                "người chứ ít gì}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("phí do công ty duyệt theo tuổi nên [staff] không thể bớt ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "deal",
                    (
                        "mua từ 3 người được giảm 10% mỗi người ạ",
                        "tháng này bên [staff] ưu đãi 5% và tặng kèm thẻ khám răng ạ",
                    ),
                ),
                Route(Topic.DOCUMENT, "reads", ("[staff] gửi bảng giá ba mức để [client] so sánh ạ",)),
                Route(Topic.PRICE, "deal", ("bỏ phần ngoại trú thì còn 2.350.000đ một năm ạ",)),
            ),
            otherwise="later",
            silence="later",
        ),
        "refused": Beat(
            say(
                "{vậy mua làm [what] [q]|có mỗi [illness] là cần|[sigh], biết ngay mà}, {qua năm thì được "
                "hả|khai [truly] mà bị vậy|[who] uống thuốc đều mà}",
                "{bên khác có nhận [no]|tăng phí lên có được [no]|thế còn tai nạn thì sao}, {[who] cần [truly] "
                "mà|[me] chịu thêm tiền|gói [plan] thì sao|chỉ cần [benefit] cũng được}",
            ),
            (
                Route(Topic.PRICE, "deal", ("tăng phí 25% thì bên [staff] nhận cả bệnh có sẵn từ năm thứ hai ạ",)),
                Route(
                    Topic.APOLOGY,
                    "later",
                    ("[staff] xin lỗi, đây là điều khoản chung, [staff] nói trước để [client] khỏi hụt hẫng ạ",),
                ),
                Route(
                    Topic.DOCUMENT, "reads", ("[staff] gửi điều khoản bệnh có sẵn, [client] xem giấy tờ rồi quyết ạ",)
                ),
            ),
            otherwise="later",
        ),
        "no_call": Beat(
            say(
                "{thôi đừng gọi|khỏi gọi nha|[me] đang đi làm}, {nhắn ở đây|[me] dị ứng bị gọi bảo hiểm|tuần rồi "
                "mười cuộc rồi}, {cho [me] [about] thôi|nói gọn [about]|[about] là đủ}"
            ),
            (
                Route(Topic.PRICE, "dear", ("dạ phí [fee] một năm ạ, [staff] không gọi đâu",)),
                Route(Topic.DOCUMENT, "reads", ("[staff] gửi file tóm tắt một trang, [client] rảnh đọc ạ",)),
                Route(Topic.APOLOGY, "later", ("[staff] xin lỗi vì làm phiền, [client] cần gì nhắn [staff] ạ",)),
            ),
            otherwise="gone",
        ),
        "deal": Beat(
            say(
                "{nghe được đó|ok vậy đỡ|tính ra mỗi ngày mấy ngàn}, {[day] [me] mua cho [who]|làm cho [who] "
                "trước|cần giấy tờ [what] [q]|mua cả nhà [people] người luôn}, {[called], [phone]|nhắn [me] số tài "
                "khoản|hiệu lực từ [start] được [no]}"
            )
        ),
        "reads": THANKFUL,
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("phí gói [plan]", "bảo hiểm cho [who]", "quyền lợi [benefit]", "phí cho [who]"),
        "fee": ("3.150.000đ", "3.680.000đ", "4.250.000đ", "4.900.000đ", "5.600.000đ", "2.780.000đ"),
    },
    weight=3,
)

_MOTOR_WAYS = (
    Route(
        Topic.PICTURE,
        "photo",
        ("[client] chụp giúp [staff] đăng ký xe và tem đăng kiểm nhé", "[staff] xin hình cà vẹt hai mặt để tính phí ạ"),
    ),
    Route(Topic.DETAILS, "says_car", ("cho [staff] hỏi xe đời nào, mấy chỗ, có kinh doanh không ạ",)),
    Route(
        Topic.PRICE,
        "compares",
        ("bắt buộc xe 5 chỗ 480.700đ, vật chất 1,25% giá trị xe ạ", "phí vật chất xe này khoảng [fee] một năm ạ"),
    ),
    Route(Topic.CALL, "compares", ("[staff] gọi cho [client] báo phí trong 5 phút nhé",)),
)

MOTOR = Scene(
    "motor",
    {
        "start": Beat(
            say(
                "{báo phí giùm [me]|[me] hỏi bảo hiểm|mua bảo hiểm|tính giùm [me] phí} {xe [car]|chiếc xe [car]}",
                "{bắt buộc thôi|hai chiều luôn|cả vật chất|loại [how] rẻ mà chắc}, {[expires]|có [addon] "
                "[no]|bồi thường ở gara [place] được [no]|mua online có giấy điện tử [no]}",
            ),
            _MOTOR_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_MOTOR_WAYS),
        "again": Beat(
            say("{[me] cần|cho [me]} [about] {thôi mà|, [expires]|, xe [car] đó|để [day] còn đi đường xa}"),
            _MOTOR_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "photo": Beat(
            (
                Line(
                    "{cà vẹt đây|đăng ký xe nè|hình nè [you]|mặt sau nè}, {xe [car]|mờ thì nói [me] chụp "
                    "lại|đứng tên [folks]|mua lại chưa sang tên}",
                    type="image",
                ),
                Line(
                    "{vậy phí [much] [q]|có cần mang xe tới [no]|[expires], làm kịp [no]|xe đứng tên người khác "
                    "có sao [no]}"
                ),
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "stuck",
                    ("xe trên 10 năm bên [staff] chưa thể nhận vật chất ạ, chỉ làm bắt buộc thôi",),
                ),
                Route(Topic.APPOINTMENT, "order", ("[staff] hẹn bạn giám định qua chụp xe [day], 10 phút là xong ạ",)),
                Route(Topic.PRICE, "compares", ("phí tổng [fee], không khấu trừ gara chính hãng ạ",)),
            ),
            otherwise="compares",
        ),
        "says_car": Beat(
            say(
                "{xe [car]|chiếc xe [car]}, {chạy gia đình|chạy công nghệ|chở hàng cho [folks]}, {[expires]|mới mua "
                "{hai|ba} tháng|năm rồi đụng một lần}",
                "{giá trị [how] tính [q]|vậy [much] [q]|chạy dịch vụ phí có cao hơn [no]}",
            ),
            (
                Route(Topic.REFUSAL, "stuck", ("xe chạy dịch vụ bên [staff] không nhận gói hai chiều ạ",)),
                Route(Topic.PRICE, "compares", ("vật chất [fee], bắt buộc 480.700đ ạ",)),
                Route(Topic.PICTURE, "photo", ("[staff] xin hình xe 4 góc và đăng ký để chốt phí ạ",)),
            ),
            otherwise="stuck",
        ),
        "compares": Beat(
            say(
                "{bên [rival] báo rẻ hơn|thằng bạn mua rẻ hơn|năm rồi [me] đóng ít hơn|mắc [so]}, {hơn ở chỗ nào "
                "[q]|bớt được [no]|[addon] có sẵn chưa}",
                "{lấy nhanh [no]|[day] có giấy [no]|gara [place] có liên kết [no]}",
            ),
            (
                Route(Topic.REFUSAL, "stuck", ("phí này kịch sàn rồi, [staff] không thể bớt thêm ạ",)),
                Route(Topic.DISCOUNT, "order", ("[staff] chiết khấu 20% và tặng kèm cứu hộ 24/7 ạ",)),
                Route(Topic.DELIVERY, "order", ("giấy điện tử có liền, bản cứng [staff] ship trong ngày ạ",)),
                Route(Topic.DOCUMENT, "order", ("[staff] gửi báo giá chi tiết kèm danh sách gara ạ",)),
            ),
            otherwise="stuck",
            silence="stuck",
        ),
        "order": Beat(
            say(
                "{làm đi|ok chốt|[yes] làm luôn}, {xe [car]|hiệu lực từ [start]|ghi tên [called]|[phone]|giao tới "
                "[street]}{|, [day] [me] cần giấy|, thêm [addon] nha|, chuyển khoản hết được hả}"
            )
        ),
        "stuck": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("phí xe [car]", "bảo hiểm chiếc xe [car]", "giấy bảo hiểm xe", "báo giá vật chất xe"),
        "fee": ("6.200.000đ", "7.450.000đ", "8.100.000đ", "9.350.000đ", "5.780.000đ"),
        "expires": (
            "tuần sau hết hạn",
            "mai là hết hạn",
            "hết hạn ba ngày rồi",
            "cuối tháng hết hạn",
            "sắp đi đăng kiểm",
        ),
    },
    weight=3,
)

_COVER_WAYS = (
    Route(Topic.REFUSAL, "upset", ("trường hợp đó thuộc điểm loại trừ nên bên [staff] không thể chi trả ạ",)),
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi trang điều khoản để [client] xem, giấy tờ ra viện đủ là được ạ",)),
    Route(Topic.WAIT, "waits", ("để [staff] kiểm tra trên hệ thống rồi trả lời cho chắc ạ",)),
    Route(Topic.REFUND, "reads", ("được bồi thường ạ, tối đa [limit] mỗi lần điều trị",)),
)

COVERED = Scene(
    "covered",
    {
        "start": Beat(
            say(
                "{[me] có mua|nhà [me] mua|[who] có} bảo hiểm bên [you] {rồi|từ [since]|gói [plan]}",
                "{giờ [event]|[you] cho hỏi [event]|lỡ [event]} thì {có được trả [no]|bảo hiểm có lo [no]|được "
                "[much] [q]}, {[who] đang rối lắm|hỏi trước cho chắc|hồ sơ cần [what] [q]}",
            ),
            _COVER_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_COVER_WAYS, minutes=25),
        "again": Beat(
            say(
                "{trả lời có hay không thôi|đừng đọc quảng cáo|nói dễ hiểu giùm}, {[event] đó|[about] tính "
                "[how]|bác sĩ đang hỏi [about]|[who] đang chờ}"
            ),
            _COVER_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "waits": Beat(
            say(
                "{coi lẹ giùm|ok chờ|[yes]}, {tên [called]|hợp đồng từ [since]|số điện thoại [phone]|gói [plan]}, "
                "{đang ở [hospital]|[who] nằm giường rồi|bác sĩ giục đóng tiền}"
            ),
            (
                Route(Topic.REFUSAL, "upset", ("hợp đồng chưa qua thời gian chờ nên không thể chi trả lần này ạ",)),
                Route(Topic.DOCUMENT, "reads", ("được ạ, [client] giữ hóa đơn, giấy ra viện và bảng kê giúp [staff]",)),
                Route(Topic.CALL, "reads", ("có kết quả rồi, [staff] gọi cho [client] hướng dẫn từng bước ạ",)),
            ),
            otherwise="upset",
            silence="upset",
        ),
        "upset": Beat(
            say(
                "{hồi bán thì nói cái [what] cũng trả|vậy đóng tiền chi cho uổng|[sigh]}, {từ [since] tới giờ "
                "chưa xài|[event] mà còn không được|[who] nói [me] nghe lời dụ}",
                "{có khiếu nại được [no]|ai quyết định [q]|cho xem điều nào ghi vậy}, {[me] đóng từ [since] "
                "mà|vụ [event] có giấy bác sĩ|[hospital] cũng nói được|tên [called] đó}",
            ),
            (
                Route(Topic.DOCUMENT, "reads", ("[staff] gửi điều khoản và mẫu giấy tờ đề nghị xem xét lại ạ",)),
                Route(
                    Topic.APOLOGY,
                    "later",
                    ("[staff] xin lỗi vì lúc tư vấn chưa giải thích kỹ, [staff] trình lại hồ sơ cho [client]",),
                ),
                Route(Topic.CALL, "later", ("trưởng nhóm bồi thường xin gọi cho [client] chiều nay ạ",)),
            ),
            otherwise="gone",
        ),
        "reads": THANKFUL,
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("vụ [event]", "gói [plan] chi trả", "hợp đồng của [who]"),
        "event": (
            "sinh mổ",
            "gãy tay té xe máy",
            "mổ ruột thừa",
            "sốt xuất huyết nằm viện",
            "nhổ răng khôn",
            "mổ mắt cườm",
            "chó cắn chích ngừa",
            "đau dạ dày nội soi",
            "ngộ độc thức ăn",
            "xe ngập nước chết máy",
        ),
        "limit": ("60 triệu", "80 triệu", "100 triệu"),
    },
)
