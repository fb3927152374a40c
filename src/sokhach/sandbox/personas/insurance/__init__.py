"""Health, cars, life, journeys: policies and claims."""

from sokhach.sandbox.personas.insurance.people import PEOPLE
from sokhach.sandbox.personas.script import Trade

TRADE = Trade(
    "insurance",
    "Bảo hiểm",
    PEOPLE,
    facts={
        "plan": ("Bạc", "Vàng", "Kim Cương", "An Tâm", "Gia Đình", "Mẹ và Bé", "Phổ Thông"),
        "fee": ("3.150.000đ", "3.680.000đ", "4.250.000đ", "4.900.000đ", "5.600.000đ"),
        "rival": ("An Khang", "Trường Thọ", "Phúc Bình", "Đại Tín", "Hòa Lộc"),
        "benefit": (
            "thai sản",
            "nha khoa",
            "ngoại trú",
            "khám tổng quát",
            "bệnh hiểm nghèo",
            "trợ cấp nằm viện",
            "tai nạn",
        ),
        "addon": ("ngập nước", "mất cắp bộ phận", "cứu hộ", "gara chính hãng", "tai nạn người ngồi trên xe"),
        "illness": ("tiểu đường", "cao huyết áp", "viêm xoang", "thoát vị đĩa đệm", "dạ dày", "hen", "gan nhiễm mỡ"),
        "hospital": (
            "bệnh viện quận",
            "bệnh viện thành phố",
            "bệnh viện tỉnh",
            "bệnh viện quốc tế",
            "bệnh viện Nhi",
            "phòng khám gần nhà",
        ),
        "car": (
            "Vios 2020",
            "Morning 2018",
            "Xpander 2022",
            "SH 2021",
            "Vision 2019",
            "tải 2 tấn",
            "7 chỗ đời 2017",
        ),
        "who": ("vợ chồng mình", "con nhỏ", "má", "cả nhà", "ba"),
        "born": ("1990", "1985", "1994", "1978", "1988"),
        "salary": ("10 triệu", "12 triệu", "18 triệu", "cỡ 20 triệu", "bấp bênh theo mùa"),
        "people": ("3", "4", "5", "6"),
        "since": ("năm ngoái", "tháng 3", "đầu năm", "tháng trước", "hai năm trước", "hồi dịch"),
        "start": ("ngày mai", "đầu tháng", "thứ Hai", "ngày 15", "cuối tháng", "ngày 20"),
        "day": ("mai", "thứ Bảy", "thứ Tư", "thứ Năm", "mốt", "thứ Sáu", "chủ nhật"),
        "hour": ("9", "10", "14", "15", "16"),
        "place": (
            "ngã tư Hàng Xanh",
            "cầu Bình Triệu",
            "vòng xoay Phú Lâm",
            "hầm Thủ Thiêm",
            "quốc lộ 13",
            "bến xe",
            "chợ",
        ),
        "street": ("45 Nguyễn Oanh", "hẻm 21 Lê Quang Định", "8 Phan Văn Trị", "ấp 3, xã Tân Nhựt"),
        "crowd": ("xóm", "khu phố", "cơ quan", "hội phụ huynh", "nhóm xe"),
    },
    pictures=("giay-to.png", "xe-xuoc.png"),
)
