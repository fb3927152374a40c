"""What parents and learners ask first: the fee, the level, the timetable."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_FEE_WAYS = (
    Route(Topic.OUT_OF_STOCK, "full", ("khóa [course] tháng này hết chỗ rồi ạ, khóa sau khai giảng [opening]",)),
    Route(
        Topic.PRICE,
        "dear",
        (
            "học phí [course] là [fee] một khóa 3 tháng, mỗi tuần 3 buổi ạ",
            "khóa [course] [fee] đã gồm giáo trình, lớp tối đa 12 bạn ạ",
        ),
    ),
    Route(
        Topic.DETAILS,
        "level",
        (
            "cho [staff] hỏi [pupil] đang học lớp mấy và đã học ở đâu chưa ạ",
            "cho [staff] xin năm sinh và mục tiêu để [staff] tư vấn đúng lớp ạ",
        ),
    ),
    Route(Topic.APPOINTMENT, "test", ("[client] ghé làm bài kiểm tra đầu vào, [staff] hẹn [day] nhé",)),
)

FEE = Scene(
    "fee",
    {
        "start": Beat(
            say(
                "{[you] ơi,|cho [me] hỏi|chào [you],|[me] muốn hỏi} {lớp|khóa} [course] {cho [learner]|dành cho "
                "[learner]|, [learner] học}",
                "{học phí [how] [q]|đóng [much] một khóa [q]|một tháng [much] [q]|giá [much] vậy [you]}, {tuần "
                "học mấy buổi|lớp bao nhiêu bạn|có gồm sách vở [no]|đóng từng tháng được [no]}",
            ),
            _FEE_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_FEE_WAYS),
        "again": Beat(
            say(
                "{[me] hỏi|cho [me] biết|ý [me] là} [about] {trước [end]|thôi, lịch tính sau|để [me] cân đối|cho "
                "rõ ràng rồi mới ghé}"
            ),
            _FEE_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "dear": Beat(
            say(
                "{hơi cao [so]|mắc [so]|[sigh]|cũng được mà hơi căng}, {bên [rival] có [cheap]|nhà có hai đứa "
                "học|lương [me] có hạn|mới đóng tiền trường xong}",
                "{có bớt [what] [no]|đóng cả năm giảm [no]|anh em ruột giảm [no]|chia hai đợt được [no]}, "
                "{[learner] thích lắm rồi|[folks] dặn hỏi|lớp [course] ấy|[day] [me] đóng liền}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("học phí đồng nhất toàn hệ thống nên bên [staff] không thể bớt ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "deal",
                    (
                        "đăng ký trước [opening] được giảm 15% và tặng kèm balo ạ",
                        "đóng 2 khóa [client] được ưu đãi 20% ạ",
                    ),
                ),
                Route(
                    Topic.APPOINTMENT,
                    "test",
                    ("mời [pupil] qua học thử một buổi rồi hẵng quyết, [staff] đặt lịch [day] nhé",),
                ),
                Route(Topic.DOCUMENT, "papers", ("[staff] gửi bảng giá các khóa và lộ trình để [client] so sánh ạ",)),
            ),
            otherwise="later",
            silence="later",
        ),
        "full": Beat(
            say(
                "{ủa hết rồi hả|tiếc [so]|[sigh]}, {[learner] rảnh mỗi dịp [this]|bạn [learner] học bên đó khen "
                "[so]|[me] tính cho học chung với bạn}",
                "{xếp thêm một chỗ được [no]|có lớp nào khác [no]|cơ sở khác còn [no]|chờ tới [opening] hả}",
            ),
            (
                Route(Topic.IN_STOCK, "test", ("dạ còn chỗ ở cơ sở [branch], lịch [slot] ạ",)),
                Route(
                    Topic.PHONE, "leave", ("[client] cho [staff] xin số điện thoại, có bạn bảo lưu [staff] báo liền ạ",)
                ),
                Route(Topic.APOLOGY, "later", ("[staff] xin lỗi, lớp giới hạn 12 bạn để thầy cô kèm kỹ ạ",)),
            ),
            otherwise="later",
        ),
        "level": Beat(
            say(
                "[learner] {[grade]|đang [grade]|[grade] rồi}, {mất gốc|học ở trường thôi|có học bên [rival] "
                "rồi|biết sơ sơ}",
                "{muốn [goal]|[me] cần [goal]|mục tiêu [goal]}, {vậy học lớp nào [q]|bao lâu thì được [q]|tổng "
                "cỡ [much] [q]}",
            ),
            (
                Route(
                    Topic.APPOINTMENT,
                    "test",
                    ("[day] mời [pupil] qua test đầu vào miễn phí nhé, [staff] đặt lịch ạ",),
                ),
                Route(Topic.PRICE, "deal", ("lộ trình 6 tháng, tổng học phí 11.400.000đ, chia 2 đợt ạ",)),
                Route(Topic.DOCUMENT, "papers", ("[staff] gửi tài liệu lộ trình và mẫu bài test để [client] xem ạ",)),
            ),
            otherwise="later",
        ),
        "test": Beat(
            say(
                "{ok|[yes]|được}, [day] {[me] [brings]|ghé|[me] tranh thủ ghé}, {[slot] được [no]|cơ sở "
                "[branch] hả|có cần mang [what] [no]|giữ chỗ giùm, [phone]|ghi tên [name]}"
            )
        ),
        "deal": Beat(
            say(
                "{nghe được đó|vậy cũng đỡ|ok}, {đăng ký liền còn ưu đãi [no]|[day] [me] đóng|giữ cho [learner] "
                "một chỗ}, {lớp [slot] [end]|cơ sở [branch]|[name], [phone]|[me] chuyển khoản được hả}"
            )
        ),
        "leave": Beat(
            say(
                "{đây|số [me]|gọi} [phone], {[learner] [grade] [end]|có chỗ [slot] thì nhắn|nhắn Zalo là được|cơ "
                "sở [branch] [me] cũng đi}"
            )
        ),
        "papers": THANKFUL,
        "later": THINKING,
        "gone": GONE,
    },
    facts={"about": ("học phí [course]", "giá khóa [course]", "tiền học [course]", "lớp [course]")},
    weight=3,
)

_TIMES_WAYS = (
    Route(Topic.OUT_OF_STOCK, "full", ("ca [slot] kín lịch rồi ạ, bên [staff] tạm hết chỗ khung đó",)),
    Route(
        Topic.IN_STOCK, "near", ("dạ còn chỗ ca [slot] ở cơ sở [branch] ạ", "còn lớp [slot], vừa khai giảng một tuần ạ")
    ),
    Route(Topic.ADDRESS, "near", ("[client] ở khu vực nào để [staff] xếp cơ sở gần nhất ạ",)),
    Route(Topic.APPOINTMENT, "near", ("lịch [course] là [slot], mỗi buổi 90 phút ạ",)),
)

TIMETABLE = Scene(
    "timetable",
    {
        "start": Beat(
            say(
                "{lớp|khóa} [course] {bên [you]|} {học giờ nào|lịch học [how]|có ca [slot]} [q]",
                "{[learner] {kẹt|bận} [busy]|[me] chỉ rảnh [slot]|nhà ở [ward], xa [so] thì ngại}, {xếp được "
                "[no]|có ca cuối tuần [no]|có học online [no]|lỡ nghỉ có học bù [no]}",
            ),
            _TIMES_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_TIMES_WAYS),
        "again": Beat(
            say(
                "{vậy [about] có hay [no]|cho [me] xin [about]|[me] chưa hiểu, [about] [how]}, {kẹt nhất là "
                "[busy]|[learner] [grade] nên khó dời|để [me] sắp xếp giờ giấc}"
            ),
            _TIMES_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "near": Beat(
            say(
                "{giờ đó|ca đó} {tan thì kẹt xe [so]|[learner] chưa ăn cơm kịp|trùng [busy]|cũng được mà hơi trễ}",
                "{tới trễ mười lăm phút có sao [no]|nghỉ có được học bù [no]|đổi ca giữa chừng được [no]|gần "
                "[ward] có cơ sở [no]}{|, hay dính [busy]|, ca [slot] đó|, [learner] [grade] mà}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("lớp cố định nên giữa khóa bên [staff] chưa hỗ trợ đổi ca ạ",)),
                Route(Topic.DISCOUNT, "fine", ("được học bù miễn phí 2 buổi mỗi khóa ạ",)),
                Route(Topic.APPOINTMENT, "fine", ("[staff] sắp lịch sang ca sau nửa tiếng cho [client] nhé",)),
                Route(
                    Topic.CALL, "fine", ("cô phụ trách sẽ gọi cho [client] trước mỗi buổi, trễ vẫn có người trông ạ",)
                ),
            ),
            otherwise="later",
        ),
        "full": Beat(
            say(
                "{kẹt [so] ta|[sigh]|vậy khó rồi}, {[learner] chỉ được mỗi ca [slot]|[busy] rồi còn đâu|chạy qua "
                "[branch] thì xa}",
                "{mở thêm ca đi|danh sách chờ được [no]|đổi chéo với ai được [no]|học online ca đó được [no]}, "
                "{[learner] thích [course] lắm|nhà ở [ward]|[busy] không bỏ được|[grade] rồi, chờ lâu [so]}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("hiện chưa thể mở thêm ca này ạ",)),
                Route(Topic.PHONE, "leave", ("[client] để số điện thoại, đủ 5 bạn [staff] mở lớp mới ạ",)),
                Route(Topic.IN_STOCK, "fine", ("lớp online ca đó vẫn còn chỗ, thầy cô như nhau ạ",)),
            ),
            otherwise="later",
        ),
        "leave": Beat(
            say(
                "[phone] {[end]|nha}, {tên [name]|ghi [learner] [grade]|ưu tiên ca [slot]|khu [ward]|[me] rủ "
                "thêm mẹ bạn nó}"
            )
        ),
        "fine": THANKFUL,
        "later": THINKING,
        "gone": GONE,
    },
    facts={"about": ("lịch [course]", "ca [slot]", "giờ học lớp [course]", "lớp [slot]")},
    weight=2,
)

_LEVEL_WAYS = (
    Route(Topic.PICTURE, "paper", ("[client] chụp giúp [staff] bài kiểm tra gần nhất của [pupil] nhé",)),
    Route(Topic.DETAILS, "tells", ("cho [staff] hỏi [pupil] học tới đâu rồi, yếu phần nào nhất ạ",)),
    Route(Topic.APPOINTMENT, "test", ("[staff] đặt lịch test [day], 45 phút có kết quả liền ạ",)),
    Route(Topic.DOCUMENT, "online", ("[staff] gửi file test online, làm ở nhà 30 phút là biết trình độ ạ",)),
)

LEVEL = Scene(
    "level",
    {
        "start": Beat(
            say(
                "{[learner] [grade]|[learner] thì [grade]} mà {[weak]|học [course] hoài không vô|sợ [course] luôn}",
                "{học lại từ đầu kịp [no]|muốn [goal] thì mất bao lâu [q]|nên bắt đầu từ lớp nào [q]|kèm riêng "
                "hay học nhóm tốt hơn [q]}",
            ),
            _LEVEL_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=30,
        ),
        "nudge": reminder(_LEVEL_WAYS),
        "again": Beat(
            say(
                "{tư vấn kỹ giùm [me]|đừng vội chốt khóa|[me] hỏi [truly]}, {[about] tính [how]|[weak] thì học "
                "gì trước|[learner] cần [goal] mà}"
            ),
            _LEVEL_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "paper": Beat(
            (
                Line(
                    "{bài hôm bữa đây|điểm đó|nhìn mà rầu|cô chấm nè}, {[weak]|được có mấy điểm|sai toàn câu dễ}",
                    type="image",
                ),
                Line(
                    "{[you] coi giùm hổng chỗ nào [q]|vậy kịp [goal] [no]|còn [left] nữa thi rồi|[folks] la quá trời}"
                ),
            ),
            (
                Route(
                    Topic.APPOINTMENT,
                    "test",
                    ("hổng ngữ pháp nền thôi, [day] [staff] hẹn cô chuyên môn gặp [pupil] nhé",),
                ),
                Route(Topic.PRICE, "later", ("nên kèm nhóm nhỏ 4 bạn, 2.800.000đ một tháng ạ",)),
                Route(Topic.DETAILS, "test", ("cho [staff] hỏi mỗi ngày [pupil] tự học được bao lâu ạ",)),
            ),
            otherwise="later",
        ),
        "tells": Beat(
            say(
                "{[weak]|yếu nhất là [weak2]|[grade] mà [weak2] cũng chưa xong}",
                "{ngày học được một tiếng thôi|có [left] nữa thi|[busy] suốt}, {liệu [goal] nổi [no]|có cam kết "
                "đầu ra [no]|học bao lâu [q]}",
            ),
            (
                Route(Topic.REFUSAL, "doubt", ("với nền này trong [left] bên [staff] không thể cam kết đầu ra ạ",)),
                Route(Topic.APPOINTMENT, "test", ("kịp ạ, [staff] xếp lịch test [day] rồi lên lộ trình riêng nhé",)),
                Route(Topic.DOCUMENT, "online", ("[staff] gửi lộ trình từng tuần và hợp đồng cam kết đầu ra ạ",)),
            ),
            otherwise="doubt",
        ),
        "test": Beat(
            (
                Line(
                    "{ok [day]|[yes] [day] đi}, {[slot] [learner] rảnh|cơ sở [branch] [end]|[me] [brings]"
                    "}, {có tốn phí [no]|[name], [phone]|mang theo bút thôi hả|nhớ cô dễ tính giùm}"
                ),
                Line(type="heart"),
            )
        ),
        "online": THANKFUL,
        "doubt": THINKING,
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("trình độ của [learner]", "lộ trình [course]", "việc [goal]"),
        "weak2": ("nghe", "viết", "ngữ pháp", "phát âm", "từ vựng", "bài toán lời văn", "hình học"),
        "left": ("hai tháng", "ba tháng", "sáu tuần", "một học kỳ", "bốn tháng"),
    },
)
