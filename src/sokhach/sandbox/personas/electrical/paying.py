"""A complaint: more to pay than was said."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_fee_routes = (
    Route(Topic.REFUND, "back", ("Dạ phần thu dư em hoàn lại mình ngay ạ",)),
    Route(Topic.REFUSAL, "stubborn", ("Dạ phí này theo quy định nên bên em không thể bỏ ạ",)),
    Route(Topic.APOLOGY, "sorry", ("Dạ em xin lỗi vì chưa báo rõ từ đầu ạ",)),
    Route(Topic.WAIT, "wait", ("Dạ mình đợi em kiểm tra đơn với thợ ạ",)),
)

hidden_fee = Scene(
    key="electrical.hidden_fee",
    mood="complains",
    facts={
        "product": ("quạt trần", "máy nước nóng", "bếp từ", "máy lạnh", "đèn chùm", "máy hút mùi"),
        "fee": (
            "250k tiền vật tư",
            "180k phí leo tầng",
            "300k tiền công",
            "120k phụ phí cuối tuần",
            "350k tiền ống đồng",
            "90k tiền gửi xe với vít",
        ),
        "said": ("miễn phí lắp đặt", "trọn gói", "không phát sinh", "bao công luôn"),
        "about": ("khoản [fee]", "vụ thu [fee]", "chuyện phụ phí"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|alo quản lý|ủa [you]} {hôm qua|sáng nay|[day] rồi} thợ {tới gắn|lắp} [product] {đòi "
                    "thêm|thu thêm|bắt trả} [fee] là sao, {lúc mua nói [said] mà|trên trang ghi [said]}"
                ),
                Line(
                    "{biên lai viết tay nè|tờ giấy thợ ghi|chứng cứ đây|hình tờ phiếu}, {ghi rõ [fee]|[fee] rành "
                    "rành|đọc đi|chữ thợ ghi đó}",
                    type="image",
                ),
            ),
            _fee_routes,
            say(
                "[me] hỏi [fee] đó {ai quy định|thu có đúng [no]|sao lúc tư vấn giấu} kìa, {nói [said] còn gì|"
                "[product] trả đủ tiền rồi}"
            ),
        ),
        "sorry": Beat(
            say(
                "{xin lỗi rồi trả lại [no]|xin lỗi suông [huh]|[me] không cần xin lỗi}, {[fee] chứ ít đâu|[said] là "
                "phải [said]|[look] như bị lừa}"
            ),
            (
                Route(Topic.REFUND, "back", ("Dạ em hoàn lại đủ [fee] cho mình trong hôm nay ạ",)),
                Route(Topic.DISCOUNT, "voucher", ("Dạ em tặng mình voucher 200k cho lần sau ạ",)),
                Route(Topic.REFUSAL, "stubborn", ("Dạ khoản đó bên em không thể trả ạ",)),
            ),
            otherwise="stubborn",
        ),
        "voucher": Beat(
            say(
                "voucher {làm [what]|để dụ mua nữa [huh]|thì thôi}, {[me] cần tiền lại|[fee] là tiền mặt mà|ai biết có "
                "mua nữa không}"
            ),
            (
                Route(
                    Topic.REFUSAL,
                    "stubborn",
                    ("Dạ bên em chỉ có voucher, không hoàn tiền mặt, mong mình thông cảm, không thể khác ạ",),
                ),
                Route(Topic.REFUND, "back", ("Dạ vậy em hoàn tiền lại cho mình ạ",)),
                Route(Topic.CALL, "wait", ("Dạ để quản lý gọi lại mình trao đổi ạ",)),
            ),
            otherwise="stubborn",
        ),
        "wait": Beat(
            say(
                "{[look] [quick] [please]|ừ [look] đi|[me] chờ tới trưa}, {thợ áo xanh tên Tuấn|[fee] có chữ ký "
                "đó|đơn tên "
                "[called]}, {[phone]|không xong [me] lên tận cửa hàng|lúc bán nói [said] rõ ràng}"
            ),
            _fee_routes[:2],
            otherwise="stubborn",
            silence="stubborn",
        ),
        "stubborn": Beat(
            say(
                "{vậy là treo đầu dê bán thịt chó|quy định mà không nói trước|quảng cáo [said] cho đã}, {[me] đăng "
                "lên nhóm cư dân|[me] gọi đường dây người tiêu dùng|cả chung cư này sẽ biết}, {[fee] mua bài học|"
                "khỏi mua bán [what] nữa|[product] lần sau mua chỗ khác}"
            )
        ),
        "back": Beat(
            say(
                "{ừ vậy mới là làm ăn|ok sòng phẳng|được}, chuyển {vô số [phone] momo|lại chỗ hôm trước|tên [called]} "
                "{[end]|}, {nhắc thợ đừng vậy nữa|[fee] là tiền đi chợ cả tuần|[product] thì xài tốt}"
            )
        ),
    },
)
