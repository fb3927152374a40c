"""Comparing centres, fearing not to keep up."""

from sokhach.sandbox.personas.manners import GONE, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_COMPARE_WAYS = (
    Route(Topic.PICTURE, "proof", ("[staff] gửi hình bảng điểm đầu ra của các bạn khóa trước nhé",)),
    Route(Topic.DOCUMENT, "proof", ("[staff] gửi file lộ trình và hồ sơ giáo viên để [client] so sánh ạ",)),
    Route(Topic.DISCOUNT, "tempted", ("[client] chuyển từ trung tâm khác qua được giảm 15% và tặng kèm bộ sách ạ",)),
    Route(
        Topic.APPOINTMENT,
        "visit",
        ("mời [pupil] qua học thử [day], so sánh trực tiếp là rõ nhất, [staff] đặt lịch nhé",),
    ),
)

COMPARE = Scene(
    "compare",
    {
        "start": Beat(
            say(
                "{[me] đang phân vân|[me] cân nhắc|nhà [me] đang lựa} giữa bên [you] với {[rival]|trung tâm "
                "[rival]|chỗ [rival]} cho [learner] học [course]",
                "{bên đó [point]|nghe nói bên đó [point]|bạn [me] kể bên đó [point]}, {bên [you] hơn chỗ nào "
                "[q]|[you] nói thử coi khác [how]|sao bên [you] mắc hơn [q]}",
            ),
            _COMPARE_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=40,
        ),
        "nudge": reminder(_COMPARE_WAYS, minutes=60),
        "again": Beat(
            say(
                "{chỗ nào chẳng nói vậy|nghe quen [so]|[truly] lòng đi [you]}, {bên kia [point]|[learner] cần "
                "[goal] thì bên nào hơn|cho [me] cái gì cụ thể về [about]}"
            ),
            _COMPARE_WAYS,
            otherwise="later",
            silence="gone",
        ),
        "proof": Beat(
            say(
                "{coi rồi|đọc hết rồi|[me] có xem}, {điểm cao toàn mấy bạn giỏi sẵn|[grade] như [learner] thì có "
                "bạn nào [no]|thầy đó còn dạy [no]}",
                "{có cam kết [goal] bằng giấy [no]|không đạt thì sao|[rival] họ [point] kìa}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("kết quả còn tùy bạn học nên [staff] không thể cam kết chắc ạ",)),
                Route(Topic.REFUND, "convinced", ("không đạt mục tiêu bên [staff] hoàn phí 50% hoặc cho học lại ạ",)),
                Route(Topic.DISCOUNT, "convinced", ("học lại miễn phí tới khi đạt, ghi rõ trong phiếu đăng ký ạ",)),
                Route(
                    Topic.APPOINTMENT, "visit", ("[day] cô chuyên môn rảnh, [staff] hẹn cô gặp [client] tư vấn nhé",)
                ),
            ),
            otherwise="later",
        ),
        "tempted": Beat(
            say(
                "{giảm vậy cũng ham|chỉ vậy thôi hả|thêm chút nữa đi}, {bên kia [point] mà|tặng thêm tháng "
                "học|[folks] bảo đợi đợt khuyến mãi to hơn}",
                "{tới [opening] còn áp dụng [no]|hai chị em cùng học có bớt nữa [no]|bảo lưu được [no]}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("ưu đãi chỉ tới hết tuần nên [staff] không thể giữ thêm ạ",)),
                Route(Topic.DISCOUNT, "convinced", ("hai bạn cùng nhà được giảm thêm 5% nữa ạ",)),
                Route(
                    Topic.WAIT,
                    "later",
                    ("để [staff] hỏi quản lý xem giữ được suất này không ạ, [client] chờ [staff] xíu",),
                ),
            ),
            otherwise="later",
            silence="later",
        ),
        "convinced": Beat(
            say(
                "{nghe được|ok vậy yên tâm hơn|[yes], [me] ưng}, {[day] [me] [brings]|giữ ca [slot] "
                "giùm|cơ sở [branch] [end]|ghi tên [name], [phone]|để [me] báo [folks] rồi đóng}"
            )
        ),
        "visit": Beat(
            say(
                "{ok [day]|được, [day] đi}, {[learner] ngại người lạ, cô nhẹ nhàng giùm|[me] ghé [rival] luôn "
                "cho biết|ca [slot] [end]|[folks] đi cùng|tới cơ sở [branch] gặp ai [q]}"
            )
        ),
        "later": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("lớp [course] bên nào tốt", "khóa [course]", "chất lượng lớp [course]"),
        "point": (
            "rẻ hơn cả triệu",
            "cam kết đầu ra",
            "giáo viên bản xứ hết",
            "lớp có 8 bạn",
            "gần nhà hơn",
            "tặng máy tính bảng",
            "dạy hai kèm một",
            "cho đóng theo tháng",
        ),
    },
    mood="wavers",
    weight=2,
)

_AFRAID_WAYS = (
    Route(
        Topic.DISCOUNT,
        "cheer",
        (
            "tháng đầu bên [staff] kèm thêm 2 buổi miễn phí cho bạn mới ạ",
            "[client] học trước 1 tuần miễn phí, hợp thì đóng ạ",
        ),
    ),
    Route(Topic.APPOINTMENT, "cheer", ("[staff] đặt lịch học thử [day], ngồi cạnh trợ giảng cho đỡ ngại ạ",)),
    Route(Topic.WARRANTY, "cheer", ("có trợ giảng kỹ thuật số hỗ trợ sau giờ học tới 22 giờ ạ",)),
    Route(Topic.DETAILS, "opens", ("cho [staff] hỏi điều gì làm [client] lo nhất, thời gian hay kiến thức ạ",)),
)

AFRAID = Scene(
    "afraid",
    {
        "start": Beat(
            say(
                "{[me] cũng muốn [lets] học [course]|[me] tính đăng ký [course] cho [learner]|nói [truly] "
                "với [you], [me] muốn [lets] học [course]}",
                "{mà sợ {không theo nổi|đóng tiền rồi bỏ|học trước quên sau}|nhưng [busy] hoài|mà [weak]}, "
                "{người [how] thì học được [q]|lớp có ai giống vậy [no]|[grade] học còn kịp [no]}",
            ),
            _AFRAID_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=45,
        ),
        "nudge": reminder(_AFRAID_WAYS, minutes=60),
        "again": Beat(
            say(
                "{nghe vẫn run|chưa yên tâm [so]|[you] động viên vậy thôi}, {[about] có ai bỏ giữa chừng [no]|lỡ "
                "[busy] thì [about] tính sao|cho [me] biết thêm [about]}"
            ),
            _AFRAID_WAYS,
            otherwise="later",
            silence="gone",
        ),
        "opens": Beat(
            say(
                "{lo nhất là [busy]|sợ nhất là [weak]|ngại vì lớn tuổi hơn mấy bạn}{, mà cần [goal]|, [grade] "
                "rồi|, lớp [course] chắc khó|, [folks] cũng nói vậy}",
                "{tối về mệt [so]|bỏ lâu rồi|hồi trước học [rival] được nửa khóa là nghỉ}, {giờ làm lại [how]|có "
                "lớp chậm hơn [no]|học một kèm một [much] [q]}",
            ),
            (
                Route(Topic.PRICE, "later", ("kèm riêng 320k một buổi, [client] chọn giờ ạ",)),
                Route(Topic.IN_STOCK, "cheer", ("dạ còn lớp nền tảng đi chậm, đa số là anh chị đi làm ạ",)),
                Route(
                    Topic.APPOINTMENT,
                    "cheer",
                    ("[staff] xếp lịch linh hoạt, bận thì báo trước 2 tiếng là được học bù ạ",),
                ),
            ),
            otherwise="later",
        ),
        "cheer": Beat(
            (
                Line(
                    "{nghe vậy cũng ham|thôi liều một phen|[yes], có [you] nói vậy [me] đỡ lo}, {[day] cho "
                    "[learner] thử|lớp [slot] [end]|ghi tên [name]|để [me] nói [folks] giữ nhà giùm|bài tập nhẹ "
                    "thôi nha}"
                ),
                Line(type="sticker"),
            )
        ),
        "later": THINKING,
        "gone": GONE,
    },
    facts={"about": ("lớp [course]", "lớp nền tảng", "việc học bù", "khóa [course] cho người bận")},
    mood="wavers",
)
