"""Abbreviations of the press that end in a full stop, by what may follow them; words that open sentences."""

from __future__ import annotations

from armstrace.text.word_tables import read_words

# Never end a sentence: something belonging to them follows. Titles and ranks, written with a capital.
BINDING = read_words(
    """
    mr mrs ms mx messrs mme mlle dr prof fr sra srta hon rt rev sen sens rep reps gov govs pres amb asst
    supt treas gen gens lt col cols maj capt cpt cmdr cdr cmdre comdr sgt cpl pfc pvt adm adml radm vadm
    brig ens lieut flt sqn wg gp mts ste messers
    """
)
# The same for words written small.
BINDING_SMALL = read_words("vs v cf eg ie viz e.g i.e a.k.a aka approx ca incl esp fig figs ed eds vol vols")
# End no sentence where a number follows: "No. 5", "Sept. 6", "Art. 51".
BEFORE_NUMBER = read_words(
    """
    no nos pop est avg art arts sec sect para paras p pp pg ch chap cl reg res op ref rs tel ext jan feb
    mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    """
)
# Written with a capital, may stand inside a sentence or end one: only a word that opens sentences decides
# for the end.
DOUBTFUL = read_words(
    """
    inc corp co cos ltd llc plc bros dept div intl int'l nat'l natl assn assoc univ inst govt gov't mfg
    mfrs st ft mt jr sr esq ph.d m.d b.a m.a d.phil ala ariz ark calif colo conn del fla ga ill ind kan
    ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo n.h n.j
    n.m n.y n.c n.d r.i s.c s.d w.va d.c ont que b.c alta sask man bldg ave blvd rd sq hq jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
    """
)
# "3 a.m. Monday", "10 p.m. EST": these may follow a clock time inside a sentence.
AFTER_CLOCK = read_words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet
    cest eet msk ist jst kst eastern central mountain pacific greenwich local moscow baghdad jerusalem
    israeli beijing kyiv kiev london
    """
)
# Words that open sentences and hardly ever stand capitalised inside one. No auxiliary verbs, no nouns:
# old wires capitalise the word after "U.S." ("the U.S. Has said").
OPENERS = read_words(
    """
    the a an this that these those there here it its he his she her they their we our you your i my in
    on at by for from with without under over after before during since until while when where as if
    although though because but and or nor so yet however meanwhile moreover also still then now despite
    according among amid asked last earlier later what who why how which both each all some many most
    several few no not neither either such another other others one two three four five mr mrs ms dr sen
    rep gen
    """
)
REPORTING_VERBS = (
    "said|says|asked|asks|added|adds|told|tells|wrote|writes|tweeted|replied|replies|answered|"
    "asserted|exclaimed|"
    "shouted|quipped|declared|continued|explained|recalled|joked|insisted|warned|concluded|responded|"
    "noted|argued"
)
