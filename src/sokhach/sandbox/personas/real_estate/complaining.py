"""After the money changed hands: leaks, late keys, adverts that lie, deposits withheld."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_LEAK_WAYS = (
    Route(Topic.REFUSAL, "threat", ("căn [client] qua hạn bảo hành rồi nên bên [staff] không thể sửa miễn phí ạ",)),
    Route(Topic.APPOINTMENT, "when", ("[staff] hẹn đội kỹ thuật lên xem [day], [client] ở nhà lúc [hour] giờ nhé",)),
    Route(Topic.WARRANTY, "when", ("lỗi này được bảo hành 5 năm, [staff] báo kỹ thuật lên xử lý ạ",)),
    Route(Topic.APOLOGY, "how_long", ("[staff] xin lỗi vì sự bất tiện này, [staff] chuyển ban quản lý ngay ạ",)),
)

LEAK = Scene(
    "leak",
    {
        "start": Beat(
            (
                Line(
                    "{[me] ở căn|nhà [me] căn|chủ căn} [flat] {[project]|bên [project]}, {mới nhận nhà từ "
                    "[month]|ở chưa ấm chỗ|giao nhà được mấy tháng} mà [defect]"
                ),
                Line(
                    "{[you] coi đi|nhìn nè|chụp sáng nay|coi cái [defect] nè}, {căn [flat] tầng [floor]|chưa dám "
                    "sửa|[folks] chụp đó|để lâu lan ra [so]|mới lau xong lại bị}",
                    type="image",
                ),
                Line(
                    "{xử [how] đây [q]|ai chịu [q]|gọi ban quản lý thì đổ qua đổ lại|báo từ [month] tới giờ chưa "
                    "ai lên}"
                ),
            ),
            _LEAK_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_LEAK_WAYS, gone="threat"),
        "again": Beat(
            say(
                "{[me] không cần nghe chung chung|nói vậy cũng như không|trả lời kiểu robot [q]}, {[about] bao "
                "giờ xong|[defect] thì ai lên coi|đồ đạc ướt hết vì [about]}"
            ),
            _LEAK_WAYS,
            otherwise="threat",
            silence="threat",
        ),
        "how_long": Beat(
            say(
                "{xin lỗi hoài|lần trước cũng vậy|câu này [me] nghe rồi}, {cụ thể ngày nào có thợ|bao giờ xong "
                "[about]|ai chịu tiền sơn lại}",
                "{nhà có con nhỏ|nhà có người già|[folks] trượt té rồi đó|[day] mưa nữa là ngập}{|, tầng [floor] "
                "mà cũng vậy|, đồ gỗ hư hết|, [me] thuê người lau hoài}",
            ),
            (
                Route(Topic.REFUND, "calm", ("bên [staff] đền bù chi phí sơn lại và dọn dẹp cho [client] ạ",)),
                Route(Topic.APPOINTMENT, "when", ("[day] đội sửa lên, [staff] hẹn [hour] giờ và đi cùng luôn ạ",)),
                Route(
                    Topic.CALL,
                    "calm",
                    ("[staff] gọi lại cho [client] trong 15 phút, có anh trưởng ban nghe máy cùng ạ",),
                ),
            ),
            otherwise="threat",
        ),
        "when": Beat(
            say(
                "{[day] [me] đi làm|giờ đó nhà không có ai|lần trước hẹn cũng không tới}, {đổi [day2] được "
                "[no]|ai bảo đảm [q]|tới phải gọi [phone] trước}",
                "{có tính tiền [what] [no]|làm xong [defect] nữa thì sao|có biên bản [no]}{|, căn [flat] mới mua "
                "mà|, gọi [phone] trước nha|, [folks] ở nhà trông}",
            ),
            (
                Route(Topic.REFUSAL, "threat", ("[day2] bên [staff] chưa thể cử người ạ",)),
                Route(Topic.DISCOUNT, "calm", ("hoàn toàn miễn phí và có biên bản nghiệm thu ạ",)),
                Route(Topic.APPOINTMENT, "calm", ("[staff] đổi lịch sang [day2], [staff] đi cùng [client] ạ",)),
            ),
            otherwise="calm",
            silence="threat",
        ),
        "threat": Beat(
            say(
                "{[me] đăng lên group cư dân [project]|mai [me] đưa lên Facebook|[me] làm đơn gửi chủ đầu "
                "tư|[me] treo băng rôn cho biết}, {[defect] mà im re|để mọi người biết cảnh [about]|chứ hiền quá "
                "mấy người coi thường}",
                "{cho [me] gặp quản lý|sếp [you] đâu|ai phụ trách tòa [project]|giám đốc tên [what]}{|, [me] chờ "
                "từ [month]|, [about] ai ký|, căn [flat] tầng [floor] đây}",
            ),
            (
                Route(Topic.CALL, "calm", ("quản lý tòa nhà gọi cho [client] ngay bây giờ ạ",)),
                Route(
                    Topic.APOLOGY,
                    "calm",
                    ("[staff] thành thật xin lỗi, [staff] đã báo trưởng ban và sẽ ở lại tới khi xong ạ",),
                ),
                Route(Topic.REFUND, "calm", ("bên [staff] hoàn lại phí quản lý 2 tháng cho căn [client] ạ",)),
            ),
            otherwise="posted",
            silence="posted",
        ),
        "calm": Beat(
            say(
                "{ừ vậy còn nghe được|nói vậy từ đầu có phải hơn [no]|được, [me] tin lần [this]}, {[day] mà "
                "không có ai là biết|[me] đợi tới [day2]|nhớ mang bạt che đồ|làm cho dứt điểm [about]}"
            )
        ),
        "posted": Beat(
            (
                Line(
                    "{[me] đăng rồi đó|bài lên rồi, vô mà đọc|group [project] mấy trăm người bình luận rồi}, "
                    "{kèm luôn hình [defect]|ai cũng kêu bị [about]|báo cũng vừa nhắn hỏi [me]}"
                ),
                Line(type="image"),
            )
        ),
    },
    facts={"about": ("vụ sửa nhà", "lỗi căn [flat]", "vụ bảo hành", "chỗ hư trong nhà")},
    mood="complains",
    weight=2,
)

_FALSE_WAYS = (
    Route(Topic.APOLOGY, "sorry", ("[staff] xin lỗi, tin đó do cộng tác viên đăng sai, [staff] đã gỡ xuống ạ",)),
    Route(Topic.OUT_OF_STOCK, "bait", ("căn trong hình hôm qua đã bán hết nên [staff] dẫn [client] xem căn khác ạ",)),
    Route(Topic.PRICE, "bait", ("giá trên tin chưa gồm nội thất, thực tế [price] ạ",)),
    Route(Topic.CALL, "sorry", ("để [staff] gọi bạn dẫn khách hỏi lại rồi báo [client] ạ",)),
)

FALSE_ADVERT = Scene(
    "false_advert",
    {
        "start": Beat(
            (
                Line(
                    "{[me] vừa đi coi|hồi nãy [me] chạy [distance] coi|nghỉ làm đi coi} căn [flat] "
                    "{[project]|bên [project]} về, {bực mình [so]|thất vọng [so]|[sigh]}"
                ),
                Line(
                    "{đăng view sông, ra nhìn bãi xe|hình mới tinh, nhà thì cũ mèm|tin ghi full nội thất, vô "
                    "trống trơn|ghi [area], đo ra hụt cả chục mét|đăng [price], tới nơi hét thêm hai trăm "
                    "triệu}, {coi khách là con nít [q]|đăng kiểu [what] kỳ|vậy là lừa người ta rồi}"
                ),
                Line(type="image"),
            ),
            _FALSE_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_FALSE_WAYS, gone="report"),
        "again": Beat(
            say(
                "{đừng lảng|[me] hỏi thẳng}, {[about] là ai đăng|sao để [about] tới giờ|ai đền tiền xăng "
                "[distance] cho [me]}"
            ),
            _FALSE_WAYS,
            otherwise="report",
            silence="report",
        ),
        "sorry": Beat(
            say(
                "{xin lỗi thì nhận|ừ biết vậy|xong rồi sao nữa}, {mà mất nguyên buổi [day]|chạy [distance] chớ "
                "ít|[folks] nói [me] dại}",
                "{vậy có căn thật nào [budget] [no]|giờ bù cho [me] [how]|lần sau coi hình thật trước nha, có [no]}",
            ),
            (
                Route(
                    Topic.PICTURE,
                    "trust",
                    ("[staff] tự quay clip từng căn, hình thật có ngày giờ rồi mới mời [client] đi ạ",),
                ),
                Route(
                    Topic.IN_STOCK, "trust", ("dạ còn một căn đúng như ý [client], [staff] đã vào tận nơi kiểm tra ạ",)
                ),
                Route(Topic.DISCOUNT, "trust", ("[staff] xin công ty giảm phí môi giới cho [client] ạ",)),
            ),
            otherwise="report",
        ),
        "bait": Beat(
            say(
                "{biết ngay mà|chiêu cũ|bài [this] [me] rành}, {kéo khách tới rồi dẫn căn mắc hơn|treo giá thấp "
                "câu khách|căn [flat] có bao giờ có thật đâu}",
                "{gỡ tin xuống|cho [me] gặp quản lý|còn để [about] tới mai là [me] báo}",
            ),
            (
                Route(Topic.REFUSAL, "report", ("tin của sàn khác đăng nên [staff] không thể gỡ được ạ",)),
                Route(
                    Topic.APOLOGY,
                    "trust",
                    ("[staff] xin lỗi [client], [staff] gỡ tin ngay bây giờ và gửi [client] xác nhận ạ",),
                ),
                Route(Topic.CALL, "trust", ("quản lý bên [staff] gọi lại cho [client] trong chiều nay ạ",)),
            ),
            otherwise="report",
        ),
        "trust": Beat(
            say(
                "{thôi được|ừ|[yes]}, {lần cuối đó|còn tin [you] lần nữa thôi|người ta làm đàng hoàng thì [me] "
                "cũng đàng hoàng}, {[day2] coi căn khác|gửi clip căn [budget] trước|gỡ [about] đi rồi nói chuyện}"
            )
        ),
        "report": Beat(
            say(
                "{[me] chụp màn hình hết rồi|bằng chứng đủ cả}, {mai lên group nhà đất [ward] đọc nha|[me] báo "
                "trang đăng tin khóa tài khoản|đánh giá một sao cho biết|gửi luôn bên [rival] coi chơi}",
                "{làm ăn với [about] thì được mấy bữa|chúc bên [you] may mắn với [about]|khỏi nhắn lại [me] vụ "
                "[about]}",
            )
        ),
    },
    facts={
        "about": ("tin đăng sai", "tin căn [flat]", "cái tin [price]", "bài đăng ảo"),
        "price": ("1,79 tỷ", "1,95 tỷ", "2,05 tỷ", "2,19 tỷ"),
    },
    mood="complains",
)

_WITHHELD_WAYS = (
    Route(Topic.REFUSAL, "unfair", ("[client] dọn trước hạn nên theo hợp đồng chủ không thể hoàn cọc ạ",)),
    Route(Topic.REFUND, "when", ("chủ nhà đồng ý hoàn lại cọc, trừ tiền điện nước tháng cuối ạ",)),
    Route(Topic.CALL, "stalled", ("[staff] gọi cho chủ nhà ngay rồi báo [client] ạ",)),
    Route(Topic.WAIT, "stalled", ("đợi [staff] kiểm tra biên bản trả phòng rồi trả lời [client] ạ",)),
)

WITHHELD = Scene(
    "deposit_withheld",
    {
        "start": Beat(
            say(
                "{[me] trả|dọn khỏi} [room] {ở|bên} [ward] {từ [month]|được hai tuần rồi|đúng hẹn, báo trước cả tháng}",
                "{tiền cọc [rent] chưa thấy đâu|chủ giữ cọc [rent] không trả|chủ trừ cọc sạch vì mấy vết xước}, "
                "{[you] môi giới thì lo giùm|phòng [me] lau sạch bong|tính [how] đây [q]}",
            ),
            _WITHHELD_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_WITHHELD_WAYS, gone="gone"),
        "again": Beat(
            say(
                "{[you] thu phí môi giới thì nhanh|lúc ký thì ngọt ngào lắm|né hoài [q]}, {giờ đòi [about] thì "
                "im|tới khi hỏi [about] lại vậy|[about] tính sao}"
            ),
            _WITHHELD_WAYS,
            otherwise="sue",
            silence="sue",
        ),
        "when": Beat(
            say(
                "{trừ [much] [q]|bao giờ chuyển [q]|có bảng kê [no]}, {chứ [rent] với [me] là cả tháng lương làm "
                "thêm|[me] còn đóng cọc chỗ mới|điện tháng cuối [me] đóng rồi mà}"
            ),
            (
                Route(
                    Topic.DOCUMENT,
                    "fine",
                    ("[staff] gửi bảng kê và hóa đơn điện tháng cuối, chủ chuyển trong hôm nay ạ",),
                ),
                Route(Topic.PRICE, "fine", ("trừ điện nước 420k, phần còn lại chủ chuyển chiều nay ạ",)),
                Route(Topic.WAIT, "stalled", ("[client] đợi chút, [staff] hỏi kế toán của chủ ạ",)),
            ),
            otherwise="stalled",
        ),
        "unfair": Beat(
            (
                Line(
                    "{hợp đồng đây|coi điều bảy nè|[me] chụp lại nè, chữ ký rõ ràng}, {báo trước 30 ngày là trả "
                    "cọc|có ghi hoàn cọc [rent]}",
                    type="image",
                ),
                Line(
                    "{đọc kỹ giùm|giờ nói sao [q]|đừng ăn hiếp người thuê}, {[rent] chứ ít gì|trả [me] "
                    "[about]|[me] ở [ward] mấy năm chưa gặp ai vậy}"
                ),
            ),
            (
                Route(
                    Topic.APOLOGY,
                    "fine",
                    ("[staff] xin lỗi, [staff] đọc sót điều khoản, [staff] yêu cầu chủ trả đủ ạ",),
                ),
                Route(Topic.REFUND, "fine", ("đúng rồi ạ, [staff] làm việc để chủ hoàn tiền cho [client] trong tuần",)),
                Route(Topic.CALL, "stalled", ("[staff] gọi chị chủ nói chuyện ba bên nhé",)),
            ),
            otherwise="sue",
        ),
        "stalled": Beat(
            say(
                "{lần nào cũng đợi|đợi tới [month] luôn [q]|[me] đợi hai tuần rồi đó}, {tiền [rent] có phải "
                "ít|hôm nay cho [me] câu trả lời [about]|không xong [me] qua nhà chủ}"
            ),
            (
                Route(Topic.REFUND, "fine", ("chủ vừa đồng ý hoàn tiền, [day] chuyển khoản cho [client] ạ",)),
                Route(
                    Topic.APOLOGY,
                    "fine",
                    ("[staff] xin lỗi vì để [client] đợi lâu, công ty [staff] ứng trước cho [client] ạ",),
                ),
                Route(Topic.APPOINTMENT, "sue", ("[day] [staff] hẹn chủ với [client] gặp ở phòng nhé",)),
            ),
            otherwise="sue",
            silence="sue",
        ),
        "sue": Beat(
            say(
                "{[me] làm đơn ra phường [ward]|[me] lên group trọ [ward] bóc|[me] nhờ luật sư quen|cả dãy trọ "
                "cùng ký đơn}, {đòi tới cùng [about]|xem ai sai|vì [rent] cũng phải ra lẽ}"
            )
        ),
        "fine": THANKFUL,
        "gone": GONE,
    },
    facts={
        "about": ("tiền cọc [room]", "cọc [rent]", "tiền cọc phòng ở [ward]"),
        "rent": ("3,2 triệu", "4 triệu", "4,5 triệu", "5 triệu", "8 triệu"),
    },
    mood="complains",
)
