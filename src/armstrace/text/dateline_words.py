"""Words of datelines: the wires, the cities that stand alone, the regions that follow a city, the months."""

from __future__ import annotations

from armstrace.text.word_tables import read_phrases

WIRES = (
    "Reuters|REUTERS|Reuter|REUTER|Thomson Reuters Foundation|AP|Associated Press|The Associated "
    "Press|AFP|"
    "Agence France-Presse|UPI|United Press International|CNN|CNN Business|CNNMoney|BBC|BBC News|VOA|"
    "RFE/RL|CBS|NBC|ABC|FOX|"
    "CBS News|Fox News|FOX News|Xinhua|TASS|ITAR-TASS|Itar-Tass|Tass|Interfax|INTERFAX|Interfax-AVN|"
    "RIA Novosti|Novosti|"
    "RIA|Sputnik|RT|APN|"
    "IRNA|ISNA|FNA|MNA|Fars|Mehr|Tasnim|Press TV|Yonhap|YONHAP|KCNA|Kyodo|Jiji Press|DPA|dpa|ANSA|"
    "EFE|Lusa|PTI|IANS|ANI|UNI|"
    "APP|PPI|NNI|UNB|BSS|Anadolu|Anadolu Agency|AA|SANA|MENA|WAM|SPA|BNA|KUNA|QNA|Petra|NNA|INA|MAP|"
    "APS|TAP|JANA|Saba|"
    "Bloomberg|Dow Jones|MarketWatch|Knight Ridder|Cox News Service|Scripps Howard|McClatchy|Gannett|"
    "Ukrinform|UKRINFORM|UNIAN|Interfax-Ukraine|BelTA|BELTA|Kazinform|Trend|APA|Azertac|AzerTac|"
    "Armenpress|ARMENPRESS|"
    "Tanjug|TANJUG|Hina|PAP|CTK|MTI|BTA|Agerpres|Bernama|BERNAMA|Antara|VNA|CNA|Zhongxin|Rodong|"
    "NAN|SAPA|PANA|IRIN|IPS|JTA|AllAfrica|ENA|SUNA|ANP|ANTARA|TNS|States News Service|Inter Press "
    "Service|Prensa Latina|"
    "Notimex|Telam|Andina|Agencia EFE|Arab News|Al Arabiya|Asharq Al-Awsat|AsiaNews|ANN|NHK|Rudaw|"
    "Naharnet|Newsmax|WP|"
    "Washington Post|New York Times|NYT|The Guardian|Stars and Stripes|AINA|Bakhtar|TOLOnews|Khaama "
    "Press|PNA|UzA"
)
# Cities that datelines name without their country: with a colon or a bare dash only these are believed.
CITIES = read_phrases(
    """
    ABIDJAN|ABU DHABI|ABUJA|ACCRA|ADDIS ABABA|ADEN|ALEPPO|ALGIERS|ALMATY|AMMAN|AMSTERDAM|ANKARA|
    ANTANANARIVO|ASHGABAT|ASMARA|ASTANA|ASUNCION|ATHENS|ATLANTA|BAGHDAD|BAKU|BAMAKO|BANGKOK|BANGUI|
    BANJUL|BARCELONA|BASRA|BEIJING|BEIRUT|BELFAST|BELGRADE|BENGHAZI|BERLIN|BERN|BERNE|BISHKEK|BISSAU|
    BOGOTA|BONN|BOSTON|BRASILIA|BRATISLAVA|BRAZZAVILLE|BRUSSELS|BUCHAREST|BUDAPEST|BUENOS AIRES|
    BUJUMBURA|CAIRO|CANBERRA|CAPE TOWN|CARACAS|CASABLANCA|CHICAGO|CHISINAU|COLOMBO|CONAKRY|COPENHAGEN|
    DAKAR|DALLAS|DAMASCUS|DAR ES SALAAM|DENVER|DETROIT|DHAKA|DJIBOUTI|DOHA|DONETSK|DUBAI|DUBLIN|
    DUSHANBE|ERBIL|IRBIL|FRANKFURT|FREETOWN|GABORONE|GAZA|GAZA CITY|GENEVA|GENOA|GROZNY|GUATEMALA CITY|
    HAMBURG|HANOI|HARARE|HAVANA|HELSINKI|HONG KONG|HOUSTON|ISLAMABAD|ISTANBUL|JAKARTA|JERUSALEM|
    JOHANNESBURG|JUBA|KABUL|KAMPALA|KANDAHAR|KARACHI|KATHMANDU|KHARKIV|KHARTOUM|KIEV|KIGALI|KINSHASA|
    KUALA LUMPUR|KUWAIT|KUWAIT CITY|KYIV|LAGOS|LAHORE|LA PAZ|LIBREVILLE|LILONGWE|LIMA|LISBON|LJUBLJANA|
    LOME|LONDON|LOS ANGELES|LUANDA|LUSAKA|LUXEMBOURG|MADRID|MAIDUGURI|MALABO|MALE|MANAGUA|MANAMA|MANILA|
    MAPUTO|MARRAKECH|MARSEILLE|MASERU|MEXICO CITY|MIAMI|MILAN|MINSK|MOGADISHU|MONROVIA|MONTERREY|
    MONTEVIDEO|MONTREAL|MOSCOW|MOSUL|MUMBAI|MUNICH|MUSCAT|NAIROBI|NAJAF|NASSAU|N'DJAMENA|NDJAMENA|
    NEW DELHI|NEW YORK|NIAMEY|NICOSIA|NOUAKCHOTT|ODESA|ODESSA|OSLO|OTTAWA|OUAGADOUGOU|PANAMA CITY|PARIS|
    PEKING|PESHAWAR|PHILADELPHIA|PHNOM PENH|PODGORICA|PORT-AU-PRINCE|PORT MORESBY|PORT SUDAN|PRAGUE|
    PRETORIA|PRISTINA|PYONGYANG|QUITO|RABAT|RAMALLAH|RANGOON|REYKJAVIK|RIGA|RIO DE JANEIRO|RIYADH|ROME|
    SAIGON|SANAA|SANA'A|SAN FRANCISCO|SAN JOSE|SAN SALVADOR|SANTIAGO|SANTO DOMINGO|SAO PAULO|SARAJEVO|
    SEATTLE|SEOUL|SEVASTOPOL|SHANGHAI|SHARJAH|SIMFEROPOL|SINGAPORE|SKOPJE|SOFIA|SREBRENICA|
    STOCKHOLM|ST. PETERSBURG|STRASBOURG|STUTTGART|SULAIMANIYA|SUVA|SYDNEY|TAIPEI|TALLINN|TASHKENT|
    TBILISI|TEGUCIGALPA|TEHRAN|TEL AVIV|THE HAGUE|TIRANA|TOBRUK|TOKYO|TORONTO|TRIPOLI|TUNIS|TUZLA|
    ULAN BATOR|ULAANBAATAR|UNITED NATIONS|VALLETTA|VATICAN CITY|VIENNA|VIENTIANE|VILNIUS|VLADIVOSTOK|
    WARSAW|WASHINGTON|WELLINGTON|WINDHOEK|YANGON|YAOUNDE|YEREVAN|ZAGREB|ZAPORIZHZHIA|ZURICH|QAMISHLI|
    DEIR AL-ZOR|HOMS|IDLIB|MISRATA|SIRTE|ABOARD AIR FORCE ONE|CAPITOL HILL|CAMP DAVID|BRATISLAVA|
    CARTAGENA|GUANTANAMO BAY|SUCHUMI|SUKHUMI|STEPANAKERT
    """
)
# What may follow a city written in small letters ("Baghdad, Iraq -").
REGIONS = (
    r"D\.C\.|DC|Ala\.|Alaska|Ariz\.|Ark\.|Calif\.|Colo\.|Conn\.|Del\.|Fla\.|Ga\.|Hawaii|Idaho|Ill\.|"
    r"Ind\.|Iowa|Kan\.|Ky\.|La\.|"
    r"Md\.|Maine|Mass\.|Mich\.|Minn\.|Miss\.|Mo\.|Mont\.|Neb\.|Nev\.|N\.[CDHJMY]\.|Ohio|Okla\.|Ore\.|"
    r"Pa\.|R\.I\.|S\.[CD]\.|"
    r"Tenn\.|Texas|Utah|Va\.|Vt\.|Wash\.|W\.Va\.|Wis\.|Wyo\.|Afghanistan|Algeria|Angola|Armenia|"
    r"Australia|Austria|Azerbaijan|"
    r"Bahrain|Bangladesh|Belarus|Belgium|Bosnia|Bosnia-Herzegovina|Brazil|Britain|Bulgaria|Burma|"
    r"Burundi|Cambodia|Cameroon|"
    r"Canada|Chad|Chile|China|Colombia|Congo|Croatia|Cuba|Cyprus|Czech Republic|Denmark|Djibouti|"
    r"Ecuador|Egypt|El Salvador|"
    r"England|Eritrea|Estonia|Ethiopia|Finland|France|Gaza|Gaza Strip|Georgia|Germany|Ghana|Greece|"
    r"Guatemala|Haiti|Honduras|"
    r"Hungary|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Japan|Jordan|Kazakhstan|"
    r"Kenya|Kosovo|Kuwait|"
    r"Kyrgyzstan|Laos|Latvia|Lebanon|Liberia|Libya|Lithuania|Macedonia|Malaysia|Mali|Mauritania|"
    r"Mexico|Moldova|Mongolia|"
    r"Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|"
    r"Nigeria|North Korea|"
    r"Northern Ireland|Norway|Oman|Pakistan|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|"
    r"Romania|Russia|Rwanda|"
    r"Saudi Arabia|Scotland|Senegal|Serbia|Sierra Leone|Slovakia|Slovenia|Somalia|South Africa|South "
    r"Korea|South Sudan|Spain|"
    r"Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Tunisia|Turkey|"
    r"Turkmenistan|UAE|Uganda|"
    r"Ukraine|United Arab Emirates|Uruguay|Uzbekistan|Venezuela|Vietnam|Wales|West Bank|West Germany|"
    r"Yemen|Yugoslavia|Zaire|"
    r"Zambia|Zimbabwe"
)
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
