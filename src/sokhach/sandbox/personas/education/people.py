"""Parents, pupils and those who learn for work."""

from sokhach.sandbox.personas.education.asking import FEE, LEVEL, TIMETABLE
from sokhach.sandbox.personas.education.complaining import CANCELLED, EXTRA_FEES, REFUND, TEACHER
from sokhach.sandbox.personas.education.enrolling import ENROL, TRIAL
from sokhach.sandbox.personas.education.groups import COMPANY, GROUP
from sokhach.sandbox.personas.education.own import ABROAD, ELDER, PRICE_ONLY
from sokhach.sandbox.personas.education.returning import PAUSE, RESULT
from sokhach.sandbox.personas.education.wavering import AFRAID, COMPARE
from sokhach.sandbox.personas.manners import CENTRE, NORTH, SOUTH, WEST, Facts
from sokhach.sandbox.personas.places import DANANG, HAIPHONG, HANOI, HUE, MEKONG
from sokhach.sandbox.personas.script import Persona, Voice

_OFFICE = (11, 12, 12, 13, 17, 18, 20, 20, 21, 21, 22)
_EARLY = (5, 6, 6, 7, 8, 9, 15, 16, 18)
_NIGHT = (0, 1, 12, 21, 22, 22, 23, 23)
_PUPIL = ("lớp 2", "lớp 3", "lớp 4", "lớp 5")
_KID_COURSE = (
    "tiếng Anh thiếu nhi",
    "toán tư duy",
    "vẽ",
    "bơi",
    "piano",
    "lập trình Scratch",
    "luyện chữ đẹp",
    "cờ vua",
)
_ADULT_COURSE = (
    "giao tiếp người đi làm",
    "IELTS",
    "TOEIC",
    "tiếng Trung HSK 4",
    "tiếng Hàn sơ cấp",
    "tiếng Nhật N4",
    "tin học văn phòng",
)


_KID: Facts = {
    "pupil": ("bé", "con"),
    "lets": ("cho [learner]",),
    "brings": ("đưa [learner] qua", "chở [learner] tới", "dắt [learner] qua"),
    "goal": ("theo kịp bạn", "tự tin nói", "đọc được truyện", "thi lên cấp", "vô lớp chọn", "bớt coi điện thoại"),
    "busy": ("học thêm toán", "lớp võ", "bán trú tới 5 giờ", "học múa", "sinh hoạt đội", "đá banh với bạn"),
    "busy2": (
        "[learner] phải mổ ruột thừa",
        "nhà chuyển về quê",
        "trường tăng tiết buổi chiều",
        "[learner] gãy tay",
        "nhà có em bé",
        "thi học kỳ dồn dập",
    ),
}
_TEEN: Facts = {
    "pupil": ("em", "mình"),
    "lets": ("đi",),
    "brings": ("chạy qua", "nhờ ba chở qua", "ghé", "đi xe buýt qua"),
    "goal": ("lên 6.5", "được 8 điểm thi", "qua môn", "đủ điểm ra trường", "đậu nguyện vọng một"),
    "busy": ("học thêm toán", "đi làm thêm", "học quân sự", "câu lạc bộ", "ca học chiều"),
    "busy2": ("em đi thực tập", "em chuyển trọ xa", "thi học kỳ dồn dập", "em đi mùa hè xanh", "nhà kêu em về quê"),
}
_ADULT: Facts = {
    "pupil": ("mình",),
    "lets": ("đi",),
    "brings": ("tự qua", "tranh thủ ghé", "chạy qua sau giờ làm"),
    "goal": ("giao tiếp được", "đi phỏng vấn", "lấy chứng chỉ", "nói chuyện với khách", "lên chức"),
    "busy": ("tăng ca", "trực", "ca chiều", "họp cuối ngày", "đám tiệc"),
    "busy2": ("lịch làm đổi liên tục", "nhà có việc", "sếp cử đi công tác", "chuyển ca đêm", "nhà có em bé"),
}

PEOPLE: tuple[Persona, ...] = (
    Persona(
        "education.me-bong",
        "Mẹ Bông (Thanh Thủy)",
        Voice("south", me="chị", you="em", yes="ừ", end="nha em", teen=0.1, typo=0.02),
        (FEE, TRIAL, COMPARE, TEACHER, RESULT),
        facts={
            **SOUTH,
            **_KID,
            "learner": ("bé Bông", "bé Bông nhà chị"),
            "grade": _PUPIL,
            "course": _KID_COURSE,
            "name": ("Bông",),
            "folks": ("ba nó", "ông xã"),
        },
        tag="phụ huynh",
        hours=(9, 12, 13, 20, 21, 21, 22, 22),
    ),
    Persona(
        "education.ba-ngoai-mai",
        "Bà Mai Nghĩa Tân",
        Voice("north", me="bà", you="cháu", yes="ừ", end="nhé", bare=0.8, typo=0.04),
        (TIMETABLE, TRIAL, CANCELLED, PAUSE),
        facts={
            **NORTH,
            **HANOI,
            **_KID,
            "q": ("hả cháu", "thế cháu", "vậy"),
            "no": ("không cháu", "không"),
            "learner": ("cháu Minh", "thằng cháu bà"),
            "grade": _PUPIL,
            "course": _KID_COURSE,
            "name": ("Minh",),
            "folks": ("mẹ nó", "bố nó"),
            "ward": ("Cầu Giấy", "Nghĩa Tân", "Thanh Xuân"),
        },
        city="Hà Nội",
        hours=_EARLY,
    ),
    Persona(
        "education.gia-huy",
        "Huỳnh Gia Huy",
        Voice("south", me="em", you="ad", yes="dạ", end="ạ", teen=0.85, typo=0.03),
        (FEE, LEVEL, AFRAID, PAUSE),
        facts={
            **SOUTH,
            **_TEEN,
            "learner": ("em",),
            "grade": ("năm nhất", "năm hai", "lớp 12"),
            "course": ("IELTS", "TOEIC", "luyện thi đánh giá năng lực", "giao tiếp"),
            "name": ("Gia Huy",),
            "folks": ("ba mẹ", "má em"),
        },
        tag="sinh viên",
        hours=_NIGHT,
    ),
    Persona(
        "education.ha-my",
        "Lê Hà My",
        Voice("centre", me="em", you="chị", yes="dạ", end="ạ", teen=0.5, typo=0.02),
        (LEVEL, TIMETABLE, PAUSE, RESULT),
        facts={
            **CENTRE,
            **HUE,
            **_TEEN,
            "learner": ("em",),
            "grade": ("lớp 11", "lớp 12"),
            "course": ("toán luyện thi", "tiếng Anh luyện thi", "văn lớp 12", "lý lớp 11"),
            "name": ("Hà My",),
            "folks": ("mạ em", "ba mạ"),
        },
        city="Huế",
        hours=(12, 17, 18, 21, 22, 22, 23),
    ),
    Persona(
        "education.ut-thuong",
        "Út Thương",
        Voice("west", me="tui", you="bạn", yes="dạ", end="nghen", bare=0.3, teen=0.2, typo=0.04),
        (AFRAID, FEE, ENROL, PAUSE),
        facts={
            **WEST,
            **MEKONG,
            **_ADULT,
            "learner": ("tui",),
            "grade": ("học hết lớp 9", "đi làm rồi", "nghỉ học lâu rồi"),
            "course": ("tiếng Nhật xuất khẩu lao động", "tiếng Hàn EPS", "làm bánh", "trang điểm"),
            "name": ("Thương",),
        },
        city="Cần Thơ",
        hours=(5, 11, 12, 18, 19, 20, 21),
    ),
    Persona(
        "education.anh-quyen",
        "Bùi Văn Quyền",
        Voice("north", me="tôi", you="em", yes="được", end="nhé", typo=0.02),
        (REFUND, EXTRA_FEES, TEACHER, CANCELLED),
        facts={
            **NORTH,
            **HAIPHONG,
            **_KID,
            "learner": ("con tôi", "thằng cu nhà tôi"),
            "grade": ("lớp 6", "lớp 7"),
            "course": ("tiếng Anh THCS", "toán lớp 7", "kỹ năng sống"),
            "name": ("Nam",),
            "folks": ("vợ tôi", "bà xã tôi"),
        },
        tag="khó tính",
        city="Hải Phòng",
        hours=(7, 12, 19, 20, 20, 21, 22),
    ),
    Persona(
        "education.bich-ngoc",
        "Trần Bích Ngọc",
        Voice("south", me="mình", you="bạn", yes="dạ", end="nha", teen=0.35),
        (TIMETABLE, AFRAID, ENROL, REFUND),
        facts={
            **SOUTH,
            **_ADULT,
            "learner": ("mình",),
            "grade": ("đi làm 4 năm rồi", "mất gốc luôn"),
            "course": _ADULT_COURSE,
            "name": ("Ngọc",),
        },
        tag="dân văn phòng",
        hours=_OFFICE,
    ),
    Persona(
        "education.tin-nghia",
        "Phòng Nhân sự Tín Nghĩa",
        Voice("south", me="em", you="anh/chị", yes="vâng", end="ạ"),
        (COMPANY, TIMETABLE, ENROL),
        facts={
            **NORTH,
            **_ADULT,
            "learner": ("nhân viên bên em",),
            "grade": ("trình độ không đều",),
            "course": _ADULT_COURSE,
            "name": ("Diễm",),
            "folks": ("ban giám đốc", "kế toán"),
        },
        tag="doanh nghiệp",
        city="Đồng Nai",
        hours=(8, 8, 9, 10, 10, 11, 13, 14, 15, 16),
    ),
    Persona(
        "education.co-hanh",
        "Cô Hạnh Lái Thiêu",
        Voice("south", me="cô", you="em", yes="ừ", end="nghen em", typo=0.01),
        (GROUP, RESULT, EXTRA_FEES),
        facts={
            **SOUTH,
            **_ADULT,
            "learner": ("tụi nhỏ lớp cô", "học trò cô"),
            "grade": ("lớp 8", "lớp 9"),
            "course": ("toán lớp 9", "tiếng Anh vào 10", "kỹ năng mềm"),
            "name": ("Hạnh",),
            "folks": ("phụ huynh", "thầy hiệu phó"),
        },
        tag="giáo viên",
        city="Bình Dương",
        hours=(6, 11, 12, 17, 19, 20, 21),
    ),
    Persona(
        "education.linda-phan",
        "Linda Phan",
        Voice("south", me="mình", you="bạn", yes="dạ", end="nhé", bare=0.4, typo=0.04),
        (ABROAD, TRIAL, COMPARE),
        facts={
            **SOUTH,
            **_KID,
            "learner": ("con gái mình", "bé Emma"),
            "grade": ("grade 2", "grade 3"),
            "course": ("tiếng Việt online", "tiếng Việt cho trẻ"),
            "name": ("Emma",),
            "folks": ("chồng mình", "bà ngoại"),
        },
        tag="Việt kiều",
        hours=(0, 5, 6, 7, 21, 22, 23),
    ),
    Persona(
        "education.chu-tu-sang",
        "Tư Sang",
        Voice("west", me="chú", you="con", yes="ừ", end="nghen con", bare=0.7, typo=0.05),
        (ELDER, FEE, TRIAL),
        facts={
            **WEST,
            **MEKONG,
            **_ADULT,
            "learner": ("chú", "thằng cháu nội"),
            "grade": ("lớn tuổi rồi",),
            "course": ("tiếng Anh giao tiếp", "vi tính căn bản", "đờn ca tài tử"),
            "name": ("Tư Sang",),
            "folks": ("thím Tư", "mấy đứa nhỏ"),
        },
        source="qr_code",
        city="Vĩnh Long",
        hours=_EARLY,
    ),
    Persona(
        "education.ti-bi",
        "Tí Bi",
        Voice("centre", me="em", you="shop", yes="dạ", end="hí", bare=0.5, teen=0.4),
        (PRICE_ONLY, FEE, TIMETABLE),
        facts={
            **CENTRE,
            **DANANG,
            **_ADULT,
            "learner": ("em",),
            "grade": ("đi làm", "sinh viên"),
            "course": _ADULT_COURSE,
            "name": ("Bi",),
        },
        follows=False,
        source="ads",
        city="Đà Nẵng",
        hours=_NIGHT,
    ),
)
