"""Scenes of one person each: a family abroad, an old learner, one who only asks the price."""

from sokhach.sandbox.personas.manners import GONE, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_ABROAD_WAYS = (
    Route(Topic.OUT_OF_STOCK, "zone", ("ca sáng giờ Việt Nam kín lịch rồi ạ, còn ca tối thôi",)),
    Route(Topic.APPOINTMENT, "tries", ("cô có lịch 8 giờ sáng Việt Nam, [staff] đặt buổi thử nhé",)),
    Route(Topic.PRICE, "pays", ("kèm riêng online 280.000đ một buổi 45 phút ạ",)),
    Route(Topic.PICTURE, "tries", ("[staff] gửi video một buổi cô dạy để [client] xem cách dạy ạ",)),
)

ABROAD = Scene(
    "abroad",
    {
        "start": Beat(
            say(
                "{mình ở|nhà mình bên|gia đình mình ở} [abroad], {con {7|8|9|10} tuổi|hai đứa nhỏ|con gái} {nghe "
                "được tiếng Việt mà không nói|nói ngọng tiếng Việt|chưa biết đọc chữ Việt}",
                "{có lớp online [no]|cô nào dạy tiếng Việt cho trẻ [no]|học một kèm một được [no]}, {lệch múi "
                "giờ tính [how] [q]|trả tiền bằng [what] được [q]|hè về thăm [grandma] muốn con nói chuyện được}",
            ),
            _ABROAD_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_ABROAD_WAYS, minutes=120),
        "again": Beat(
            say(
                "{sorry|xin lỗi}, {mình gõ tiếng Việt hơi chậm|bên mình [abroad] giờ khuya}, {cho hỏi lại "
                "[about]|[about] có hay không|mình cần biết [about] trước}"
            ),
            _ABROAD_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "zone": Beat(
            say(
                "{tối Việt Nam là sáng bên này, con đi học|giờ đó con ngủ rồi|[abroad] lệch ngược luôn}, {cuối "
                "tuần được [no]|có cô nào bên nước ngoài dạy [no]|thu clip rồi học lại được [no]}"
            ),
            (
                Route(Topic.REFUSAL, "later", ("ngoài khung đó bên [staff] chưa thể xếp cô ạ",)),
                Route(Topic.IN_STOCK, "tries", ("cuối tuần vẫn còn một ca 7 giờ sáng Việt Nam ạ",)),
                Route(Topic.APPOINTMENT, "tries", ("[staff] xếp lịch Chủ nhật cho bé, cô dạy được ạ",)),
            ),
            otherwise="later",
        ),
        "pays": Beat(
            say(
                "{giá được|tính ra rẻ hơn bên này nhiều|ok}, {trả theo tháng nha|[grandma] ở Việt Nam đóng "
                "giùm|chuyển từ [abroad] về được [no]}, {[day] học thử|cô giọng Nam nha|cô giọng Bắc cũng "
                "được|cần sách thì gửi cho [grandma]}"
            )
        ),
        "tries": Beat(
            (
                Line(
                    "{hay quá|ok thử một buổi|yes}, {[day] con rảnh|giờ [abroad] là tối thứ Sáu|gửi link trước "
                    "nha|con hơi nhát, cô hát cho vui|[grandma] cũng muốn coi}"
                ),
                Line(type="sticker"),
            )
        ),
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("lớp tiếng Việt online", "giờ học bên [abroad]", "cô dạy tiếng Việt cho trẻ"),
        "abroad": ("Đức", "Úc", "Canada", "Cali", "Séc", "Nhật", "Houston"),
        "grandma": ("bà ngoại", "ông bà nội", "ngoại ở Cần Thơ", "bà cố"),
    },
)

_ELDER_WAYS = (
    Route(Topic.OUT_OF_STOCK, "waits", ("lớp người lớn tuổi tháng này hết chỗ rồi ạ",)),
    Route(Topic.DISCOUNT, "glad", ("trên 60 tuổi bên con học miễn phí luôn ạ",)),
    Route(Topic.PRICE, "glad", ("lớp 8 buổi 600.000đ, gồm tài liệu chữ to ạ",)),
    Route(Topic.APPOINTMENT, "glad", ("con đặt lịch học thử [day], có bạn trẻ kèm một bên ạ",)),
    Route(Topic.CALL, "glad", ("con gọi cho [client] chỉ từng bước nhé",)),
)

ELDER = Scene(
    "elder",
    {
        "start": Beat(
            say(
                "{[me] già rồi|[me] {65|68|70} tuổi} {mà muốn học|còn học được [no],} {xài điện thoại|cài "
                "VNeID|gọi video|chuyển tiền qua điện thoại|đọc báo trên mạng}",
                "{lớp ngày nào [q]|học phí [how] [q]|có cô nào kiên nhẫn dạy [no]}, {con cháu nó chỉ lẹ quá|mắt "
                "[me] kém chữ phải to|[me] sợ bị lừa đảo qua mạng|nhà ở [ward]}",
            ),
            _ELDER_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_ELDER_WAYS, minutes=120),
        "again": Beat(
            (
                Line(
                    "{[me] bấm lộn|[me] không rành bấm}, {nói miệng nghe|nghe giùm [me]}, {hỏi [about] "
                    "đó|[about] có [no]|chờ [about] hoài}"
                ),
                Line(type="audio", variant="loi-nhan.amr"),
            ),
            _ELDER_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "waits": Beat(
            say(
                "{vậy đợi|ừ không gấp}, {khi nào có lớp kêu [me]|[me] để số [phone]|ghi tên [name]|rủ thêm ông "
                "bạn [ward]}, {học cho vui tuổi già|chừng [day2] hỏi lại|miễn đừng dạy lẹ quá}"
            )
        ),
        "glad": Beat(
            (
                Line(
                    "{tốt [so]|mừng [so]|vậy còn gì bằng}, {[day] [me] tới|[me] đi xe đạp qua [branch]|tên "
                    "[name]|rủ bà xã học chung}, {có chỗ để xe [no]|mang theo kính với điện thoại thôi hả|máy cũ "
                    "học được [no]}"
                ),
                Line(type="heart"),
            )
        ),
        "gone": GONE,
    },
    facts={"about": ("lớp cho người già", "lớp học điện thoại", "chỗ học gần [ward]")},
)

_ONLY_WAYS = (
    Route(
        Topic.DETAILS,
        "lazy",
        (
            "cho [staff] hỏi [client] đăng ký cho bé hay cho [client] ạ",
            "cho [staff] xin năm sinh của bạn học để báo đúng lớp ạ",
        ),
    ),
    Route(Topic.PRICE, "quiet", ("học phí [fee] một khóa ạ, [client] cần [staff] gửi lịch không",)),
    Route(Topic.PHONE, "number", ("[client] để lại số điện thoại [staff] tư vấn kỹ hơn nhé",)),
)

PRICE_ONLY = Scene(
    "price_only",
    {
        "start": Beat(
            say(
                "{giá|học phí|nhiêu|xin giá|ib học phí|bao nhiêu} {lớp|khóa} [course]{| ca [slot]| ở [branch]| "
                "[grade]| cho [learner]}"
            ),
            _ONLY_WAYS,
            otherwise="lazy",
            silence="gone",
            patience_minutes=10,
        ),
        "lazy": Beat(
            say(
                "{hỏi giá [course] thôi mà|nói giá lớp [course] đi|khỏi hỏi ngược|[course] nhiêu}{|, hỏi nhiều "
                "[so]|, lằng nhằng|, coi rồi tính}"
            ),
            (
                Route(Topic.PRICE, "quiet", ("dạ [fee] một khóa 3 tháng ạ",)),
                Route(Topic.APOLOGY, "quiet", ("[staff] xin lỗi, mỗi trình độ một mức nên [staff] phải hỏi ạ",)),
                Route(Topic.DOCUMENT, "quiet", ("[staff] gửi bảng giá tất cả các lớp ạ",)),
            ),
            otherwise="gone",
            silence="gone",
        ),
        "number": Beat(
            say(
                "{khỏi|thôi ngại|không nghe máy đâu}, {báo giá [course] ở đây|nhắn thôi|hỏi lớp [slot] vậy "
                "thôi|lớp [course] nhiêu nói đi}"
            )
        ),
        "quiet": Beat(
            say(
                "{ok|ừ|vậy hả|mắc|thanks|để coi}{ [course] để tính| lớp [course]| để so với [rival]| hỏi [folks] "
                "cái| khi nào rảnh hỏi tiếp}"
            )
        ),
        "gone": Beat(
            say("{khỏi|thôi}, {hỏi [rival] cho lẹ|lớp [course] đâu thiếu chỗ|rep chậm [so]|[course] mà cũng giấu giá}")
        ),
    },
    facts={"about": ("giá lớp [course]", "học phí [course]")},
)
