"""Whole lines of web copies of news that are not the story, by reason.

Every pattern must fit a whole paragraph, so a sentence of the story is not touched because one of its words
stands in a table. A new kind of residue is one more row here.
"""

from __future__ import annotations

import re

# Longer paragraphs are never residue as a whole.
LONGEST_LINE = 500

PLATFORMS = (
    r"(?:(?:www\.)?twitter|facebook|instagram|telegram|linkedin|youtube|whatsapp|tiktok|threads|mastodon|"
    r"bluesky|social media|x\b)"
)
STORIES = r"(?:stor(?:y|ies)|articles?|content|coverage|news|links?|topics?|posts?|reading|videos?|items|tags)"
# A headline follows: what ends in a full stop may be a sentence of the story.
AFTER_COLON = r"\s*[:›»>|]\s*(?:.{0,199}[^.])?"

WHOLE_LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "subscription",
        (
            r"join now for free unlimited access\b.{0,60}",
            r"register (?:now|today|here|for free)\b.{0,120}",
            r"(?:please )?(?:sign|log) ?in (?:or|to|here|with|for)\b.{0,120}",
            r"sign[ -]?up\b(?=.{0,200}\b(?:newsletters?|e-?mails?|inbox|free|alerts?|daily|weekly|"
            r"briefings?|updates|"
            r"account|here|now|today|podcast|tip sheet)\b).{0,240}",
            r"subscribe(?: (?:to|now|today|here|for|on|and|with|via)\b.{0,160})?[.!]?",
            r"(?:for|get|receive|have|want|the|our|all|your) .{0,160}\b(?:in|to) your (?:e-?mail |"
            r"mail)?(?:in)?box\b.{0,160}",
            r"for .{0,120}, subscribe to .{0,80}",
            r"by (?:signing up|subscribing|registering|continuing to use)\b.{0,200}",
            r"(?:already|not|not yet) a (?:subscriber|member)\b.{0,120}",
            r"become an? (?:\w+ )?(?:member|subscriber|supporter)\b.{0,160}",
            r"(?:please )?(?:support|help fund) (?:our|independent|quality) (?:\w+ )?(?:journalism|"
            r"reporting|work)\b.{0,200}",
            r"(?:donate|make a donation|support us|contribute) (?:now|today|here|to [\w ]{2,30})[.!]?",
            r"thank you for (?:subscribing|signing up|reading|registering)\b.{0,120}",
            r"you(?:['’]ve| have) (?:reached|read|used|hit)\b.{0,60}\b(?:articles?|limit)\b.{0,100}",
            r"to (?:continue|keep) reading\b.{0,160}",
            r"this (?:article|story|content) is (?:only )?(?:available )?(?:only )?(?:for|to) "
            r"(?:\w+ )?(?:subscribers|members)\b.{0,100}",
            r"(?:unlock|get) (?:unlimited|full|free|exclusive|instant|premium|this article)\b"
            r"(?=.{0,100}\b(?:access|newsletters?|app|alerts?|content|article|trial)\b).{0,160}",
            r"(?:manage|more|our|all|free) newsletters?",
            r"(?:please )?enter (?:your|a valid) e-?mail\b.{0,80}",
            r"(?:click|tap) here for a free subscription\b.{0,120}",
            r"(?:download|get|click here (?:to get|for)|install) (?:the|our) .{0,40}\bapp\b.{0,80}",
        ),
    ),
    (
        "read more",
        (
            r"(?:read|see|find out|learn|discover|view)(?: the)? (?:more|full (?:story|article|text|"
            r"report)|rest)"
            rf"(?: (?:here|at|on|about|from|in|below|of)\b.{{0,120}}|{AFTER_COLON})?[.…]*",
            r"(?:also read|read also|also see|see also|read next|up next|next up|next article|"
            r"previous article|read on|"
            r"must[- ]reads?|don['’]t miss|you (?:may|might) (?:also )?(?:like|be interested in)|"
            r"more like this|"
            rf"what to read next|see related|also on [\w .]{{1,30}})(?:{AFTER_COLON})?",
            r"(?-i:Read More) (?=[A-Z])[^.]{5,160}",
            r"[^\n]{5,180}[^.!?…)”\"'’»\s] (?-i:Read more)",
            rf"related(?: {STORIES})?{AFTER_COLON}",
            rf"related {STORIES}",
            rf"more (?:on this(?: story| topic| subject)?[.…]{{0,3}}(?: .{{0,199}}[^.])?|{STORIES}|"
            rf"top stories|headlines)(?:{AFTER_COLON})?",
            r"more from (?:the )?[\w .’'&-]{2,40}:?",
            r"more:\s*\S.{0,199}[^.]",
            r"(?:watch|listen|read|photos?|slideshow|gallery|quiz|poll)(?: (?:live|now|below|here|"
            r"this))?:(?:\s.{0,200}[^.])?",
            r"\(\s?(?:watch|photos?|videos?|video and text|also on [\w .]{1,20}|see also|see|read|"
            r"read more|related|"
            r"more|listen|poll|map|graphic|interactive|full text|document|slideshow|"
            r"transcript)\s?:[^()]{1,200}\)",
            r"(?:click|tap) (?:here|below|through|on the)\b.{0,160}",
            r"(?:continue|keep) reading\b.{0,60}",
            r"to read the (?:rest|full|original|whole)\b.{0,160}",
            r"for more\b.{0,100}\b(?:click|visit|go to|follow)\b.{0,100}",
            r"watch (?:the latest|more|live|this|the video|the full)\b.{0,100}",
            r"watch .{0,80}\b(?:here|below|above|live|now)[.!:]?",
            r"(?:most (?:read|popular|viewed|shared|watched|recent)|recommended|trending|top stories|"
            r"editors?['’]s? picks?|"
            r"latest (?:news|headlines|stories|updates)|popular now)(?: (?:for you|stories|videos|"
            r"now|today|in [\w ]{2,20}))?",
            r"special coverage(?::.{0,120})?",
        ),
    ),
    (
        "advertisement",
        (
            r"(?:-+ ?)?advertis(?:e?ments?|ing):?(?: ?-+)?(?: (?:continue reading|- ?(?:story|"
            r"article|scroll)|free|story|"
            r"article|get|close|skip|report)\b.{0,60})?",
            r"ads?",
            r"(?:story|article|content|text|post|report) (?:continue[sd]?|resumes) (?:below|after|"
            r"under|from)\b.{0,40}",
            r"(?:paid|sponsored|promoted)(?: (?:content|post|links?|stories|by [\w .&]{2,30}))?:?",
            r"skip (?:advertisement|ad|to (?:main )?(?:content|navigation)|[\w ]{2,40}newsletter "
            r"promotion)",
            r"scroll (?:down )?(?:to|for) (?:continue|read|see|more)\b.{0,40}",
            r"(?:supported by|loading(?: [\w ]{1,20})?[.…]*)",
        ),
    ),
    (
        "share",
        (
            r"(?:(?:share(?: this(?: article| story| page| post)?)?|(?:re)?tweet|post|e-?mail|print|"
            r"save|copy(?: link)?|link|"
            r"facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|messenger|flipboard|"
            r"google ?\+?|tumblr|"
            r"stumbleupon|digg|viber|vk|instagram|youtube|pocket|sms|close|like|pin it|bookmark|"
            r"reprints?|text size|"
            r"view gallery|back to top|menu|search|home)\b[\s,/|·•:+–-]*)+",
            r"(?:read or )?share (?:on|via|to|this|your (?:thoughts|views|story|experience))\b.{0,250}",
            rf"follow [\w .,'’@-]{{2,60}} (?:on|at|via) {PLATFORMS}.{{0,120}}",
            r"(?:follow @\w{1,20}[\s,;&]*(?:and )?)+",
            rf"(?:like|find|join|visit|connect with) us on {PLATFORMS}.{{0,80}}",
            r"(?:want to .{0,60}\? )?join our (?:facebook|telegram|whatsapp|channel|community)\b.{0,100}",
            r"click to (?:expand|enlarge|share|tweet|view|copy|play|open|e-?mail|print)\b.{0,80}",
            r"(?:we|we and our partners|this (?:web)?site|our (?:web)?site) uses? cookies\b.{0,300}",
            r"(?:accept|manage|reject)(?: all)? cookies\b.{0,60}",
            r"(?:cookie|privacy) (?:policy|notice|settings|preferences)",
            r"terms (?:of (?:use|service)|(?:and|&) conditions)(?: (?:and|&|\|) privacy policy)?",
        ),
    ),
    (
        "comment prompt",
        (
            r"\d[\d,]* comments?|comments?(?: \(\d+\))?",
            r"(?:leave|post|add|write|submit) an? (?:comment|reply)\b.{0,60}",
            r"(?:view|show|read|see|hide|load)(?: all| more| the)? (?:\d+ )?comments?\b.{0,40}",
            r"comments? (?:are|is) (?:now )?(?:closed|disabled|off|moderated|turned off)\b.{0,60}",
            r"what do you think\?.{0,160}\b(?:comments?|below|let us know|tell us|e-?mail)\b.{0,100}",
            r"(?:have your say|tell us what you think|let us know what you think|join the "
            r"(?:conversation|discussion|debate))"
            r"\b.{0,140}",
            r"we welcome your comments\b.{0,200}",
            r"(?:have|got) an? (?:news )?tip\b.{0,160}",
        ),
    ),
    (
        "video player",
        (
            r"just watched .{1,160}? replay more videos\b.{0,240}",
            r"media playback is (?:un|not )?supported on (?:your|this) device",
            r"(?:play|watch|replay|pause|stop|mute)(?: video| live| again)",
            r"(?:now playing|autoplay|up next|video produced by .{2,60}|live stream|livestream)",
            r"your browser does not support\b.{0,80}",
            r"this (?:video|audio)(?: file)? (?:cannot|could not|can not) be played\b.{0,80}",
            r"press shift question mark\b.{0,120}",
            r"listen to (?:this )?(?:article|story|podcast)\b.{0,80}",
            r"\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?\d{1,2}:\d\d(?::\d\d)?)?",
        ),
    ),
    (
        "standards",
        (
            r"our standards\s?:.{0,100}",
            r"the thomson reuters trust principles\.?",
            r"(?:read|see) our (?:trust principles|editorial (?:standards|guidelines|policy))\b.{0,60}",
            r"(?:opens (?:in )?(?:a )?new (?:tab|window))",
        ),
    ),
    (
        "copyright",
        (
            r"(?:copyright\s*)?(?:©|\(c\)|&copy;|copyright(?=\s*(?:\d{4}|by\b)))\s*.{0,300}",
            r".{0,160}\ball rights reserved\b.{0,250}",
            r"this material may not be (?:published|reproduced)\b.{0,160}",
            r"(?:republication|reproduction|redistribution|reuse)\b.{0,60}\b(?:content|material|"
            r"article|story|text|site)\b.{0,200}"
            r"\b(?:prohibited|permission|permitted|consent)\b.{0,100}",
            r"(?:click here for |order |buy |request )?reprint(?:s| permission| rights)\b.{0,60}",
            r"no part of this\b.{0,100}\bmay be reproduced\b.{0,160}",
        ),
    ),
    (
        "legal notice",
        (
            r"the (?:views|opinions)(?: and opinions| and views)? expressed\b.{0,200}\b(?:author|"
            r"writer|own|not necessarily|"
            r"columnist|contributor)s?\b.{0,160}",
            r"(?:the )?[\w ]{2,40} is not responsible for (?:the )?content of\b.{0,100}",
            r"(?:strictly )?for editorial use only\b.{0,120}",
            r"this is a rush transcript\b.{0,200}",
            r"this (?:story|article|report) (?:has been|was) (?:published|generated|auto-generated|"
            r"automatically|sourced) "
            r"(?:from|by|automatically|created)\b.{0,80}(?:feed|agency|edit|syndicat)\b.{0,120}",
            r"this (?:story|article) has not been edited by\b.{0,160}",
            r"disclaimer:.{0,300}",
            r"editor['’]?s['’]? note:?",
        ),
    ),
    (
        "contact",
        (
            r"to contact the (?:reporters?|editors?|authors?|writers?)\b.{0,300}",
            r"(?:e-?mail|contact|reach|write to|tel|phone|"
            r"fax)\b.{0,100}[\w.+-]{1,40}@[\w.-]{3,40}.{0,60}",
            r"(?:e-?mail|contact|reach) (?:us|him|her|them|the (?:writer|author|reporter)s?) "
            r"at\b.{0,100}",
            r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}",
            r"\[email.protected\]",
        ),
    ),
    ("link", (r"https?://\S{1,300}|www\.\S{1,200}",)),
    (
        "page furniture",
        (
            r"(?:this article is more than )?\d+ (?:years?|months?|weeks?|days?|hours?|hrs?|minutes?|"
            r"mins?) (?:old|ago)",
            r"(?:analysis|opinion|commentary|editorial|analysis/opinion|opinion/analysis|news "
            r"analysis):?",
            r"\[?(?:image|pullquote|video|photo|embed|gallery|caption|tweet|audio|pdf)\]?:?",
            r"(?:file |stock |pool |handout )?(?:photos?|images?|pictures?|graphic|photographs?|"
            r"illustration|infographic|"
            r"interactive(?: graphic| feature)?|image source|image caption|image copyright|media caption|"
            r"enlarge this image|toggle caption|hide caption),?",
            r"image (?:copyright|source|credit),? (?-i:[A-Z])[\w .,/&'’-]{1,40}",
            r"slideshow \(\s?\d+ images?\s?\)|\d+ of \d+|\d+ images?",
            r"(?:close|story highlights|highlights|from the (?:left|right))",
            r"[-_*=~#•·.–—|+]{1,80}(?:\s[-_*=~#•·–—]{1,80}){0,8}",
            r"(?:min|minute|minutes) read|\d{1,2}[ -]min(?:ute)?s? read",
        ),
    ),
)


def any_of(rows: tuple[tuple[str, str], ...]) -> str:
    """Return one pattern of the rows, each a group whose number is its place plus one."""
    return "|".join(f"({pattern})" for _, pattern in rows)


LINE_ROWS = tuple((reason, pattern) for reason, patterns in WHOLE_LINES for pattern in patterns)
LINE_PATTERN = re.compile(
    rf"[\[(»>•*·⦁-]{{0,2}}\s?(?:{any_of(LINE_ROWS)})\s?[\])»›>]{{0,2}}", re.IGNORECASE | re.DOTALL
)


def match_line(text: str, start: int, end: int) -> str | None:
    """Return why the whole line is residue, None where it is not."""
    if end - start > LONGEST_LINE:
        return None
    match = LINE_PATTERN.fullmatch(text, start, end)
    return LINE_ROWS[match.lastindex - 1][0] if match and match.lastindex else None
