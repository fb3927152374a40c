"""What browsers are told, in an order that they can follow by cursor.

`announce` writes events in the transaction that makes them true; the `Sequencer` (one at a time, in a worker) gives
positions after commit and alone NOTIFYs them; the `Hub` (each web process) follows and serves the WebSocket.
"""

from sokhach.core.realtime.announce import (
    ACCESS_CHANGED,
    CONVERSATION_HIDDEN,
    Notice,
    Passing,
    announce,
    announcement,
    mention,
)

__all__ = ["ACCESS_CHANGED", "CONVERSATION_HIDDEN", "Notice", "Passing", "announce", "announcement", "mention"]
