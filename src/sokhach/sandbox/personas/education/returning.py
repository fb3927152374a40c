"""Back again: with good marks, or for a pause and papers."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_RESULT_WAYS = (
    Route(Topic.DISCOUNT, "again_up", ("chúc mừng ạ, học viên cũ lên khóa tiếp được giảm 20%",)),
    Route(Topic.APPOINTMENT, "again_up", ("khóa sau có lịch [slot], [staff] giữ chỗ trước cho [pupil] nhé",)),
    Route(Topic.PICTURE, "boast", ("[client] cho [staff] xin hình chụp cùng bảng điểm để trung tâm khen [pupil] nhé",)),
    Route(Topic.THANKS, "warm", ("[staff] cảm ơn [client] đã tin tưởng, cô chủ nhiệm đọc tin vui lắm ạ",)),
    Route(Topic.PRICE, "again_up", ("khóa tiếp theo 5.200.000đ, khai giảng [opening] ạ",)),
)

RESULT = Scene(
    "result",
    {
        "start": Beat(
            (
                Line(
                    "{khoe [you] nè|[you] ơi có tin vui|báo [you] hay}, [learner] {[result]|vừa [result]} {, cả "
                    "nhà mừng [so]|nhờ cô lớp [course]|, [folks] cười suốt|}"
                ),
                Line(
                    "{bảng điểm đây|nhìn nè|cô giáo gửi về nè}, {[result]|lớp [course]|ca [slot]|học từ "
                    "[since]|chữ ký cô còn tươi}",
                    type="image",
                ),
                Line(
                    "{vậy học tiếp lớp nào [q]|khóa sau khi nào [q]|học tiếp có ưu đãi [what] [no]|lên lớp trên "
                    "được chưa [q]}"
                ),
            ),
            _RESULT_WAYS,
            otherwise="warm",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_RESULT_WAYS, again="warm", minutes=120),
        "again_up": Beat(
            say(
                "{ưu đãi cho bạn cũ vậy thôi hả|ok học tiếp|vậy đăng ký luôn}, {giữ cô cũ được [no]|ca [slot] "
                "giữ nguyên nha|rủ thêm bạn có quà [no]}"
            ),
            (
                Route(Topic.REFUSAL, "hesitates", ("cô cũ chuyển cơ sở nên [staff] chưa thể giữ cô ạ",)),
                Route(Topic.DISCOUNT, "enrols", ("rủ thêm 1 bạn mỗi bạn được giảm 300k ạ",)),
                Route(Topic.IN_STOCK, "enrols", ("lớp cô cũ vẫn còn 2 chỗ, [staff] giữ cho [pupil] ạ",)),
                Route(Topic.APPOINTMENT, "enrols", ("[staff] xếp đúng lịch cũ, khai giảng [opening] nhé",)),
            ),
            otherwise="hesitates",
        ),
        "boast": Beat(
            (
                Line(
                    "{gửi liền|hình đây|cho phép đăng luôn [end]}, {che tên trường giùm|[learner] mắc cỡ "
                    "[so]|[result] mà mặt tỉnh bơ|[folks] đòi in ra treo}",
                    type="image",
                ),
                Line(
                    "{đăng xong gửi [me] link|thẻ quà cho [learner] có [no]|cảm ơn cô lớp [course] nhiều "
                    "[end]|khóa tới tính sau nha}"
                ),
            )
        ),
        "enrols": Beat(
            say(
                "{chốt|ghi danh luôn|ok đóng luôn}, {[day] [me] ghé [branch]|tên [name], [phone]|lớp [slot] "
                "[end]|[me] rủ được mẹ bạn nó nữa|chuyển khoản như lần trước}"
            )
        ),
        "hesitates": THINKING,
        "warm": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": ("khóa tiếp theo của [learner]", "lớp trên của [course]", "chuyển lớp cho [learner]"),
        "result": (
            "thi cuối kỳ được 9,2",
            "đạt 6.5",
            "đậu cấp 3",
            "lấy được chứng chỉ",
            "được giải ba cấp trường",
            "nói chuyện được với khách Tây",
            "phỏng vấn đậu rồi",
            "lên hạng trong lớp",
        ),
        "since": ("hè", "tháng 3", "đầu năm", "trước Tết"),
    },
    mood="returns",
)

_PAUSE_WAYS = (
    Route(Topic.REFUSAL, "pushes", ("khóa ưu đãi thì không được bảo lưu ạ, [client] thông cảm giúp [staff]",)),
    Route(Topic.DOCUMENT, "sends", ("[client] điền giấy tờ bảo lưu theo mẫu này, [staff] gửi file ạ",)),
    Route(Topic.DETAILS, "sends", ("cho [staff] xin tên lớp và lý do để [staff] làm phiếu bảo lưu ạ",)),
    Route(Topic.WAIT, "waits", ("để [staff] kiểm tra số buổi còn lại rồi báo [client] nhé",)),
)

PAUSE = Scene(
    "pause",
    {
        "start": Beat(
            say(
                "{[learner] đang học|hôm trước đăng ký|[learner] có học} {lớp|khóa} [course] ca [slot]",
                "{giờ [busy2]|mà [busy2]|sắp tới [busy2]}, {bảo lưu được [no]|cho [me] xin [paper]|nghỉ một thời "
                "gian có mất tiền [no]|nhường lại cho người khác học được [no]}",
            ),
            _PAUSE_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_PAUSE_WAYS, minutes=90),
        "again": Beat(
            say(
                "{[me] hỏi|[you] coi giùm|cần biết} [about] {thôi mà|sớm vì [busy2]|để [me] còn sắp xếp|chứ "
                "[learner] nghỉ từ tuần tới rồi}"
            ),
            _PAUSE_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "waits": Beat(
            say(
                "{[yes] coi giùm [me]|ok chờ [you]}, {tên [name]|[learner] [grade]|số [phone]}, {còn chừng "
                "{mười|mười hai|hai chục} buổi|đóng từ [since]|lớp ca [slot] đó}"
            ),
            (
                Route(Topic.REFUSAL, "pushes", ("đã quá nửa khóa nên bên [staff] chưa thể bảo lưu ạ",)),
                Route(Topic.IN_STOCK, "fine", ("[client] vẫn còn 14 buổi, bảo lưu tới 6 tháng ạ",)),
                Route(Topic.DOCUMENT, "sends", ("[staff] gửi [client] mẫu giấy tờ, ký rồi chụp lại giúp [staff] ạ",)),
            ),
            otherwise="pushes",
            silence="pushes",
            patience_minutes=120,
        ),
        "sends": Beat(
            (
                Line(
                    "{[name], lớp [course]|điền xong rồi nè|đây [end]}, {[busy2]|nghỉ từ [day2]|số [phone]|ca [slot]}",
                    type="image",
                ),
                Line(
                    "{vậy được chưa [you]|khi nào có [paper] báo [me]|giữ chỗ cho [learner] nha|học lại nhớ nhắn "
                    "[me]}{|, lớp [course] đó|, ca [slot]|, chừng [day2] [me] hỏi lại|, số [phone]}"
                ),
            )
        ),
        "pushes": Beat(
            say(
                "{kỳ [so] vậy|bên [rival] cho mà|[sigh]}, {[busy2] chứ có phải lười đâu|đóng [fee] mà mất "
                "trắng|[me] đâu muốn nghỉ}, {xin quản lý giùm|châm chước cho [learner]|cho học online thay được "
                "[no]}"
            ),
            (
                Route(Topic.CALL, "fine", ("để [staff] gọi quản lý xin cho [client] rồi gọi lại trong chiều nay ạ",)),
                Route(Topic.DISCOUNT, "fine", ("quản lý đồng ý bảo lưu miễn phí 3 tháng cho [pupil] ạ",)),
                Route(Topic.APOLOGY, "bitter", ("[staff] xin lỗi, quy định chung nên [staff] cũng hết cách ạ",)),
            ),
            otherwise="bitter",
        ),
        "bitter": Beat(
            say(
                "{thôi coi như [me] xui|lần sau [me] chừa|biết vậy đăng ký [rival]}, {[fee] chứ ít gì|học "
                "[course] cũng nản|[folks] nói đúng rồi}, {khỏi nhắn [me] khóa mới|[me] kể cho mấy người quen "
                "[ward] nghe|còn mấy buổi thì thôi bỏ}"
            )
        ),
        "fine": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": ("bảo lưu khóa [course]", "[paper]", "việc nghỉ tạm lớp [course]"),
        "paper": ("giấy xác nhận học viên", "bảng điểm", "chứng nhận cuối khóa", "hóa đơn học phí", "phiếu bảo lưu"),
        "since": ("hè", "tháng 3", "đầu năm", "trước Tết"),
    },
    mood="returns",
)
