"""Electrical equipment: households, electricians, contractors."""

from sokhach.sandbox.personas.electrical.people import PEOPLE
from sokhach.sandbox.personas.script import Trade

TRADE = Trade(
    key="electrical",
    name="Thiết bị điện",
    personas=PEOPLE,
    facts={"who": ("mình",)},
    pictures=("tu-dien.png", "can-phong.png", "hop-mop.png"),
)
