"""What an answer of staff speaks of, by its words without case and diacritics: simple, so that whoever plays with the
demo can foresee it."""

import re
import unicodedata
from enum import StrEnum


class Topic(StrEnum):
    """Alphabetical."""

    ADDRESS = "address"
    APOLOGY = "apology"
    APPOINTMENT = "appointment"
    CALL = "call"
    DELIVERY = "delivery"
    DETAILS = "details"
    DISCOUNT = "discount"
    DOCUMENT = "document"
    GREETING = "greeting"
    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PHONE = "phone"
    PICTURE = "picture"
    PRICE = "price"
    REFUND = "refund"
    REFUSAL = "refusal"
    THANKS = "thanks"
    WAIT = "wait"
    WARRANTY = "warranty"


# Words are whole words; "\d" figures. Within a text every topic that it holds counts.
_WORDS: dict[Topic, str] = {
    Topic.ADDRESS: r"dia chi|giao (toi|den|ve) dau|o khu vuc nao|quan may",
    Topic.APOLOGY: r"xin loi|thong cam|mong (anh|chi|ban|co|chu|minh) (bo qua|thong cam)|rat tiec|ap?ologi[sz]e|sorry",
    Topic.APPOINTMENT: r"hen|lich|ghe (xem|qua)|qua (xem|cua hang|van phong)|sang mai|chieu mai|cuoi tuan nay",
    Topic.CALL: r"goi (lai|cho|dien|ngay|vao)|goi (anh|chi|minh|ban|co|chu)|alo|hotline|tong dai",
    Topic.DELIVERY: r"giao (hang|trong|sau|nhanh|luc|ngay|mai)|ship|van chuyen|don vi giao|nhan (duoc )?hang"
    r"|buu ta|shipper",
    Topic.DETAILS: r"cho (em|con|shop|minh|ben em) (hoi|xin)|loai nao|mau nao|size nao|bao nhieu (met|nguoi|kg|ky|tuoi)"
    r"|bao nhieu cai|can nang|chieu cao|dien tich|cong suat|nhu cau|ngan sach|nam sinh|tinh trang"
    r"|da (anh|chi|minh|ban) (la )?(da )?",
    Topic.DISCOUNT: r"giam|uu dai|khuyen mai|chiet khau|tang (kem|them|minh|chi|anh)|voucher|ma giam|mien phi|freeship",
    Topic.DOCUMENT: r"bao gia|hoa don|hop dong|tai lieu|catalogue|brochure|file|bang (gia|minh hoa)"
    r"|so (hong|do)|giay to",
    Topic.GREETING: r"chao|xin nghe|em day|nghe day",
    Topic.IN_STOCK: r"con (hang|nhe|nha|a|mau|size|can|lop|cho|suat)|san (hang|kho)|co san|da co|dang con|van con",
    Topic.OUT_OF_STOCK: r"het (hang|mau|size|can|lop|cho|suat|roi|mat)|tam het|khong con|chua ve|da ban het|kin lich",
    Topic.PHONE: r"so dien thoai|sdt|so (zalo|lien lac)|lien he (qua|so)",
    Topic.PICTURE: r"hinh|anh (that|chup|san pham|mau|ben duoi|o duoi|em gui)|gui (anh|hinh|video|clip)|xem (anh|hinh) "
    r"|chup (lai|giup|cho)|quay (lai|video|clip)",
    Topic.PRICE: r"\d+([.,]\d+)* ?(d|k|dong|nghin|ngan|trieu|tr|ty|vnd|cu|lit|%)( |$|/|,|\.)"
    r"|gia (la|chi|tu|ban|hien|niem yet)"
    r"|\d{1,3}(\.\d{3})+|hoc phi|phi bao hiem|phi la",
    Topic.REFUND: r"hoan (tien|lai|phi)|doi (moi|tra|hang|cai|sang|size|san pham)|den bu|boi (hoan|thuong)|tra lai",
    Topic.REFUSAL: r"khong (the|duoc|ho tro|giam|nhan|co chinh sach|con cach)|chua (ho tro|the)|rat tiec khong|qua han",
    Topic.THANKS: r"cam on|cam on a|chuc (anh|chi|ban|co|chu|minh)|ung ho",
    Topic.WAIT: r"doi (em|ti|chut|xiu|lat)|cho (em|shop|ben em) (kiem|check|xem|it phut)|kiem tra|check|de em|xiu|chut"
    r"|lat nua",
    Topic.WARRANTY: r"bao hanh|bao tri|ky thuat|tho |sua (chua|giup|cho)|lap dat",
}
_PATTERNS = {topic: re.compile(rf"(?<!\w)(?:{words})") for topic, words in _WORDS.items()}


def topics_of(answer: str) -> frozenset[Topic]:
    """What the answer speaks of; nothing when it is empty or says nothing known."""
    heard = fold(answer)
    return frozenset(topic for topic, pattern in _PATTERNS.items() if pattern.search(heard))


def fold(text: str) -> str:
    """Lower case without Vietnamese diacritics, so that "Địa chỉ" meets "dia chi"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
