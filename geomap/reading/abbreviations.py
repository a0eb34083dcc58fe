"""Words whose full stop is part of them. Each set says whether a sentence may end there."""

from __future__ import annotations

TITLES = frozenset(
    "Mr Mrs Ms Mx Dr Prof Gen Lt Col Maj Capt Sgt Cpl Pvt Pte Adm Brig Cmdr Cdr Cmd Comdr Gov Rep Reps Sen Sens "
    "Rev Hon Amb Pres Insp Supt Det Fr Messrs Mmes St Ste Mt Mts Ft Pt vs viz approx ca cf e.g i.e".split()
)
"""A name or number follows: a sentence never ends here."""

BEFORE_NUMBERS = frozenset("No Nos no nos Art art Sec sec Fig fig p pp para Vol vol Ch ch Res".split())
"""Only before a number are these abbreviations."""

MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())
"""Months; a day number or a year may follow."""

STATES = frozenset(
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Miss Mo Mont Neb Nebr Nev "
    "Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Alta Nfld Ont Que Sask".split()
)
"""States and provinces as American and Canadian agencies shorten them; Man. is left out for the Isle of Man."""

FIRMS = frozenset(
    "Inc Corp Co Cos Ltd Bros Jr Sr etc Esq Dept Univ Assn Bldg Ave Blvd Rd Hwy Tel Mon Tue Wed Thu Fri".split()
)
"""Other abbreviations that may stand at the end of a sentence."""

STARTERS = frozenset(
    "The A An In On At He She It They We You This That These Those There Their His Her Its Our My But And Or Nor "
    "So Yet As After Before During Since Until While When Where Which Who What Why How If For From By With "
    "Without Within To Of Under Over Between Among Amid Against However Meanwhile Moreover Also According "
    "Although Though Despite Because Last Next Earlier Later Then Now Today Yesterday Overnight Separately Both "
    "Each Every All Some Many Most Several Other Others Another Such No Not None Nobody Only Just Even Once One "
    "Two Three Four Five Six Seven Eight Nine Ten At Around About Nearly Almost Hours Days Officials Witnesses "
    "Residents Authorities Police Medics".split()
)
"""Words that open a sentence far more often than they continue a name."""
