"""Irregular English forms: verbs (base, past, participle), plurals and comparisons, as literal tables."""

from __future__ import annotations

# Base form, then every past form and participle that is not made by adding "ed".
_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne born|beat beaten|become became
befall befell befallen|beget begot begotten|begin began begun|behold beheld|bend bent|bereave bereft
beset|bespeak bespoke bespoken|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken
breed bred|bring brought|broadcast|browbeat browbeaten|build built|burn burnt|buy bought|catch caught
choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug|dive dove|do did done
draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown
forbid forbade forbidden|forecast|foresee foresaw foreseen|foretell foretold|forget forgot forgotten
forgive forgave forgiven|forgo forwent forgone|forsake forsook forsaken|freeze froze frozen
get got gotten|give gave given|go went gone|grind ground|grow grew grown|hang hung|have had|hear heard
hide hid hidden|hold held|interweave interwove interwoven|inlay inlaid|keep kept|kneel knelt
know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|lie lay lain
light lit|lose lost|make made|mean meant|meet met|mislead misled|misread|mistake mistook mistaken
misunderstand misunderstood|mow mown|offset|outbid|outdo outdid outdone|outgrow outgrew outgrown
outrun outran|outsell outsold|overcome overcame|overdo overdid overdone|overfly overflew overflown
overhear overheard|oversee oversaw overseen|overtake overtook overtaken|overthrow overthrew overthrown
override overrode overridden|overrun overran|partake partook partaken|pay paid|plead pled|prove proven
rebuild rebuilt|redraw redrew redrawn|remake remade|repay repaid|resell resold|resend resent
retake retook retaken|rethink rethought|rewrite rewrote rewritten|rend rent|ride rode ridden
ring rang rung|rise rose risen|run ran|saw sawn|say said|see saw seen|seek sought|sell sold|send sent
sew sewn|shake shook shaken|shear shorn|shine shone|shoot shot|show shown|shrink shrank shrunk
sing sang sung|sink sank sunk sunken|sit sat|slay slew slain|sleep slept|slide slid|sling slung
slink slunk|smell smelt|sneak snuck|sow sown|speak spoke spoken|speed sped|spell spelt|spend spent
spill spilt|spin spun|spit spat|spoil spoilt|spring sprang sprung|stand stood|steal stole stolen
stick stuck|sting stung|stink stank stunk|stride strode stridden|strike struck stricken|string strung
strive strove striven|swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
tread trod trodden|undergo underwent undergone|undercut|understand understood
underlie underlay underlain underlying|undertake undertook undertaken|underwrite underwrote underwritten
undo undid undone|unwind unwound|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept
win won|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wring wrung
write wrote written|mothball|airlift|babysit babysat
"""

# Verbs whose past is regular in spelling but not in the rules of ``lemmas``.
_REGULAR_VERBS = """
breathe breathed breathing|clothe clothed clothing|bathe bathed bathing|loathe loathed loathing
soothe soothed soothing|die dying|lie lying|tie tying|vie vying|dye dyed dyeing|eye eyed eyeing eying
free freed freeing|agree agreed agreeing|focus focused focusing focuses|bias biased biasing
gas gassed gassing|bus bused busing|canvas canvassed|quit quitting|equip equipped equipping
veto vetoed vetoing vetoes|echo echoed echoing echoes|ski skied skiing|panic panicked panicking
traffic trafficked trafficking|mimic mimicked mimicking|picnic picnicked picnicking
embargo embargoed embargoing embargoes|torpedo torpedoed torpedoing torpedoes
undergo undergoing undergoes|change changed changing|range ranged ranging|arrange arranged arranging
exchange exchanged exchanging|hinge hinged hinging|plunge plunged plunging
challenge challenged challenging|avenge avenged avenging|singe singed|binge binged
cringe cringed cringing|infringe infringed infringing|impinge impinged impinging|lounge lounged
sponge sponged|scavenge scavenged scavenging|revenge revenged|derange deranged|estrange estranged
welcome welcomed welcoming|ache ached aching|cache cached caching|waste wasted wasting
paste pasted pasting|taste tasted tasting|haste hasted|program programmed programming
pilot piloted piloting|unite united uniting|be is are was were been being am
"""

_NOUNS = """
man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen
die dice|wife wives|life lives|knife knives|leaf leaves|half halves|shelf shelves|wolf wolves
thief thieves|loaf loaves|calf calves|elf elves|self selves|scarf scarves|hoof hooves|sheaf sheaves
wharf wharves|midwife midwives|lens lenses|crisis crises|analysis analyses|thesis theses|hypothesis hypotheses
diagnosis diagnoses|emphasis emphases|oasis oases|synopsis synopses|parenthesis parentheses|axis axes
paralysis paralyses|neurosis neuroses|criterion criteria|phenomenon phenomena|bacterium bacteria
curriculum curricula|stadium stadia|memorandum memoranda|referendum referenda|stratum strata
spectrum spectra|addendum addenda|millennium millennia|index indices|appendix appendices|vertex vertices
matrix matrices|stimulus stimuli|nucleus nuclei|alumnus alumni|cactus cacti|fungus fungi|radius radii
syllabus syllabi|larva larvae|formula formulae|antenna antennae|chateau chateaux|bureau bureaux
plateau plateaux|corps corps|coup coups|aide aides|passer-by passers-by|people people|police police
troops troops|arms arms|headquarters headquarters|barracks barracks|goods goods|premises premises
series series|species species|means means|clothes clothes|thanks thanks|savings savings|data data
media media|remains remains|surroundings surroundings|earnings earnings|proceeds proceeds
whereabouts whereabouts|outskirts outskirts|crossroads crossroads|gallows gallows|shambles shambles
odds odds|hero heroes|potato potatoes|tomato tomatoes|veto vetoes|torpedo torpedoes|cargo cargoes
embargo embargoes|mosquito mosquitoes|volcano volcanoes|echo echoes|tornado tornadoes|domino dominoes
mango mangoes|negro negroes|buffalo buffaloes|motto mottoes|politics politics|economics economics
ethics ethics|logistics logistics|electronics electronics|ballistics ballistics|physics physics
mathematics mathematics|avionics avionics|aeronautics aeronautics|robotics robotics|athletics athletics
genetics genetics
"""

_COMPARISONS = """
good better best|bad worse worst|far further furthest farther farthest|old elder eldest
late later latest latter|more more|most most|less less|least least
"""
_ADVERBS = """
well better best|badly worse worst|far further furthest farther farthest|more more|most most|less less
least least
"""


def _lemma_of(table: str) -> dict[str, str]:
    """Return form -> lemma; the first entry that names a form wins."""
    found: dict[str, str] = {}
    for entry in table.replace("\n", "|").split("|"):
        lemma, *forms = entry.split() or [""]
        for form in forms:
            found.setdefault(form, lemma)
    return found


VERB_LEMMAS = _lemma_of(_VERBS + _REGULAR_VERBS)
# Past forms and participles that look like the base ("put", "cut") need no row: see ``lemmas``.
NOUN_LEMMAS = _lemma_of(_NOUNS)
ADJECTIVE_LEMMAS = _lemma_of(_COMPARISONS)
ADVERB_LEMMAS = _lemma_of(_ADVERBS)
# Plurals and singulars of these look alike.
SAME_IN_PLURAL = (
    "craft",
    "sheep",
    "fish",
    "deer",
    "salmon",
    "offspring",
    "personnel",
    "corps",
    "yen",
    "yuan",
)
# Bases that look like past forms or third persons by their ending.
_UNCHANGED = """
put cut hit let set cost hurt shut split spread quit rid cast bet bid burst beset offset upset
broadcast forecast thrust read input output reset sublet typecast undercut outbid shed wed beat come
become overcome run overrun
"""
UNCHANGED_VERBS = frozenset(_UNCHANGED.split())
