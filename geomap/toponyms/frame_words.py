"""The words of frames: nouns that make a place of the name beside them."""

from __future__ import annotations

# "the … of X"; a plural as well
OF = frozenset(
    "village town city hamlet settlement suburb neighbourhood neighborhood district subdistrict township quarter"
    " locality hilltop hillside stronghold farm municipality oblast governorate camp".split()
)
# "the X …"; a plural as well
AFTER = frozenset(
    "village town hamlet district neighbourhood neighborhood suburb quarter airbase governorate raion oilfield"
    " gasfield countryside".split()
) | {"air base", "refugee camp", "oil field", "gas field", "border crossing", "housing complex", "oil refinery"}
_NOUNS = frozenset(noun.rpartition(" ")[2] for noun in OF | AFTER)
# a sentence of peace without any of these has no frame
FRAMING = _NOUNS | {f"{noun}s" for noun in _NOUNS} | {f"{noun[:-1]}ies" for noun in _NOUNS if noun.endswith("y")}
FRAMING |= {"residents", "inhabitants", "citizens"}
# the same in sentences that speak of violence
SITE_AFTER = frozenset(
    "area camp base airport airfield hospital mosque school academy barracks checkpoint refinery depot farm hill"
    " mountain valley road highway bridge dam port plant station stadium factory prison square market complex front"
    " frontline pocket crossing junction axis".split()
) | {"military base", "military academy", "power plant", "storage depot", "industrial area"}
# last words of a name in capitals, in such sentences; a plural as well
SITES = frozenset(
    "airport airbase base camp district neighbourhood neighborhood suburb village hill mountain plain heights valley"
    " field orchard farm spring hospital mosque university academy school station complex project hotel palace bridge"
    " dam crossing junction roundabout refinery depot barracks prison stadium market square road highway island port"
    " terminal plant factory quarter area".split()
)
# before a name nobody knows, in such sentences
FIRM = frozenset(("near", "outside"))  # before nothing but a place
LOOSE = frozenset("near at around outside inside towards toward in".split())
# words of violence that speak of accidents and courts as well
ACCIDENTAL = frozenset("fire fired killed kills damaged damages damage wounded casualties blasted".split())
# titles that begin names of places too: "Sheikh Zuweid district"
HONOURED = frozenset("sheikh sheik shaykh imam haji hajji mullah sultan king queen prince princess saint".split())
# what only places suffer
SHELLED = frozenset("shelled bombed bombarded strafed".split())
HIT = frozenset(("hit", "struck", "attacked", "targeted", "damaged"))
SHELLS = frozenset(
    "drone drones missile missiles rocket rockets shell shells shelling bomb bombs artillery mortar mortars airstrike"
    " airstrikes strike strikes uav uavs shahed shaheds".split()
)
STRIKES = frozenset(
    "airstrike airstrikes strike strikes shelling bombardment bombing raid raids attack attacks".split()
)
AGAINST = frozenset(("on", "against", "of"))
# what only a place has, before the "of" of a known name
PARTS = frozenset("centre center outskirts suburbs edge skies skyline airspace".split())
DWELLERS = frozenset(("residents", "inhabitants", "citizens"))
# signs that begin the entries of a list
BULLETS = frozenset(("•", "·", "▪", "‣", "*", ":", "-", "–", "—", "●", "■", "▶", "➡"))
