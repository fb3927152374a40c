"""Trial lessons, enrolment, and changes of mind about the class."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_TRIAL_WAYS = (
    Route(
        Topic.REFUSAL, "why_not", ("khóa này bên [staff] chưa hỗ trợ học thử ạ, nhưng [client] được dự giờ 15 phút",)
    ),
    Route(Topic.PHONE, "gives", ("[client] cho [staff] xin tên và số điện thoại để xếp lớp thử ạ",)),
    Route(Topic.DETAILS, "gives", ("cho [staff] xin năm sinh và lớp của [pupil] để xếp đúng trình độ ạ",)),
    Route(Topic.APPOINTMENT, "gives", ("[staff] đặt lịch học thử [day], ca [slot] ở cơ sở [branch] nhé",)),
)

TRIAL = Scene(
    "trial",
    {
        "start": Beat(
            say(
                "{có cho học thử [no]|[me] muốn đăng ký học thử|thấy bài học thử miễn phí}, {lớp "
                "[course]|[course]} cho [learner]",
                "{[day] được [no]|buổi nào gần nhất [q]|cơ sở [branch] có [no]}, {[learner] nhát lắm|[learner] "
                "[grade]|học thử xong mới đóng tiền nha|có mất phí [what] [no]}",
            ),
            _TRIAL_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_TRIAL_WAYS),
        "again": Beat(
            say(
                "{là có hay không [q]|[me] chỉ hỏi [about]|[you] xác nhận giùm}, {[day] [learner] rảnh|để [me] "
                "xin nghỉ buổi [busy]|[folks] dặn hỏi kỹ [about]}"
            ),
            _TRIAL_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "gives": Beat(
            say(
                "{tên [name]|ghi [name]|[learner] tên [name] [end]}, {[grade]|[phone]|[phone], khu [ward]}",
                "{[day] đi được, ca [slot] hả|trước giờ học nhắc [me] nha|[me] ngồi dự được [no]|có ai đón ở "
                "cổng [no]}",
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "why_not",
                    ("để con tập trung nên phụ huynh không ngồi trong lớp được, [staff] không thể xếp thêm ghế ạ",),
                ),
                Route(
                    Topic.APPOINTMENT,
                    "moved",
                    (
                        "[staff] xác nhận lịch [day] ca [slot], tối trước [staff] nhắc [client] ạ",
                        "vâng [staff] giữ lịch thử cho [pupil], có cô đón ở sảnh ạ",
                    ),
                ),
                Route(Topic.ADDRESS, "moved", ("địa chỉ cơ sở [branch], tầng 2, có chỗ giữ xe ạ",)),
            ),
            otherwise="moved",
        ),
        "moved": Beat(
            say(
                "{[you] ơi|phiền [you]}, {[learner] bị sốt|trường [learner] dời lịch thi|[me] kẹt việc|mưa ngập "
                "[so]} {không đi buổi đó được|chắc xin dời}",
                "{dời qua [day2] được [no]|đổi cơ sở khác được [no]|có mất suất học thử [no]|gửi clip buổi học "
                "cho coi được [no]}",
            ),
            (
                Route(Topic.OUT_OF_STOCK, "why_not", ("[day2] lớp thử kín lịch rồi ạ",)),
                Route(Topic.PICTURE, "video", ("[staff] gửi video một buổi học cho [client] xem trước ạ",)),
                Route(Topic.APPOINTMENT, "fine", ("không sao ạ, [staff] dời lịch qua [day2] cho [pupil] nhé",)),
                Route(Topic.IN_STOCK, "fine", ("suất học thử vẫn còn ạ, [client] rảnh hôm nào nhắn [staff]",)),
            ),
            otherwise="fine",
            silence="fine",
        ),
        "video": Beat(
            (
                Line(
                    "{coi rồi|[me] mở cho [learner] coi rồi}, {cô dễ thương [so]|lớp vui|ồn [so]|thầy nói nhanh "
                    "quá}, {[day2] cho [learner] qua luôn|[learner] đòi đi học liền|để [folks] coi nữa đã}"
                ),
                Line(type="sticker"),
            )
        ),
        "why_not": THINKING,
        "fine": THANKFUL,
        "gone": GONE,
    },
    facts={"about": ("buổi học thử [course]", "lớp thử [course]", "suất học thử")},
    mood="orders",
    weight=2,
)

_ENROL_WAYS = (
    Route(
        Topic.OUT_OF_STOCK, "waitlist", ("lớp [slot] vừa hết chỗ sáng nay ạ, còn ca khác [client] xem giúp [staff]",)
    ),
    Route(Topic.PHONE, "pays", ("[client] cho [staff] xin họ tên, năm sinh của [pupil] và số điện thoại phụ huynh ạ",)),
    Route(Topic.DISCOUNT, "pays", ("đăng ký hôm nay giảm 10% còn 4.860.000đ ạ",)),
    Route(Topic.PRICE, "pays", ("học phí [fee], [client] chuyển khoản hoặc đóng tại quầy đều được ạ",)),
    Route(Topic.DETAILS, "pays", ("cho [staff] xin tên đầy đủ và ngày sinh của [pupil] ạ",)),
)

ENROL = Scene(
    "enrol",
    {
        "start": Beat(
            say(
                "{cho [me] đăng ký|[me] ghi danh|chốt} {lớp|khóa} [course] {cho [learner]|, ca [slot]|ở [branch]}",
                "{đóng tiền [how] [q]|cần giấy tờ [what] [no]|khi nào học [q]|chuyển khoản luôn được [no]}, "
                "{[learner] học thử thấy thích|[folks] đồng ý rồi|khai giảng [opening] hả}",
            ),
            _ENROL_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=15,
        ),
        "nudge": reminder(_ENROL_WAYS, minutes=20),
        "again": Beat(
            say(
                "{[me] cần|cho [me] rõ} [about] {rồi [me] chuyển tiền|để khỏi trễ [opening]|trước giờ [me] tan "
                "làm|chứ chạy tới lui hoài mệt}"
            ),
            _ENROL_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "pays": Beat(
            (
                Line(
                    "{[name], [grade]|[learner] tên [name], [grade]|họ tên [name]}, {[phone]|số [me] "
                    "[phone]|liên hệ [phone]}, {nhà ở [ward]|học ca [slot]|cơ sở [branch]}"
                ),
                Line(
                    "{[me] chuyển rồi nha|biên lai nè|coi tới chưa [you]|đóng đủ khóa rồi đó|chuyển trước một "
                    "nửa}, {nội dung ghi tên [name]|lớp [course]|chuyển từ tài khoản của [folks]}",
                    type="image",
                ),
                Line(
                    "{mà cho [me] đổi|[folks] kêu đổi|ấy, đổi giùm} {sang ca khác|qua cơ sở [branch2]|lùi ngày "
                    "bắt đầu qua [day2]|sang lớp ít bạn hơn} {được [no]|nha}"
                ),
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "stuck",
                    ("lớp đó khác giáo trình nên [staff] không thể đổi ạ, [client] giữ lớp cũ nhé",),
                ),
                Route(Topic.OUT_OF_STOCK, "stuck", ("cơ sở [branch2] hết chỗ rồi ạ",)),
                Route(Topic.WAIT, "receipt", ("đợi [staff] kiểm tra với kế toán và lớp kia rồi báo [client] ạ",)),
                Route(Topic.IN_STOCK, "fine", ("bên đó vẫn còn chỗ, [staff] đổi cho [pupil] rồi ạ",)),
                Route(Topic.REFUND, "fine", ("[staff] đổi sang lớp mới cho [client], học phí giữ nguyên ạ",)),
                Route(
                    Topic.THANKS, "fine", ("[staff] cảm ơn, trung tâm nhận đủ rồi ạ, [staff] sửa lại thông tin lớp",)
                ),
            ),
            otherwise="receipt",
            silence="receipt",
        ),
        "receipt": Beat(
            say(
                "{tiền tới chưa [you]|sao chưa thấy phiếu thu|có nhận được tiền lớp [course] chưa}, {chuyển lúc "
                "[hour] giờ đó|kẻo lộn lớp|[folks] hỏi biên lai hoài|còn vụ đổi lớp nữa}"
            ),
            (
                Route(Topic.APOLOGY, "fine", ("[staff] xin lỗi vì báo trễ, kế toán vừa xác nhận đủ tiền ạ",)),
                Route(Topic.DOCUMENT, "fine", ("[staff] gửi [client] hóa đơn điện tử và thẻ học viên ạ",)),
                Route(Topic.CALL, "fine", ("[staff] gọi cho [client] ngay để xác nhận lớp nhé",)),
            ),
            otherwise="stuck",
            silence="stuck",
        ),
        "waitlist": Beat(
            say(
                "{ủa hôm qua nói còn mà|[sigh]|đăng ký mà cũng hụt}, {[learner] chỉ đi được ca [slot]|[me] lỡ "
                "mua sách rồi|[learner] háo hức cả tuần}",
                "{chen một bạn được [no]|lớp kế khai giảng khi nào [q]|cơ sở [branch2] còn [no]}, {[learner] "
                "[grade] thôi|lớp [course] đó|[folks] đóng tiền sẵn rồi|ca [slot] mới hợp}",
            ),
            (
                Route(Topic.IN_STOCK, "stuck", ("cơ sở [branch2] vẫn còn chỗ đúng ca đó ạ",)),
                Route(Topic.APPOINTMENT, "fine", ("[staff] mở thêm lịch song song, khai giảng [opening] nhé",)),
                Route(Topic.APOLOGY, "stuck", ("[staff] xin lỗi vì cập nhật chậm số chỗ ạ",)),
            ),
            otherwise="stuck",
        ),
        "stuck": THINKING,
        "fine": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": (
            "cách đóng tiền [course]",
            "hồ sơ ghi danh [course]",
            "suất lớp [course]",
            "số tài khoản đóng học phí",
        )
    },
    mood="orders",
    weight=2,
)
