"""Sentences with the word frequencies of real Vietnamese shop talk: counted in the public data when SOKHACH_DATA names
it, else in a small text of our own."""

import csv
import itertools
import os
import random
from collections import Counter
from functools import cache
from pathlib import Path

# Where public comments on shops are, and the column that holds the text.
SOURCES = (("vi_sentiment_aivivn/train.csv", "text"), ("vi_ecom_hasaki/reviews_text.csv", "text"))
MOST_WORDS = 20_000

OWN = """
shop ơi cho em hỏi aptomat hai pha còn hàng không ạ dạ còn anh nhé bên em giao trong ngày giá bao nhiêu vậy shop
báo giá giúp mình năm bộ đèn led âm trần mình cần gấp chiều nay dạ chị cho em xin địa chỉ và số điện thoại ạ
hàng về chưa em sao lâu quá vậy anh chờ từ sáng tới giờ dạ em xin lỗi anh đơn đang trên đường giao ạ cảm ơn shop
áo này còn size m không chị ơi cho mình xem thêm hình được không màu xanh hay màu đen đẹp hơn dạ màu nào cũng có ạ
mình muốn đổi trả vì hàng bị lỗi không bật được dạ anh gửi giúp em video để em báo kỹ thuật kiểm tra liền ạ
khoá học khai giảng ngày nào học phí đóng mấy lần em đăng ký cho bé nhà chị với ok em nhé chốt đơn giúp anh
"""


@cache
def _frequencies() -> tuple[list[str], list[int]]:
    counts: Counter[str] = Counter()
    folder = os.environ.get("SOKHACH_DATA")
    for name, column in SOURCES if folder else ():
        file = Path(folder or "", name)
        if file.is_file():
            with file.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    counts.update((row.get(column) or "").lower().split())
    if not counts:
        counts.update(OWN.split())
    common = counts.most_common(MOST_WORDS)
    return [word for word, _ in common], list(itertools.accumulate(count for _, count in common))


class Words:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words, self._weights = _frequencies()

    def sentence(self) -> str:
        """About twelve words, as people write in chat: often few, sometimes many."""
        length = min(60, 1 + int(self._chance.expovariate(1 / 11)))
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=length))
