"""A year later: renewals, a claim that was paid, a paper lost."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_RENEW_WAYS = (
    Route(Topic.REFUSAL, "cross", ("năm nay không được giữ phí cũ ạ, do năm rồi có bồi thường",)),
    Route(
        Topic.DISCOUNT,
        "pays",
        (
            "tái tục sớm [client] được giảm 15% ạ",
            "không bồi thường năm rồi nên [staff] xin chiết khấu 20% cho [client]",
        ),
    ),
    Route(Topic.PRICE, "cross", ("phí năm nay [fee], tăng theo tuổi ạ",)),
    Route(Topic.DOCUMENT, "pays", ("[staff] gửi báo giá tái tục và giấy chứng nhận mới ạ",)),
)

RENEWAL = Scene(
    "renewal",
    {
        "start": Beat(
            say(
                "{bảo hiểm của|gói [plan] của|giấy của} {[who]|xe [car]} {sắp hết hạn|tới kỳ rồi|hết hạn "
                "[start]}{ rồi phải [no]|, [you] coi giùm|, [me] nhớ mang máng}",
                "{năm nay phí [how] [q]|tái tục có giảm [no]|giữ phí cũ được [no]|gia hạn [how] [q]}, {năm rồi "
                "có đòi đồng nào đâu|khách cũ từ [since] đó|[rival] vừa gọi mời rẻ hơn|đừng để đứt ngày nào nha}",
            ),
            _RENEW_WAYS,
            otherwise="again",
            silence="nudge",
            patience_minutes=45,
        ),
        "nudge": reminder(_RENEW_WAYS, minutes=60),
        "again": Beat(
            say(
                "{[you] tra giùm|ý [me] là|cho [me]} [about] {năm nay đó|, [start] là hết rồi|thôi, khỏi giới "
                "thiệu gói mới|, số [phone] nè}"
            ),
            _RENEW_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "cross": Beat(
            say(
                "{ủa sao tăng|tăng dữ [so]|[sigh]}, {[me] mua từ [since] mà|năm rồi có xài đâu|bên [rival] chào "
                "rẻ hơn [me] chưa đi đó}, {bớt cho khách cũ|giữ phí cũ thì [me] đóng liền|lý do tăng là [what] "
                "[q]}"
            ),
            (
                Route(Topic.REFUSAL, "leaves", ("biểu phí theo tuổi nên [staff] không thể giữ mức cũ ạ",)),
                Route(Topic.DISCOUNT, "pays", ("[staff] xin được ưu đãi khách hàng thân thiết 10% cho [client] ạ",)),
                Route(Topic.DOCUMENT, "pays", ("[staff] gửi bảng giá hai mức, bỏ bớt [benefit] thì phí gần như cũ ạ",)),
                Route(Topic.APOLOGY, "leaves", ("[staff] xin lỗi, năm nay cả thị trường đều tăng ạ",)),
            ),
            otherwise="leaves",
        ),
        "pays": Beat(
            (
                Line(
                    "{ok gia hạn|vậy đóng luôn|[yes] làm tiếp}, {thông tin như cũ|đổi địa chỉ qua [street]|số "
                    "mới [phone]|thêm [who] vô luôn}"
                ),
                Line(
                    "{chuyển rồi nè|biên lai đây|coi tới chưa}, {tên [called]|[fee]|gói [plan]|xe [car]}", type="image"
                ),
                Line(
                    "{hiệu lực nối tiếp hả|giấy gửi Zalo là được|đừng để hở ngày nào}, {nhớ nhắc năm sau|[me] đi "
                    "xa [start] rồi|thẻ cũ xài tiếp [no]}"
                ),
            ),
            (
                Route(Topic.WAIT, "slow", ("[staff] kiểm tra tiền vào rồi cấp giấy cho [client] ạ",)),
                Route(Topic.DOCUMENT, "thanks", ("[staff] gửi giấy tờ mới, hiệu lực nối tiếp không hở ngày nào ạ",)),
                Route(Topic.THANKS, "thanks", ("[staff] cảm ơn [client] đã đồng hành, giấy mới [staff] gửi liền ạ",)),
            ),
            otherwise="slow",
            silence="slow",
        ),
        "slow": Beat(
            say(
                "{tới chưa [you]|[me] đợi giấy mới|chuyển lúc [hour] giờ đó}, {[start] là hết hạn|chạy xe không "
                "giấy bị phạt sao|[who] cần thẻ đi khám|còn [rival] mời nữa đó}"
            )
        ),
        "leaves": THINKING,
        "thanks": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": ("phí tái tục", "gia hạn xe [car]", "gia hạn cho [who]", "gói [plan]"),
        "fee": ("3.450.000đ", "4.120.000đ", "6.800.000đ", "5.050.000đ"),
    },
    mood="returns",
    weight=2,
)

_PAID_WAYS = (
    Route(Topic.DISCOUNT, "buys_more", ("[client] mua thêm cho người nhà được giảm 10% ạ",)),
    Route(Topic.PRICE, "prices", ("thêm một người phí [fee] một năm ạ",)),
    Route(Topic.DETAILS, "buys_more", ("cho [staff] xin năm sinh của người nhà để [staff] tính phí ạ",)),
    Route(Topic.THANKS, "warm", ("[staff] cảm ơn [client] đã báo tin, chúc cả nhà khỏe ạ",)),
)

PAID = Scene(
    "paid",
    {
        "start": Beat(
            (
                Line(
                    "{nhận được tiền rồi|tiền về rồi [you]|báo [you] tin vui}, {vụ [event] hồi [since]|[amount] "
                    "đủ không thiếu|nhanh hơn [me] tưởng}"
                ),
                Line(
                    "{tin nhắn ngân hàng nè|[folks] chụp khoe|coi nè}, {[amount]|vụ [event]|mừng [so]|giấy bồi "
                    "thường đó}",
                    type="image",
                ),
                Line(
                    "{cảm ơn [you] theo hồ sơ giùm|hồi đó [me] nói nặng lời, đừng giận|nhờ [you] chỉ từng tờ}, "
                    "{giờ mua thêm cho [folks] được [no]|bà con hỏi mua gói [plan] [how] [q]|[who] cũng muốn có "
                    "một cái}"
                ),
            ),
            _PAID_WAYS,
            otherwise="warm",
            silence="nudge",
            patience_minutes=60,
        ),
        "nudge": reminder(_PAID_WAYS, again="warm", minutes=120),
        "prices": Beat(
            say(
                "{[fee] thì được|vậy cũng vừa túi|ừ cũng đáng}, {làm cho [folks] đi|[folks] sinh [born]|để [me] "
                "nói [folks]}, {[day] [me] gửi giấy tờ|gói [plan] nha|gọi [phone]|giấy gửi [street]}"
            )
        ),
        "buys_more": Beat(
            say(
                "{[folks] sinh [born]|thêm {một|hai} người|mua cho [folks]}, {có [illness] nhẹ|khỏe re|chưa khám "
                "gì|hay đau lưng}",
                "{[much] một người [q]|có bớt [no]|[day] làm được [no]}, {giới thiệu thêm có quà [no]|[me] kéo "
                "cả [crowd]|gói [plan] như của [me]}",
            ),
            (
                Route(Topic.REFUSAL, "later", ("trên 65 tuổi bên [staff] chưa thể nhận mới ạ",)),
                Route(Topic.DISCOUNT, "done", ("[staff] giảm 10% và tặng kèm khám răng cho cả nhà ạ",)),
                Route(Topic.PRICE, "done", ("phí 3.900.000đ một người ạ",)),
                Route(Topic.DOCUMENT, "done", ("[staff] gửi bảng minh họa theo tuổi người nhà ạ",)),
            ),
            otherwise="later",
        ),
        "done": Beat(
            (
                Line(
                    "{chốt|lấy luôn|ok làm đi}, {[called], [phone]|[day] [me] chuyển|giấy gửi [street]|hiệu lực "
                    "[start]}, {[crowd] hỏi nữa [me] đẩy qua [you]|[folks] vui lắm|lần này khai kỹ nha}"
                ),
                Line(type="sticker"),
            )
        ),
        "later": THINKING,
        "warm": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": ("gói cho [folks]", "phí mua thêm", "gói [plan]"),
        "event": ("mổ ruột thừa", "đụng xe", "sinh mổ", "nằm viện", "gãy tay", "xe ngập nước"),
        "amount": ("12 triệu", "9 triệu 3", "21 triệu", "6 triệu 8", "34 triệu"),
        "fee": ("3.300.000đ", "3.900.000đ", "4.400.000đ"),
    },
    mood="returns",
)

_PAPER_WAYS = (
    Route(Topic.PHONE, "tells", ("[client] cho [staff] xin số điện thoại đăng ký để tra hợp đồng ạ",)),
    Route(Topic.DETAILS, "tells", ("cho [staff] xin họ tên, ngày sinh và biển số để [staff] tra ạ",)),
    Route(Topic.DOCUMENT, "got", ("[staff] gửi lại file giấy chứng nhận điện tử, có giá trị như bản giấy ạ",)),
    Route(Topic.WAIT, "waits", ("để [staff] kiểm tra trên hệ thống rồi cấp lại cho [client] ạ",)),
)

PAPER = Scene(
    "paper",
    {
        "start": Beat(
            say(
                "{[me] làm mất|[who] giặt đồ ướt mất|cháu bé xé mất|để quên trên taxi} [paper]",
                "{cấp lại được [no]|có bản điện tử [no]|giờ lấy lại [how] [q]}, {mai đi [hospital]|công an hỏi "
                "giấy|[day] [me] cần|có mất phí [no]|đổi luôn số [phone] được [no]}",
            ),
            _PAPER_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_PAPER_WAYS),
        "again": Beat(
            say(
                "{[me] cần [about] thôi|đừng mời gói khác|[you] coi giùm}, {[about] lấy ở [where]|tên [called] "
                "đó|mua từ [since]|gấp vì [day] đi rồi}"
            ),
            _PAPER_WAYS,
            otherwise="gone",
            silence="gone",
        ),
        "tells": Beat(
            say(
                "{[called], sinh [born]|tên [called]|số [phone]}, {xe [car]|gói [plan]|mua từ [since]|ở [street]}",
                "{nhân tiện đổi người thụ hưởng qua [folks] được [no]|sửa địa chỉ qua [street] luôn|giấy gửi "
                "Zalo hay mail [q]}{|, [day] [me] cần|, cho gói [plan]|, giấy của [who] luôn}",
            ),
            (
                Route(
                    Topic.REFUSAL, "stuck", ("đổi người thụ hưởng thì không thể làm qua Zalo ạ, phải ký tại văn phòng",)
                ),
                Route(Topic.DOCUMENT, "got", ("[staff] gửi [client] giấy tờ mới và mẫu đơn đổi thông tin ạ",)),
                Route(Topic.APPOINTMENT, "got", ("[staff] hẹn [client] [day] ký đơn, [staff] qua tận nhà ạ",)),
            ),
            otherwise="waits",
        ),
        "waits": Beat(
            say(
                "{có chưa [you]|tra ra chưa|lâu [so]}, {[me] chỉ cần [about]|tên [called] dễ ợt mà|[day] cần "
                "rồi|bữa mua có 10 phút}"
            ),
            (
                Route(Topic.APOLOGY, "stuck", ("[staff] xin lỗi, hệ thống đang bảo trì tới chiều ạ",)),
                Route(Topic.DOCUMENT, "got", ("có rồi ạ, [staff] gửi file cho [client] đây",)),
                Route(Topic.DELIVERY, "got", ("bản giấy [staff] ship trong sáng mai ạ",)),
            ),
            otherwise="stuck",
            silence="gone",
        ),
        "got": Beat(
            (
                Line(
                    "{có rồi nha|nhận được [you]|mở được rồi}, {[paper] rõ nét|lưu vô máy cho chắc|in ra giấy "
                    "được hả|gửi [folks] một bản luôn}, {cảm ơn [you]|lần sau khỏi sợ mất|may [so]}"
                ),
                Line(type="heart"),
            )
        ),
        "stuck": THINKING,
        "gone": GONE,
    },
    facts={
        "about": ("[paper]", "bản cấp lại", "giấy chứng nhận"),
        "paper": (
            "thẻ bảo hiểm sức khỏe",
            "giấy bảo hiểm xe [car]",
            "giấy chứng nhận của [who]",
            "hợp đồng bản giấy",
            "thẻ bảo lãnh viện phí",
        ),
    },
    mood="returns",
)
