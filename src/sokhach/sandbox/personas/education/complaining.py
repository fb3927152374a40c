"""Refunds, teachers who change, children sent home, fees that nobody spoke of."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_CALMED = Beat(
    say(
        "{thôi được|ừ|[yes] vậy còn nghe được}, {[me] tin lần [this]|nói vậy ngay từ đầu đi|[learner] mà vui lại "
        "thì thôi}, {[day] [me] coi có đúng vậy [no]|nhắn [me] trước [day2]|nhớ báo cô lớp [course]|đừng để [me] "
        "nhắc lần nữa [end]}"
    )
)
_EXPOSED = Beat(
    say(
        "{[me] lên hội nhóm [ward]|[me] đăng Facebook|[me] đánh giá một sao|[me] gửi đơn lên phòng giáo "
        "dục}, {kể hết vụ [about]|để ai tính học [course] còn biết|kèm luôn tin nhắn [this]}",
        "{bữa tiệc khai giảng thì hoành tráng|quảng cáo thì hay|lúc thu tiền thì ngọt}, {có [about] mà giải "
        "quyết không xong|chúc trung tâm đông khách|tới khi hỏi [about] thì im}",
    )
)

_REFUND_WAYS = (
    Route(
        Topic.REFUSAL,
        "unfair",
        ("theo quy định khóa đã học quá 3 buổi thì không thể hoàn ạ, [client] được bảo lưu 6 tháng",),
    ),
    Route(
        Topic.REFUND, "how_much", ("bên [staff] hoàn phí các buổi chưa học, trừ 10% quản lý, trong 7 ngày làm việc ạ",)
    ),
    Route(
        Topic.WAIT, "stalled", ("đợi [staff] kiểm tra số buổi rồi trình quản lý, có kết quả [staff] báo [client] ạ",)
    ),
    Route(
        Topic.APOLOGY, "stalled", ("[staff] xin lỗi vì trải nghiệm chưa tốt, [staff] chuyển yêu cầu lên trên ngay ạ",)
    ),
)

REFUND = Scene(
    "refund",
    {
        "start": Beat(
            say(
                "{[me] muốn rút học phí|[me] xin hoàn tiền|cho [me] lấy lại tiền} {lớp|khóa} [course] của [learner]",
                "{[reason]|lý do là [reason]|nói [truly] là [reason]}, {mới học {hai|ba|bốn|năm} buổi|đóng có "
                "[fee] chứ ít gì|chưa học buổi nào}, {thủ tục [how] [q]|bao giờ nhận được [q]}",
            ),
            _REFUND_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=40,
        ),
        "nudge": reminder(_REFUND_WAYS, gone="exposed"),
        "again": Beat(
            say(
                "{đừng né|[me] hỏi thẳng|nói đi nói lại}, {[about] có trả [no]|lúc thu [fee] nhanh lắm "
                "mà|[reason] thì lỗi đâu phải của [learner]}"
            ),
            _REFUND_WAYS,
            otherwise="exposed",
            silence="exposed",
        ),
        "how_much": Beat(
            say(
                "{trừ vậy hơi nhiều [so]|sao lại trừ|tính ra còn [much] [q]}, {lỗi bên [you] mà|[reason] đâu "
                "phải tại [me]|[fee] mà trừ hết còn gì}",
                "{chuyển về số tài khoản nào cũng được hả|[day2] có chưa [q]|hay cho [learner] chuyển lớp khác}",
            ),
            (
                Route(Topic.REFUSAL, "exposed", ("phần trừ là quy định nên [staff] không thể bỏ ạ",)),
                Route(
                    Topic.DISCOUNT,
                    "calmed",
                    ("trường hợp này [staff] xin quản lý miễn phí quản lý, hoàn đủ cho [client] ạ",),
                ),
                Route(Topic.PRICE, "calmed", ("còn lại 3.720.000đ, kế toán chuyển thứ Sáu ạ",)),
            ),
            otherwise="exposed",
        ),
        "unfair": Beat(
            (
                Line(
                    "{tờ giấy đăng ký nè|coi điều khoản đi|biên lai [me] còn giữ}, {có dòng nào ghi không hoàn "
                    "đâu|ghi rõ đổi ý trong 7 ngày|ai đưa [me] đọc quy định đó}{|, lớp [course] đó|, đóng [fee] "
                    "rành rành|, tên [name]|, cơ sở [branch] đóng dấu}",
                    type="image",
                ),
                Line(
                    "{bảo lưu làm [what] khi [reason]|[me] không cần bảo lưu|cho [me] gặp quản lý cơ sở "
                    "[branch]}{|, [fee] chứ ít gì|, [day] [me] rảnh|, gọi [phone]}"
                ),
            ),
            (
                Route(Topic.REFUND, "how_much", ("[staff] xem lại rồi ạ, bên [staff] đồng ý hoàn phí phần chưa học",)),
                Route(Topic.CALL, "calmed", ("quản lý cơ sở sẽ gọi cho [client] trong 30 phút nữa ạ",)),
                Route(Topic.APOLOGY, "stalled", ("[staff] xin lỗi, bạn tư vấn chưa giải thích kỹ cho [client] ạ",)),
            ),
            otherwise="exposed",
            silence="exposed",
        ),
        "stalled": Beat(
            say(
                "{đợi tới bao giờ [q]|tuần trước cũng đợi|ai là người quyết [q]}, {[me] còn đóng chỗ khác cho "
                "[learner]|[learner] nghỉ ở nhà nè|hôm nay phải rõ [about]}"
            ),
            (
                Route(Topic.REFUND, "how_much", ("quản lý duyệt rồi, bên [staff] hoàn phí trong 5 ngày ạ",)),
                Route(Topic.CALL, "calmed", ("[staff] gọi lại cho [client] trước 17 giờ hôm nay ạ",)),
                Route(Topic.APPOINTMENT, "calmed", ("[day] [client] ghé gặp chị quản lý, [staff] xếp lịch rồi ạ",)),
            ),
            otherwise="exposed",
            silence="exposed",
        ),
        "calmed": _CALMED,
        "exposed": _EXPOSED,
    },
    facts={"about": ("tiền học [course]", "học phí của [learner]", "khoản hoàn phí", "[fee] học phí")},
    mood="complains",
    weight=2,
)

_TEACHER_WAYS = (
    Route(Topic.REFUSAL, "angry", ("lịch thầy cô do phòng đào tạo xếp nên [staff] không thể đổi lại ạ",)),
    Route(Topic.REFUND, "soft", ("[staff] xếp cô chủ nhiệm cũ, [client] có thể đổi sang lớp đó từ tuần sau ạ",)),
    Route(Topic.APOLOGY, "soft", ("[staff] thành thật xin lỗi [client] và [pupil], [staff] báo phòng đào tạo ngay ạ",)),
    Route(Topic.CALL, "soft", ("trưởng phòng đào tạo xin phép gọi cho [client] tối nay ạ",)),
)

TEACHER = Scene(
    "teacher",
    {
        "start": Beat(
            say(
                "{[you] coi lại|[me] phản ánh|[me] nói [truly]} {lớp|giáo viên lớp} [course] {cơ sở [branch]|ca "
                "[slot]|} {giùm|[end]|}",
                "[fault]",
                "{[learner] về nhà khóc|[learner] không chịu đi học nữa|[folks] bực lắm|[learner] học mấy tháng "
                "không nói được câu nào}, {giải quyết [how] [q]|trung tâm quản lý kiểu [what] [q]|đổi thầy cô "
                "được [no]}",
            ),
            _TEACHER_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_TEACHER_WAYS, gone="exposed"),
        "again": Beat(
            say(
                "{ghi nhận rồi sao nữa|nói câu nào cụ thể coi|[me] không cần văn mẫu}, {[about] xử "
                "[how]|[learner] học tiếp với ai|[fault] mà coi được hả}"
            ),
            _TEACHER_WAYS,
            otherwise="exposed",
            silence="exposed",
        ),
        "soft": Beat(
            say(
                "{xin lỗi [learner] ấy|được rồi, nhưng|ừ [me] nghe}, {bao giờ có người mới [q]|mấy buổi mất tính "
                "[how] [q]|có dự giờ kiểm tra [no]}",
                "{[learner] [grade], mất thời gian lắm|còn vài tuần thi [course] rồi|[me] trả [fee] đâu phải để vậy}",
            ),
            (
                Route(Topic.REFUSAL, "angry", ("các buổi đã học bên [staff] không thể tính lại ạ",)),
                Route(Topic.DISCOUNT, "calmed", ("[staff] học bù miễn phí 3 buổi kèm riêng cho [pupil] ạ",)),
                Route(Topic.APPOINTMENT, "calmed", ("[day] cô mới nhận lớp, mời [client] dự giờ, [staff] gửi lịch ạ",)),
            ),
            otherwise="angry",
        ),
        "angry": Beat(
            say(
                "{vậy là không ai chịu trách nhiệm [q]|nghe mà tức|[sigh]}, {cho [me] gặp giám đốc|rút hồ sơ cho "
                "[learner]|cả nhóm phụ huynh lớp [course] nghỉ hết đó}"
            ),
            (
                Route(Topic.CALL, "calmed", ("giám đốc cơ sở gọi cho [client] ngay bây giờ ạ",)),
                Route(Topic.REFUND, "calmed", ("bên [staff] hoàn phí các buổi đó cho [client] ạ",)),
                Route(Topic.APOLOGY, "exposed", ("[staff] xin lỗi, [staff] sẽ chuyển ý kiến ạ",)),
            ),
            otherwise="exposed",
            silence="exposed",
        ),
        "calmed": _CALMED,
        "exposed": _EXPOSED,
    },
    facts={
        "about": ("giáo viên lớp [course]", "thầy cô ca [slot]", "lớp [course] của [learner]"),
        "fault": (
            "{hai|ba} tháng đổi {ba|bốn} {thầy|cô}, [learner] chưa quen người này đã sang người khác",
            "thầy vô lớp bấm điện thoại, mở video cho {các bạn|cả lớp} coi",
            "cô {la|quát} trước lớp vì [learner] làm sai bài",
            "giáo viên nước ngoài quảng cáo {mỗi buổi|100%} mà thấy có {một|hai} lần",
            "cô vào trễ {15|20} phút mà vẫn cho về đúng giờ",
            "lớp hứa 12 bạn giờ nhét {18|20|22} bạn",
        ),
    },
    mood="complains",
    weight=2,
)

_CANCELLED_WAYS = (
    Route(Topic.APPOINTMENT, "makeup", ("[staff] xếp lịch học bù [day2] cho lớp ạ",)),
    Route(Topic.APOLOGY, "not_enough", ("[staff] xin lỗi vì báo gấp, thầy bị tai nạn nhẹ nên lớp nghỉ ạ",)),
    Route(Topic.CALL, "not_enough", ("[staff] gọi lại cho [client] ngay ạ",)),
    Route(Topic.WAIT, "not_enough", ("để [staff] kiểm tra bạn trực lớp rồi báo [client] ngay ạ",)),
)

CANCELLED = Scene(
    "cancelled",
    {
        "start": Beat(
            (
                Line(
                    "{[me] đưa [learner] tới nơi|chạy từ [ward] qua|đội mưa chở [learner] tới} mới biết {lớp "
                    "[course] nghỉ|hôm nay không học|cô bận không dạy}"
                ),
                Line(
                    "{cửa đóng im lìm đây|nhìn nè|coi cái cửa đi}, {chờ {20|30} phút rồi|[hour] giờ kém mà tối "
                    "thui|bảo vệ cũng không biết|có mấy đứa nhỏ đứng chung}",
                    type="image",
                ),
                Line(
                    "{sao không ai nhắn [q]|báo một tiếng khó vậy [q]|[me] xin nghỉ làm để chở đó}, {lần thứ "
                    "{hai|ba} rồi|[folks] càm ràm cả buổi|ai chịu [q]}"
                ),
            ),
            _CANCELLED_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=10,
        ),
        "nudge": reminder(_CANCELLED_WAYS, gone="exposed", minutes=15),
        "again": Beat(
            say(
                "{[me] đang đứng trước cổng nè|còn đang ở [branch] đây|đứng ngoài nắng với [learner]}, {trả lời "
                "[about] đi|[about] là sao|giờ [me] chở về hay chờ [q]}"
            ),
            _CANCELLED_WAYS,
            otherwise="exposed",
            silence="exposed",
            patience_minutes=15,
        ),
        "makeup": Beat(
            say(
                "{[day2] [busy] rồi|bù lúc đó thì ai chở|bù kiểu [this] tiện cho bên [you] thôi}, {đổi [day] "
                "được [no]|học online tối được [no]|trừ tiền buổi đó đi}"
            ),
            (
                Route(
                    Topic.REFUSAL, "exposed", ("buổi nghỉ vì lý do đột xuất thì bên [staff] không hỗ trợ trừ tiền ạ",)
                ),
                Route(Topic.REFUND, "calmed", ("[staff] hoàn lại học phí buổi này vào khóa sau ạ",)),
                Route(Topic.APPOINTMENT, "calmed", ("[staff] đổi lịch bù qua tối [day], học online ạ",)),
            ),
            otherwise="exposed",
        ),
        "not_enough": Beat(
            say(
                "{chuyện đó [me] hiểu|ừ thì cũng tội thầy|biết rồi}, {nhưng nhắn một tin mất {mấy giây|có 10 "
                "giây}|mà danh sách số điện thoại có sẵn mà|[learner] đứng chờ tội lắm}",
                "{lần sau báo trước [how] [q]|bù buổi nào [q]|có quy định [what] vụ [this] [no]}, {từ [ward] qua "
                "xa lắm|[me] còn [busy]|lớp [course] nghỉ hoài|nhóm Zalo lớp có đó}",
            ),
            (
                Route(Topic.DISCOUNT, "calmed", ("bên [staff] bù 2 buổi và tặng [client] voucher 200k ạ",)),
                Route(Topic.APPOINTMENT, "makeup", ("lịch bù [day2], từ nay báo nghỉ trước 3 tiếng qua Zalo ạ",)),
                Route(
                    Topic.APOLOGY,
                    "calmed",
                    ("[staff] xin lỗi [client] lần nữa, [staff] lập nhóm Zalo của lớp để báo ngay ạ",),
                ),
            ),
            otherwise="exposed",
            silence="exposed",
        ),
        "calmed": _CALMED,
        "exposed": _EXPOSED,
    },
    facts={"about": ("vụ nghỉ đột xuất", "lớp [course] hôm nay", "buổi bị nghỉ")},
    mood="complains",
)

_EXTRA_WAYS = (
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi bảng giá ghi rõ các khoản [client] đã ký ạ",)),
    Route(Topic.DISCOUNT, "calm", ("khoản đó [staff] miễn phí cho [pupil] khóa này ạ",)),
    Route(Topic.APOLOGY, "reads", ("[staff] xin lỗi vì bạn tư vấn nói thiếu ạ",)),
    Route(Topic.PRICE, "reads", ("tiền giáo trình 450k, phí thi cuối khóa 300k ạ",)),
)

EXTRA_FEES = Scene(
    "extra_fees",
    {
        "start": Beat(
            say(
                "{đóng [fee] rồi mà|hôm tư vấn nói trọn gói|[learner] cầm giấy về} {còn thu thêm|bắt đóng "
                "thêm|lại đòi} [extra]",
                "{sao lúc đầu không nói [q]|phụ thu kiểu [what] vậy [q]|vậy trọn gói là trọn cái [what]}, {lớp "
                "[course] ai cũng thắc mắc|[folks] nói bị lừa|mỗi thứ một chút cộng lại cả triệu}",
            ),
            _EXTRA_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_EXTRA_WAYS),
        "again": Beat(
            say(
                "{[me] hỏi [about] mà|giải thích [about] coi|[about] ở đâu ra}, {giấy tờ [me] còn giữ|[me] đóng "
                "[fee] là đủ chứ|không rõ thì [me] không đóng}"
            ),
            _EXTRA_WAYS,
            otherwise="exposed",
            silence="gone",
        ),
        "reads": Beat(
            say(
                "{đọc rồi|[me] coi rồi}, {chữ nhỏ xíu ai thấy|đâu có dòng [extra]|[me] ký tờ khác mà}, {bớt cho "
                "[learner] đi|không có [extra] có sao [no]|mua sách cũ được [no]}"
            ),
            (
                Route(Topic.REFUSAL, "exposed", ("khoản này bắt buộc nên [staff] không thể bỏ ạ",)),
                Route(Topic.DISCOUNT, "calm", ("[staff] xin giảm nửa phần [extra] cho [client] ạ",)),
                Route(Topic.REFUND, "calm", ("[staff] sẽ trả lại khoản đó vào học phí khóa sau ạ",)),
            ),
            otherwise="exposed",
        ),
        "calm": THANKFUL,
        "exposed": _EXPOSED,
        "gone": GONE,
    },
    facts={
        "about": ("[extra]", "khoản [extra]", "khoản thu thêm"),
        "extra": (
            "tiền giáo trình",
            "phí thi cuối khóa",
            "tiền máy lạnh",
            "tiền đồng phục",
            "phí ngoại khóa",
            "tiền app học online",
            "phí in tài liệu",
        ),
    },
    mood="complains",
)
