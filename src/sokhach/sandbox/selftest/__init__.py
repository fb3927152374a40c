"""`sokhach sandbox selftest`: does the simulated Zalo refuse what Zalo refuses?

It judges by the reference's list of codes, written down a second time in `codes`, and by plain HTTP calls; it shares
neither constants nor code with the sandbox it questions.
"""
