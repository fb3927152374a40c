"""The demo: a company with branches, people and OAs on the simulated Zalo, weeks of history, and customers who write
now. It knows what belongs to it, and all of that can be taken away again."""

from sokhach.demo.company import OA_ID, OA_NAME, OAS, STAFF

__all__ = ["OAS", "OA_ID", "OA_NAME", "STAFF"]
