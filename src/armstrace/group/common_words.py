"""The commonest words of English: what two reports share of them is no detail.

The words of three letters and more among the first 2,000 entries of the word pieces of all-MiniLM-L6-v2 (Apache-2.0),
which stand in order of frequency; the same list for every set of documents.
"""

from __future__ import annotations

from typing import Final

COMMON_WORDS: Final = frozenset(
    "able about above academy according across act action actually added addition after again against age air "
    "aircraft album all almost alone along already also although always america american among and announced another "
    "any anything appeared appointed april are area areas arm arms army around art arts asked association attack "
    "august australia australian available average award awards away back bad band bank base based battle became "
    "because become bed been before began beginning behind being believe below best better between big bit black "
    "blood blue board body book books born both boy bridge british brother brought brown building built business but "
    "california call called came can canada captain car care career case census center central centre century "
    "championship change changed character charles chief child children china chinese church city civil class close "
    "closed club coach college come coming committee common community company competition completed considered "
    "construction continued control could couldn council country county course court created cross cup current "
    "currently dark data daughter david day days dead death debut december decided deep department described design "
    "designed despite developed development did didn died different directed director district division does doesn "
    "doing don done door down due during each early east eastern education eight either elected election else end "
    "energy england english enough entire episode especially established europe european even event events eventually "
    "ever every everything example eyes face fact fall families family far father featured features february federal "
    "feel feet felt female festival few field fight film final finally find fine finished fire first five floor "
    "followed following food football for force forces form formed former forward found founded four fourth france "
    "free french friend friends from front full further future game games gave general george german germany get "
    "getting girl give given god going gold gone good got government grand great green ground group groups guitar had "
    "hadn hair half hall hand hands hard has have having head health hear heard heart held help henry her here "
    "herself high hill him himself his history hit hold home hospital hot hours house how however human idea "
    "important include included includes including independent india indian information inside instead institute "
    "international into involved island its itself jack james january japan japanese john joined july june just keep "
    "kept killed kind king kingdom knew know known lake land language large largest last late later law lead leading "
    "league least leave leaving led left less let level life light like line lips list little live lived living local "
    "located london long longer look looked looking lord lost lot love low lower made magazine main major make making "
    "man management many march mark married mary match may maybe mean means media medical member members men met "
    "michael middle might miles military million mind minister minutes model modern moment money months more morning "
    "most mother mouth move moved movement much museum music must myself name named national near need needed network "
    "never new news next night non north northern not nothing november now number october off office officer official "
    "often old once one only open opened order original originally other others our out outside over own paris park "
    "part party passed past paul people per performance performed period person peter place placed plan play played "
    "player players playing point points police political popular population position possible post power present "
    "president press private probably process produced production professional professor program project province "
    "public published pulled put quickly race radio railway raised ran range rather reached real really received "
    "record recorded records red region release released remained replaced reported research rest result return "
    "returned richard right rights river road robert rock role room round route royal run running russian said same "
    "san sat saw say says school schools science sea season seat second section see seemed seen self sent september "
    "series served service services set seven several she ship short shot should show side signed similar since "
    "single sir sister site six size small smile social society sold some someone something sometimes son song songs "
    "soon sound south southern space special species spent sports square stage star start started state states "
    "station stay still stone stood stop story street strong students studies studio study style such summer support "
    "sure system table take taken taking talk team teams technology television tell ten term than that the their them "
    "then there these they thing things think third this thomas those though thought three through throughout thus "
    "time times title today together told too took top total tour tournament toward towards town track training tried "
    "true trying turn turned two type under union united university until upon use used using usually various version "
    "very video village vocals voice walked wall want wanted war was washington wasn water way week well went were "
    "west western what when where which while white who whole why wide wife will william win with within without "
    "woman women won word words work worked working works world would wouldn written wrote year years yes yet york "
    "you young your".split()
)
