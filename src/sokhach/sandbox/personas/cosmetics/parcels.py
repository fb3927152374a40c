"""A complaint: the box arrives crushed, and something is missing."""

from sokhach.sandbox.personas.openings import opening
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene, say
from sokhach.sandbox.personas.topics import Topic

_crushed_routes = (
    Route(Topic.REFUSAL, "angry", ("Dạ mình ký nhận rồi nên bên em không hỗ trợ đổi ạ",)),
    Route(
        Topic.REFUND, "exchange", ("Dạ em đổi cái mới và gửi bù phần thiếu ạ", "Dạ em hoàn tiền món bị hư cho mình ạ")
    ),
    Route(Topic.PICTURE, "clip", ("Dạ mình gửi clip mở hàng giúp em ạ", "Dạ mình chụp giúp em vỏ hộp và phiếu ạ")),
    Route(Topic.APOLOGY, "sorry", ("Dạ em xin lỗi mình, khâu đóng gói sai sót ạ",)),
)

crushed = Scene(
    key="cosmetics.crushed",
    mood="complains",
    facts={
        "product": (
            "phấn nén",
            "chai serum",
            "hộp quà",
            "nước hoa",
            "kem lạnh",
            "tuýp kem chống nắng",
            "bảng mắt",
            "dầu gội",
        ),
        "state": ("bể nát", "đổ hết nửa chai", "hộp móp méo", "mất seal", "bung nắp chảy lem", "gãy cọ"),
        "missing": (
            "thiếu quà tặng",
            "thiếu 1 cây son",
            "không có hóa đơn",
            "date còn 2 tháng",
            "thiếu bông tẩy trang",
        ),
        "about": ("đơn [product]", "vụ hàng [state]", "hàng thiếu"),
    },
    beats={
        **opening(
            (
                Line(
                    "{[you] ơi|[sigh]|ủa [you]} [product] {tới nơi|nhận hàng thấy|mở ra} [state], {lại còn "
                    "[missing]|[missing] nữa|mà còn [missing]}"
                ),
                Line(
                    "{hình nè|mở ra vầy đó|[look] thử}, {[state] luôn|gói ẩu [so]|không chêm gì hết}",
                    type="image",
                    variant="hop-bi-mop.png",
                ),
            ),
            _crushed_routes,
            say(
                "vậy [product] [state] {đổi [no]|ai đền|tính [how]}, {[missing] nữa kìa|quà tặng người ta mà|đặt cả "
                "tuần mới tới}"
            ),
        ),
        "clip": Beat(
            (
                Line(type="video", variant="mo-hop.mp4"),
                Line(
                    "{quay từ lúc rạch băng keo|clip đủ rồi đó|may có quay}, {thấy [state] chưa|[missing] rõ ràng|"
                    "đền đi [end]}, {[product] mấy trăm ngàn|[missing] sao không báo|cần gấp để tặng}"
                ),
            ),
            _crushed_routes[:2],
            otherwise="angry",
            silence="angry",
        ),
        "sorry": Beat(
            say(
                "{rồi sao nữa|xin lỗi có liền lại [no]|ừ mà giải quyết đi}, {[product] [state] ai dùng|[missing] "
                "thì bù|[me] cần trước cuối tuần}"
            ),
            (
                Route(Topic.REFUND, "exchange", ("Dạ em đổi cái mới liền ạ",)),
                Route(Topic.DISCOUNT, "keep", ("Dạ em giảm 50k cho lần sau nhé ạ",)),
                Route(Topic.WAIT, "later", ("Dạ mình đợi em hỏi bên vận chuyển một lát ạ",)),
            ),
            otherwise="angry",
        ),
        "keep": Beat(
            say(
                "lần sau {là bao giờ|ai dám mua nữa|nào nữa}, [product] {lần này|này} {[state] rồi|tính sao}, {trả "
                "tiền lại đi|[missing] cũng làm lơ|đổi [please] cái mới}"
            ),
            _crushed_routes[:2],
            otherwise="angry",
        ),
        "later": Beat(
            say(
                "{lỗi bên giao hay bên [you] cũng là [you] bán|đợi tới bao giờ|hỏi [quick] [end]}, {[product] đâu|"
                "[called] "
                "đơn hôm qua|[missing] thì gửi bù trước}{, [phone]|, đừng im luôn|}"
            ),
            _crushed_routes[:2],
            otherwise="angry",
            silence="angry",
        ),
        "exchange": Beat(
            say(
                "{gửi lại [addr]|đổi ở nhà [me], [addr]}, {cái hư trả ai|cái [state] [me] bỏ luôn [huh]|có phải gửi "
                "lại [no]}, {[missing] nhớ bù|chêm kỹ [please]|mấy hôm có}"
            ),
            (
                Route(Topic.REFUSAL, "angry", ("Dạ phí gửi về bên em không hỗ trợ ạ",)),
                Route(Topic.DISCOUNT, "calm", ("Dạ em tặng thêm mình 1 son dưỡng, phí em lo ạ",)),
                Route(Topic.DELIVERY, "calm", ("Dạ mai giao hàng mới, shipper nhận lại cái hư ạ",)),
            ),
            otherwise="calm",
        ),
        "angry": Beat(
            say(
                "{bán xong phủi tay|kiểm kiểu gì khi shipper hối|nói vậy nghe được [huh]}, {[me] đánh giá 1 sao kèm "
                "clip|[me] khiếu nại|[me] đăng lên nhóm}, {[product] [state] treo lên cho [look]|[missing] là ăn gian "
                "khách|gặp quản lý mới nói chuyện}"
            )
        ),
        "calm": Beat(
            (
                Line(
                    "{ok|vậy được|[you] xử lý nhanh vậy là tốt}, {[me] chờ [product] mới|[called] [phone]|lần này "
                    "đừng để [state]}, {nhớ chêm xốp|[missing] khỏi quên|cảm ơn [end]}"
                ),
                Line(type="sticker"),
            )
        ),
    },
)
