"""Is it genuine? Whoever was cheated once wants to see papers."""

from sokhach.sandbox.personas.manners import THINKING
from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_genuine_routes = (
    Route(
        Topic.DOCUMENT,
        "papers",
        ("Dạ em gửi hóa đơn nhập và phiếu công bố của [product] ạ", "Dạ bên em có đủ giấy tờ nhập khẩu ạ"),
    ),
    Route(Topic.PICTURE, "shown", ("Dạ em gửi hình thật, mình soi mã vạch và số lô giúp em ạ",)),
    Route(Topic.REFUND, "papers", ("Dạ phát hiện hàng giả bên em đền bù gấp 10 ạ",)),
    Route(Topic.PRICE, "cheap", ("Dạ [product] giá [price] ạ",)),
)

genuine = Scene(
    key="cosmetics.genuine",
    mood="wavers",
    facts={
        "product": (
            "nước tẩy trang 400ml",
            "kem chống nắng Hàn",
            "son thỏi nội địa Nhật",
            "nước hoa 50ml",
            "serum Pháp",
            "phấn nước",
            "kem mắt",
            "viên uống collagen",
        ),
        "price": ("349.000đ", "420k", "565k", "1.290.000đ", "275k"),
        "other": ("chợ mạng", "shop xách tay", "bên livestream", "trên sàn", "chỗ bạn [me]"),
        "less": ("phân nửa", "rẻ hơn 120k", "có 150k", "rẻ gần gấp đôi"),
        "doubt": (
            "tem phụ dán lệch",
            "mùi khác cái cũ",
            "quét mã không ra",
            "nắp in mờ",
            "đầu chai khác",
            "hạn dùng dập tay",
        ),
        "about": ("hàng thật hay giả", "nguồn gốc [product]", "vụ [product]"),
    },
    beats={
        **opening(
            say(
                "[product] bên [you] {có phải chính hãng [no]|[truly] hay giả|nhập từ đâu [q]|có tem phụ [no]}, "
                "{[other] bán [less]|[me] mua nhầm hàng giả một lần rồi|dạo này báo đăng hàng giả nhiều [so]}",
                "{[me] sợ nhất là [doubt]|lần trước [doubt]|bạn [me] mua bị [doubt]}, {lấy gì tin [q]|chứng minh "
                "[please]|giá bao nhiêu [q]}",
            ),
            _genuine_routes,
            say(
                "{[me] hỏi thẳng|nói rõ [please]}: [product] {thật hay giả|có giấy tờ [no]|bị giả thì đền sao}, "
                "{[other] cũng nói chính hãng mà|[doubt] là [me] trả đó}"
            ),
        ),
        "cheap": Beat(
            say(
                "[price] {[huh]|lận}, [other] [less] {mà|đó}",
                "{sao chênh dữ|hay bên kia hàng giả|có gì chứng minh} [q], {[me] tính mua 2 chai|dùng quen loại này "
                "rồi|da [me] khó lắm}",
            ),
            (
                Route(Topic.DISCOUNT, "buy", ("Dạ 2 chai em giảm 10% và tặng kèm bông tẩy trang ạ",)),
                Route(Topic.DOCUMENT, "papers", ("Dạ em gửi hóa đơn VAT và giấy tờ nhập ạ",)),
                Route(Topic.REFUSAL, "leaves", ("Dạ giá hãng niêm yết, bên em không có chính sách bớt ạ",)),
            ),
            otherwise="think",
        ),
        "papers": Beat(
            say(
                "{có hóa đơn thì yên tâm|ờ đầy đủ đó|vậy cũng được}, {quét mã QR ra gì [q]|mở ra thử rồi trả tiền "
                "được [no]|hạn dùng tới bao giờ [q]}, {lỡ [doubt] thì sao|dùng dị ứng đổi [no]|date mới [no]}"
            ),
            (
                Route(Topic.REFUND, "buy", ("Dạ không đúng mô tả em hoàn tiền ngay ạ",)),
                Route(Topic.REFUSAL, "leaves", ("Dạ mở seal rồi thì không thể trả ạ",)),
                Route(Topic.IN_STOCK, "buy", ("Dạ hàng mới về, date 2028, còn hàng nhiều ạ",)),
            ),
            otherwise="think",
        ),
        "shown": Beat(
            (
                Line(
                    "{so với cái cũ của [me] nè|chai cũ đây|hình chai [me] mua [other]}, {[doubt] nè|khác chỗ nào|"
                    "nhìn giúp}",
                    type="image",
                ),
                Line(
                    "{vậy cái này giả [huh]|cái nào [truly]|nhìn có giống [no]} [q], {[other] nói hàng công ty|"
                    "[me] bôi "
                    "hết nửa chai rồi|tiếc tiền [so]}"
                ),
            ),
            (
                Route(Topic.APOLOGY, "think", ("Dạ rất tiếc, chai của mình số lô không khớp ạ",)),
                Route(Topic.PRICE, "cheap", ("Dạ chai đó không đúng tem, hàng thật giá [price] ạ",)),
                Route(Topic.DOCUMENT, "papers", ("Dạ mình đối chiếu với giấy tờ lô hàng em gửi ạ",)),
            ),
            otherwise="think",
        ),
        "buy": Beat(
            say(
                "{vậy tin [you] lần này|ok chốt|được rồi lấy} {1 chai|2 chai|1 hộp}, gửi [addr] {[end]|}",
                "{[called] [phone]|[phone]}, {cho đồng kiểm|quay lúc đóng gói [please]|bọc chống sốc}, {[doubt] là trả "
                "liền|[product] tốt [me] mua dài|giới thiệu bạn luôn}",
            )
        ),
        "leaves": Beat(
            say(
                "{vậy ai dám mua|thôi để [me] vô trung tâm thương mại|bán hàng thật sao sợ trả}, {[product] chứ có "
                "phải mớ rau|[other] còn cho trả|[doubt] biết kêu ai}"
            )
        ),
        "think": THINKING,
    },
)
