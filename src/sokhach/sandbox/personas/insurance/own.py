"""Scenes of one person each: a shop that sells stickers by the hundred, a child hurt at school, only the price."""

from sokhach.sandbox.personas.manners import GONE, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_RESELL_WAYS = (
    Route(Topic.OUT_OF_STOCK, "short", ("ấn chỉ giấy tháng này tạm hết, còn bản điện tử thôi ạ",)),
    Route(Topic.DISCOUNT, "bargains", ("lấy [lots] giấy chiết khấu 25%, đối soát thứ Sáu hằng tuần ạ",)),
    Route(Topic.PRICE, "bargains", ("giấy xe máy 60.500đ, hoa hồng tính theo số lượng ạ",)),
    Route(Topic.DOCUMENT, "signs", ("[staff] gửi hợp đồng cộng tác viên để [client] ký ạ",)),
)

RESELL = Scene(
    "resell",
    {
        "start": Beat(
            say(
                "{tui|tiệm tui} {bán ở [place]|có tiệm sửa xe gần [place]|làm rửa xe}, {muốn lấy|cần thêm} "
                "[lots] giấy bảo hiểm xe {máy|máy với ba gác|hơi}",
                "{chiết khấu [how] [q]|hoa hồng [much] [q]|có giao giấy tận nơi [no]}, {lần trước lấy [rival] "
                "30%|tháng bán cả trăm tấm|tết này khách hỏi dữ|[day] tui ghé lấy}",
            ),
            _RESELL_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_RESELL_WAYS),
        "again": Beat(
            say(
                "{nói giá sỉ thôi|vô thẳng đi|khách tui đang đứng chờ}, {[about] [how]|có [about] [no]|[lots] "
                "tấm chứ ít gì}"
            ),
            _RESELL_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "bargains": Beat(
            say(
                "{bên [rival] cho 30% lận|thêm chút cho tui có lời|tui lấy đều mà}, {[lots] tấm thì 28% đi|bao "
                "ship tới [place]|cho gối đầu tới cuối tháng}",
                "{được thì [day] lấy liền|khách hỏi bồi thường thì gọi ai [q]|giấy điện tử khách không chịu}{|, "
                "ở [place] toàn bà con|, [lots] tấm mau hết lắm|, tiệm ở [street]}",
            ),
            (
                Route(Topic.REFUSAL, "walks", ("mức trần là 25% nên [staff] không thể thêm ạ",)),
                Route(Topic.DELIVERY, "signs", ("[staff] giao trong ngày mai tới tiệm, đối soát cuối tháng ạ",)),
                Route(Topic.DISCOUNT, "signs", ("từ 100 tấm [staff] tặng kèm bảng hiệu và thêm 2% ạ",)),
            ),
            otherwise="walks",
        ),
        "short": Beat(
            say(
                "{khách quê đâu xài điện tử|hết hoài|[sigh]}, {[lots] tấm mà cũng không có|chừng nào về [q]|lấy "
                "đỡ của [rival] vậy|giữ cho tui đợt sau nha}, {tui ở [place] đó|số [phone]|sắp tết khách đông}"
            )
        ),
        "signs": Beat(
            (
                Line(
                    "{chốt [lots] tấm|vậy ký|ok giao đi}, {tiệm ở [street]|gọi [phone]|đưa người rành chỉ tui "
                    "ghi giấy|[day] mở cửa từ 6 giờ}, {nhớ hóa đơn|có áo mưa tặng khách [no]|bán chạy lấy nữa}"
                ),
                Line(type="location"),
            )
        ),
        "walks": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("chiết khấu [lots] tấm", "giấy xe máy giá sỉ", "hoa hồng bán giấy"),
        "lots": ("50", "80", "100", "150", "200"),
    },
    mood="orders",
)

_SCHOOL_WAYS = (
    Route(Topic.REFUSAL, "upset", ("đánh nhau thuộc điểm loại trừ nên bên [staff] không thể trả ạ",)),
    Route(
        Topic.REFUND, "papers", ("tai nạn ở trường được bồi thường ạ, [client] giữ giấy khám và hóa đơn giúp [staff]",)
    ),
    Route(Topic.PICTURE, "papers", ("[client] chụp giúp [staff] giấy khám và đơn thuốc nhé",)),
    Route(Topic.WAIT, "slow", ("để [staff] kiểm tra danh sách lớp của bé rồi báo [client] ạ",)),
)

SCHOOL = Scene(
    "school",
    {
        "start": Beat(
            say(
                "{bé nhà chị|con chị|thằng nhỏ nhà chị} {té cầu thang|gãy tay lúc đá banh|bị bạn xô|đứt tay giờ "
                "thủ công|bị ong chích} ở trường",
                "{bảo hiểm học sinh mua đầu năm|cô nói có bảo hiểm|trường thu bảo hiểm rồi} thì {đòi [how] "
                "[q]|được [much] [q]|giấy tờ nộp cho ai [q]}, {khám ở [hospital] hết [bill]|bó bột ba tuần|chị "
                "chưa giữ hóa đơn nào|cô giáo cũng không rành}",
            ),
            _SCHOOL_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_SCHOOL_WAYS),
        "again": Beat(
            say(
                "{chị hỏi|em nói rõ giùm|chị bận con nhỏ, nói gọn} [about] {thôi|đi em|, [bill] đó|, mai chị ghé "
                "[hospital] lấy giấy}"
            ),
            _SCHOOL_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "papers": Beat(
            (
                Line(
                    "{giấy khám đây em|phim chụp nè|đơn thuốc đó|giấy cô hiệu trưởng ký}, {[hospital]|hết "
                    "[bill]|tên bé bị ghi sai một chữ|chụp lúc con ngủ}",
                    type="image",
                ),
                Line(
                    "{vậy đủ chưa em|tên sai có sao [no]|tiền thuốc nhà thuốc ngoài có tính [no]}, {bao lâu có "
                    "tiền [q]|chuyển khoản cho chị hả|tái khám có được nữa [no]}"
                ),
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "upset",
                    ("tên sai thì chưa thể nhận hồ sơ, [client] xin bệnh viện sửa giúp [staff]",),
                ),
                Route(Topic.WAIT, "slow", ("[staff] kiểm tra hồ sơ rồi báo [client] trong chiều ạ",)),
                Route(Topic.PRICE, "fine", ("được duyệt 1.850.000đ, 5 ngày nữa có tiền ạ",)),
                Route(Topic.DOCUMENT, "fine", ("đủ giấy tờ rồi ạ, [staff] làm đơn sẵn cho [client] ký",)),
            ),
            otherwise="slow",
        ),
        "slow": Beat(
            say(
                "{có chưa em|chị chờ nha|nhanh giùm chị}, {bé đau khóc cả đêm|[bill] cũng tiền chợ cả tháng|cô "
                "chủ nhiệm hỏi|[day] chị họp phụ huynh, chị nói luôn}"
            )
        ),
        "upset": Beat(
            say(
                "{[sigh]|con nít mà|vậy đóng mỗi năm làm [what]}, {chị hỏi lại trường [day]|[bill] chị tự lo|chị "
                "phản ánh ở họp phụ huynh|[hospital] đông [so], ai rảnh chạy}, {năm sau chị không đóng|em xem "
                "lại giùm chị lần nữa|để chị hỏi [folks]}"
            )
        ),
        "fine": Beat(
            (
                Line(
                    "{mừng quá em|cảm ơn em nha|đỡ lo}, {[bill] có lại là vui rồi|bé tháo bột chị gửi hình|chị "
                    "nói mấy mẹ trong lớp mua|[day] chị qua ký}"
                ),
                Line(type="heart"),
            )
        ),
        "gone": GONE,
    },
    facts={
        "about": ("bảo hiểm học sinh", "tiền viện phí của bé", "hồ sơ cho con"),
        "bill": ("1,2 triệu", "2 triệu mấy", "850 ngàn", "3 triệu rưỡi"),
    },
)

_ONLY_WAYS = (
    Route(Topic.DETAILS, "lazy", ("cho [staff] xin năm sinh hoặc loại xe để [staff] báo đúng phí ạ",)),
    Route(Topic.PRICE, "quiet", ("phí [fee] một năm ạ, [client] cần [staff] gửi quyền lợi không",)),
    Route(Topic.PHONE, "number", ("[client] cho [staff] số điện thoại để [staff] báo phí nhé",)),
)

PRICE_ONLY = Scene(
    "price_only",
    {
        "start": Beat(
            say(
                "{giá|phí|nhiêu|xin giá|ib phí|bao nhiêu} {bảo hiểm|gói|bh} {[plan]|xe [car]|cho "
                "[who]|[benefit]}{| một năm| rẻ nhất| loại thường}"
            ),
            _ONLY_WAYS,
            otherwise="lazy",
            silence="gone",
            patience_minutes=10,
        ),
        "lazy": Beat(
            say(
                "{hỏi phí [plan] thôi|phí [plan] nhiêu nói đi|xe [car] nhiêu|khỏi hỏi tuổi}{|, hỏi nhiều [so]|, "
                "rườm rà|, coi chơi thôi|, chưa mua đâu}"
            ),
            (
                Route(Topic.PRICE, "quiet", ("dạ từ [fee] một năm ạ",)),
                Route(Topic.APOLOGY, "quiet", ("[staff] xin lỗi, phí theo tuổi nên [staff] phải hỏi ạ",)),
                Route(Topic.DOCUMENT, "quiet", ("[staff] gửi bảng giá chung cho [client] tham khảo ạ",)),
            ),
            otherwise="gone",
            silence="gone",
        ),
        "number": Beat(
            say(
                "{khỏi nha|không cho số đâu|lại gọi hoài chớ gì}, {báo phí [plan] ở đây|xe [car] thôi mà|nhắn là "
                "được|thôi hỏi [rival]}"
            )
        ),
        "quiet": Beat(
            say(
                "{ok|ừ|vậy hả|mắc|thanks|để coi}{ gói [plan]| xe [car]| để so với [rival]| hỏi [folks] cái| cuối "
                "năm tính}"
            )
        ),
        "gone": Beat(
            say(
                "{khỏi|thôi}, {mua [rival] cho lẹ|gói [plan] thiếu gì chỗ|rep chậm [so]|xe [car] ra trạm đăng "
                "kiểm mua luôn}"
            )
        ),
    },
    facts={"about": ("phí [plan]", "phí xe [car]"), "fee": ("2.950.000đ", "3.400.000đ", "480.700đ", "5.100.000đ")},
)
