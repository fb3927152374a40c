"""Policies sold with half the truth, and too many calls."""

from sokhach.sandbox.personas.manners import GONE, THANKFUL, THINKING, reminder
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_TOLD = Beat(
    say(
        "{[me] làm đơn lên bộ tài chính|[me] nhờ luật sư|[me] đăng lên hội [crowd]|[me] lên thẳng trụ sở}, {kể "
        "hết vụ [about]|đưa cả ghi âm|cho [crowd] tỉnh ra}",
        "{ngày xưa ký có ai nói vậy đâu|tiền dành dụm cả đời của người ta|nghe ngọt [so] rồi giờ vậy}, {[about] "
        "là ai chịu|để coi [about] mấy người trả lời [how]|[fee] một năm đâu có ít}",
    )
)

_MISSOLD_WAYS = (
    Route(Topic.REFUSAL, "furious", ("hợp đồng qua 21 ngày rồi nên bên [staff] không thể trả lại toàn bộ phí ạ",)),
    Route(Topic.REFUND, "how_much", ("còn trong 21 ngày cân nhắc nên [client] được hoàn lại 100% phí ạ",)),
    Route(Topic.DOCUMENT, "reads", ("[staff] gửi bản ghi tư vấn và hợp đồng để [client] đối chiếu ạ",)),
    Route(
        Topic.APOLOGY, "softer", ("[staff] thành thật xin lỗi, [staff] ghi nhận và chuyển bộ phận kiểm soát ngay ạ",)
    ),
)

MISSOLD = Scene(
    "missold",
    {
        "start": Beat(
            say(
                "[me] {ra ngân hàng {gửi tiết kiệm|vay tiền|làm sổ}|nghe người quen tư vấn|được mời dự hội "
                "thảo}, {ai dè|giờ mới biết|về nhà coi lại thì} thành mua bảo hiểm nhân thọ",
                "{nói 3 năm rút được cả gốc lẫn lãi|bảo đóng một năm thôi|nói bắt buộc mới cho vay|không ai nói "
                "phải đóng {15|20} năm}, {giờ [me] muốn hủy|trả tiền lại cho [me]|[fee] chứ đâu ít|[folks] la "
                "quá trời}",
            ),
            _MISSOLD_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_MISSOLD_WAYS, gone="told"),
        "again": Beat(
            say(
                "{[me] già chứ không lẫn|đừng vòng vo|nói thẳng đi}, {[about] lấy lại được [no]|ký từ [since] "
                "đó|ai tư vấn [about] ra đây nói chuyện}"
            ),
            _MISSOLD_WAYS,
            otherwise="told",
            silence="told",
        ),
        "how_much": Beat(
            say(
                "{thiệt hả|vậy còn được|chắc [no] đó}, {trừ [what] nữa [no]|mấy ngày có tiền [q]|phải lên tận "
                "nơi hay gửi giấy}",
                "{tiền đó của [folks]|[fee] [me] vay mà|lần này có giấy tờ đàng hoàng nha}{, [day] [me] lên|, "
                "nhớ ghi rõ [about]|, [me] tên [called]|, số [phone]}",
            ),
            (
                Route(Topic.PRICE, "thanks", ("trừ phí khám 350.000đ, còn lại chuyển khoản trong 10 ngày ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "thanks",
                    ("[client] điền giấy tờ hủy theo mẫu [staff] gửi, ký rồi chụp lại là được ạ",),
                ),
                Route(Topic.APPOINTMENT, "thanks", ("[day] [staff] hẹn [client] ở văn phòng ký hủy nhé",)),
            ),
            otherwise="thinking",
        ),
        "reads": Beat(
            (
                Line(
                    "{đọc rồi|chữ ký này đâu phải của [me]|[me] coi tờ minh họa nè|khoanh đỏ đó}, {ghi lãi "
                    "{8|9|10}% một năm|có thấy chữ nhân thọ đâu|ký từ [since]}",
                    type="image",
                ),
                Line(
                    "{giải thích tờ này coi|ai chịu trách nhiệm [q]|vậy là lừa còn gì}, {[fee] chứ ít "
                    "đâu|[folks] đọc còn thấy|người tên [name2] tư vấn đó|[about] mà giấu vậy}"
                ),
            ),
            (
                Route(Topic.APOLOGY, "softer", ("[staff] xin lỗi, phần lãi đó chỉ là minh họa, bạn tư vấn nói sai ạ",)),
                Route(Topic.REFUND, "how_much", ("có dấu hiệu tư vấn sai nên bên [staff] đồng ý hoàn phí ạ",)),
                Route(Topic.CALL, "softer", ("trưởng ban kiểm soát gọi cho [client] chiều nay ạ",)),
            ),
            otherwise="furious",
        ),
        "softer": Beat(
            say(
                "{xin lỗi thì được [what]|ừ ít ra cũng có người nghe|[sigh]}, {bao giờ có câu trả lời [about] "
                "[q]|người tư vấn tên [name2] đó|[me] mất ngủ mấy đêm}",
                "{cho [me] ngày cụ thể|có văn bản [no]|giảm mức đóng xuống được [no]}, {[fee] một năm [me] đóng "
                "không nổi|[folks] đang chờ|[me] ghi lại hết đó}",
            ),
            (
                Route(Topic.REFUSAL, "told", ("phần phí năm đầu bên [staff] không thể trả lại ạ",)),
                Route(Topic.DISCOUNT, "thinking", ("[client] có thể giảm mệnh giá, phí còn một nửa ạ",)),
                Route(
                    Topic.DOCUMENT,
                    "thinking",
                    ("[staff] gửi [client] giấy tờ tiếp nhận khiếu nại, 5 ngày có trả lời ạ",),
                ),
            ),
            otherwise="told",
            silence="told",
        ),
        "furious": Beat(
            say(
                "{mất trắng [fee] hả|quá đáng [so]|[me] không chấp nhận}, {cho gặp giám đốc|người tư vấn tên "
                "[name2] đâu|mai [me] lên trụ sở}, {tiền mồ hôi đó|[folks] bệnh vì vụ này|đừng nói quy định với "
                "[me]}"
            ),
            (
                Route(Topic.CALL, "softer", ("giám đốc chi nhánh xin gọi cho [client] ngay ạ",)),
                Route(
                    Topic.APPOINTMENT, "thinking", ("[day] giám đốc tiếp [client] tại văn phòng, [staff] hẹn rồi ạ",)
                ),
                Route(Topic.APOLOGY, "told", ("[staff] xin lỗi, [staff] rất hiểu nhưng quy định là vậy ạ",)),
            ),
            otherwise="told",
            silence="told",
        ),
        "thanks": THANKFUL,
        "thinking": THINKING,
        "told": _TOLD,
    },
    facts={
        "about": ("hợp đồng nhân thọ", "tiền [fee]", "cái hợp đồng ở ngân hàng", "hợp đồng ký [since]"),
        "fee": ("18 triệu", "20 triệu", "24 triệu", "30 triệu", "50 triệu"),
        "name2": ("Vy", "Trang", "Khoa", "Ngân", "Lâm"),
    },
    mood="complains",
    weight=2,
)

_CALLS_WAYS = (
    Route(Topic.REFUSAL, "threat", ("số đó của đại lý ngoài nên bên [staff] không thể can thiệp ạ",)),
    Route(Topic.APOLOGY, "stop", ("[staff] xin lỗi, [staff] xóa số của [client] khỏi danh sách gọi ngay bây giờ ạ",)),
    Route(Topic.WAIT, "stop", ("để [staff] kiểm tra số nào gọi rồi chặn cho [client] ạ",)),
    Route(Topic.DISCOUNT, "threat", ("nhân tiện bên [staff] đang ưu đãi gói mới, [client] nghe thử nhé",)),
)

CALLS = Scene(
    "calls",
    {
        "start": Beat(
            say(
                "{một ngày bị gọi {4|5|6|7} cuộc mời mua bảo hiểm|bên [you] gọi [me] hoài vậy|[time] cũng gọi "
                "mời mua}, {ai cho số [me] [q]|[me] nói không mua rồi mà|số đẹp ghê, đổi số khác gọi tiếp}",
                "{xóa số [me] đi|đang họp cũng gọi|ru con ngủ vừa xong thì gọi}, {gọi nữa là [me] báo nhà "
                "mạng|lấy số [me] từ vụ [plan] hả|[folks] tưởng đòi nợ}",
            ),
            _CALLS_WAYS,
            otherwise="again",
            silence="nudge",
        ),
        "nudge": reminder(_CALLS_WAYS),
        "again": Beat(
            say(
                "{nói có xóa không thôi|trả lời [about] đi|[me] hỏi lần cuối}, {[time] lại gọi nữa rồi nè|số "
                "[phone] đó xóa chưa|[about] ai bán ra}"
            ),
            _CALLS_WAYS,
            otherwise="threat",
            silence="gone",
        ),
        "stop": Beat(
            say(
                "{xóa [truly] [no]|tuần trước cũng hứa xóa|nói là phải làm}, {mai còn gọi thì sao|[time] mà reo "
                "nữa là biết|số phụ của [folks] cũng xóa luôn}"
            ),
            (
                Route(Topic.DOCUMENT, "settled", ("[staff] gửi [client] file xác nhận đã xóa ạ",)),
                Route(
                    Topic.APOLOGY,
                    "settled",
                    ("[staff] xin lỗi [client], cả hai số đã vào danh sách không gọi, [client] tin [staff] ạ",),
                ),
                Route(Topic.PHONE, "settled", ("[client] cho [staff] xin số điện thoại phụ để [staff] chặn luôn ạ",)),
            ),
            otherwise="threat",
        ),
        "settled": Beat(
            say(
                "{ừ vậy được|ok|cảm ơn [you]}, {yên tĩnh là quý|còn reo [time] là [me] nhắn lại đó|có cần [plan] "
                "[me] tự hỏi|[who] mà bị gọi nữa là không xong}"
            )
        ),
        "threat": Beat(
            say(
                "{hết nói nổi|mời mua tiếp mới chịu|vậy [me] chặn}, {báo nhà mạng số vừa gọi [time]|đăng số lên "
                "[crowd]|làm đơn lộ thông tin cá nhân|khỏi tái tục [plan] luôn}"
            )
        ),
        "gone": GONE,
    },
    facts={
        "about": ("cuộc gọi mời mua", "số của [me]", "danh sách gọi"),
        "time": ("7 giờ sáng", "giữa trưa", "9 giờ tối", "chủ nhật", "đang giờ họp", "ngày giỗ"),
    },
    mood="complains",
)
