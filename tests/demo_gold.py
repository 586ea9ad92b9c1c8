"""The demo's answers, by hand: who says what in seven reports on a bridge. `python tests/demo_gold.py` writes
`data/demo_gold.json`. Both lie here, for the folder `demo` holds nothing but reports.

An annotation is a passage of the report with its parts marked, so that no offset is ever typed:

    {s|source} {c|cue} {t|content} {a|addressee}; a part may occur several times, or not at all.
    {...} stands for any words, as few as will do, within one paragraph.

The passage must occur exactly once in the report; otherwise this script stops and says so. Lengthen it until it does.
Offsets index the text that `reportedly.ingest` stores. `within` is found by itself: an attribution whose cue and
content lie in the content of another is within the smallest such.

What is marked: everything said, written, believed, wanted or planned by somebody, as PolNeAR marks it. The source is
the noun phrase with its apposition, without relative clauses and set-off participles; the full stop is outside the
content unless it stands inside the quotation marks. To find a thing ("had found scour") or to see it is not marked.
The texts are ours: the event, the place and everybody in it are invented.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
DEMO, WRITTEN = ROOT / "demo", ROOT / "tests/data/demo_gold.json"
sys.path.insert(0, str(ROOT / "src"))

from reportedly.ingest import ingest  # noqa: E402  (the line above makes it importable from a checkout)

COURIER, WIRE, STANDARD = "harbour-courier.txt", "northern-wire.txt", "corvale-standard.html"
LEDGER, POST, COAST, GAZETTE = "corvale-ledger.html", "tarle-valley-post.txt", "coast-six.html", "haulage-gazette.txt"
REPORTS = (COURIER, WIRE, STANDARD, LEDGER, POST, COAST, GAZETTE)

Spans = list[list[int]]


class At(NamedTuple):
    """One attribution: who speaks (a name of CAST), the marked passage, and what the passage cannot show."""

    speaker: str
    passage: str
    relayed_by: str | None = None


# Who speaks, by canonical name: (kind, named).
CAST: dict[str, tuple[str, bool]] = {
    "Bettina Crane": ("person", True),
    "Colm Varley": ("person", True),
    "Dina Corrie": ("person", True),
    "Edwin Thrale": ("person", True),
    "Felix Aumont": ("person", True),
    "Howard Lisle": ("person", True),
    "Ingrid Maal": ("person", True),
    "Joan Sallis": ("person", True),
    "Liese Tarrant": ("person", True),
    "Marian Oakes": ("person", True),
    "Neil Orchard": ("person", True),
    "Rosa Minter": ("person", True),
    "Ruth Keppel": ("person", True),
    "Tim Osgood": ("person", True),
    "a spokesman for the Ministry of Transport": ("person", False),
    "a spokesman for the National Roads Authority": ("person", False),
    "one of the two officials familiar with the inspection": ("person", False),
    "the two officials familiar with the inspection": ("group", False),
    "bridge engineers": ("group", False),
    "divers": ("group", False),
    "hauliers": ("group", False),
    "the inspectors of 2022": ("group", False),
    "the town of Tarlemouth": ("group", True),
    "union members on the site": ("group", False),
    "Brannick Civil": ("organisation", True),
    "Freight Council": ("organisation", True),
    "Ministry of Transport": ("organisation", True),
    "National Roads Authority": ("organisation", True),
    "St Aldan's Hospital": ("organisation", True),
    "Transport Workers' Federation": ("organisation", True),
    "the fire service": ("organisation", False),
    "Ruth Keppel's office": ("organisation", True),
    "Corvale Ledger": ("outlet", True),
    "Tarle Valley Post": ("outlet", True),
    "the inspection report of October 2022": ("document", False),
    "the mayor's letters to the authority": ("document", False),
    "the union's letter of July 30": ("document", False),
    "the authority's weight sensors": ("document", False),
    "the weighbridge ticket": ("document", False),
    "photographs of the pier": ("document", False),
    "not stated": ("unknown", False),
}

# What each report calls its speakers; every role stands in the report in these words.
ROLES: dict[str, dict[str, str]] = {
    COURIER: {
        "Rosa Minter": "runs the Ferry Café beside the eastern ramp",
        "Dina Corrie": "a spokeswoman for St Aldan’s Hospital",
        "Edwin Thrale": "the regional director of the National Roads Authority",
        "Colm Varley": "The driver",
        "Marian Oakes": "the mayor of Tarlemouth",
        "Joan Sallis": "the general secretary of the Transport Workers’ Federation",
        "Brannick Civil": "a contractor",
        "Howard Lisle": "the company’s managing director",
        "Ruth Keppel": "Its chief investigator",
        "Tim Osgood": "The harbour master",
    },
    WIRE: {
        "National Roads Authority": "the authority that owns it",
        "Dina Corrie": "a spokeswoman for St Aldan's Hospital",
        "Edwin Thrale": "regional director of the National Roads Authority",
        "Colm Varley": "Its driver",
        "Transport Workers' Federation": "a union",
        "Joan Sallis": "The union's general secretary",
        "Brannick Civil": "the contractor that carried out the repairs",
        "Marian Oakes": "The mayor of Tarlemouth",
        "Felix Aumont": "Transport Minister",
    },
    STANDARD: {
        "National Roads Authority": "the authority that owns it",
        "Dina Corrie": "a spokeswoman for St Aldan’s Hospital",
        "Edwin Thrale": "regional director of the National Roads Authority",
        "Colm Varley": "Its driver",
        "Transport Workers' Federation": "a union",
        "Joan Sallis": "The union’s general secretary",
        "Brannick Civil": "the contractor that carried out the repairs",
        "Liese Tarrant": "speaks for the opposition on transport",
        "Felix Aumont": "the transport minister",
    },
    LEDGER: {
        "Edwin Thrale": "regional director",
        "Ingrid Maal": "professor of bridge engineering at the University of Corvale",
        "Joan Sallis": "its general secretary",
        "Brannick Civil": "the contractor",
        "Dina Corrie": "a spokeswoman",
        "Felix Aumont": "the transport minister",
        "Ruth Keppel": "leads the inquiry for the Transport Safety Board",
    },
    POST: {
        "National Roads Authority": "its owner",
        "Edwin Thrale": "regional director of the National Roads Authority",
        "Transport Workers' Federation": "a union",
        "Joan Sallis": "The union's general secretary",
        "Brannick Civil": "a contractor",
        "Marian Oakes": "The mayor",
        "Dina Corrie": "a spokeswoman for St Aldan's Hospital",
    },
    COAST: {
        "Colm Varley": "The truck's driver",
        "Ingrid Maal": "a bridge engineer who teaches at the University of Corvale",
        "Marian Oakes": "Mayor",
        "Joan Sallis": "heads the Transport Workers' Federation",
        "Brannick Civil": "the contractor",
        "Howard Lisle": "managing director",
        "Felix Aumont": "Transport Minister",
        "Dina Corrie": "hospital spokeswoman",
    },
    GAZETTE: {
        "Bettina Crane": "manages Hollin Quarry",
        "Colm Varley": "the driver",
        "Neil Orchard": "A spokesman",
        "Joan Sallis": "general secretary of the Transport Workers’ Federation",
        "Brannick Civil": "the contractor for those repairs",
        "Freight Council": "speaks for 300 operators",
        "Felix Aumont": "the transport minister",
    },
}

OFFICIALS = "the two officials familiar with the inspection"

ATTRIBUTIONS: dict[str, list[At]] = {
    COURIER: [
        At("Rosa Minter", "{t|“There was a crack{...}sat down,”} {c|said} {s|Rosa Minter}"),
        At("Rosa Minter", "{s|She} {c|thought} at first {t|that a boat had struck the pier}"),
        At("the fire service", "{s|The fire service} {c|said} {t|the vehicle would be winched{...}had …}"),
        At(
            "Dina Corrie",
            "{s|Dina Corrie, a spokes{...}Hospital}, {c|said} {t|nine people{...}broken bones}",
        ),
        At("Dina Corrie", "{t|None of the injuries was thought to be life-threatening}, {s|she} {c|added}"),
        At("not stated", "{t|None of the injuries} {c|was thought} {t|to be life-threatening}"),
        At(
            "Edwin Thrale",
            "{s|Edwin Thrale, the regional{...}Authority}, {c|blamed} {t|the lorry}",
        ),
        At(
            "Edwin Thrale",
            "{t|“A vehicle{...}the bridge,”} {s|he} {c|told} {a|reporters}{...}, {t|“and we{...}signed for.”}",
        ),
        At("Edwin Thrale", "{s|we} {c|believe} {t|the load was well beyond the 40{...}tonnes the deck is signed for}"),
        At("Edwin Thrale", "{s|He} {c|went on to describe} {t|the bridge as “sound and regularly inspected”}"),
        At(
            "Edwin Thrale", "{s|He} went on{...}inspected” and {c|said} {t|engineers from the authority{...}last month}"
        ),
        At("Colm Varley", "{s|The driver, Colm Varley, 52}, {c|disputed} {t|that}."),
        At("Colm Varley", "Speaking to {a|the Courier}{...}, {s|he} {c|said} {t|his lorry{...}38.6 tonnes}"),
        At("Colm Varley", "{t|“I’ve got the ticket,”} {s|he} {c|said}. {t|“They can look at it.”}"),
        At("Marian Oakes", "{s|Marian Oakes, the mayor of Tarlemouth}, {c|said} {t|the town{...}for years}."),
        At("the town of Tarlemouth", "{s|the town} {c|had been asking} {t|for answers about the bridge}"),
        At(
            "the mayor's letters to the authority",
            "{t|She wrote to the authority{...}looked at}, {c|according to} {s|letters seen by the Courier}",
        ),
        At("Marian Oakes", "{s|She} {c|wrote} to {a|the authority} in March{...}, {c|to ask} {t|when{...}looked at}"),
        At("Marian Oakes", "{t|Neither letter was answered}, {s|she} {c|said}"),
        At("Marian Oakes", "{t|“Everybody here{...}tired,”} {s|Ms Oakes} {c|said}, {t|“and the people{...}nothing.”}"),
        At("the town of Tarlemouth", "{s|Everybody here} {c|knew} {t|that bridge was tired}"),
        At(
            "Joan Sallis",
            "{s|Joan Sallis, the general{...}Federation}, {c|said} {t|that the job{...}one corner}",
        ),
        At("Joan Sallis", "{t|Her members{...}had hardened}, {s|she} {c|said}, {t|and were told to carry on}"),
        At(
            "union members on the site", "{s|Her members on site} {c|had complained} {t|that the deck{...}had hardened}"
        ),
        At("not stated", "{c|were told} {t|to carry on}"),
        At("Brannick Civil", "{s|Brannick} {c|flatly denied} {t|it}."),
        At(
            "Howard Lisle",
            "{t|“There was no defect in our work. None,”} {c|said} {s|Howard Lisle, the company’s managing director}",
        ),
        At("Ruth Keppel", "{s|Its chief investigator, Ruth Keppel}, {c|said} {t|it was{...}had failed} and"),
        At("Ruth Keppel", "{s|Its chief investigator, Ruth Keppel},{...}and {c|asked} {a|people} {t|not to speculate}"),
        At("Tim Osgood", "{t|The old slipway}, {s|he} {c|said}, {t|“is a very nice car park”}"),
    ],
    WIRE: [
        At("National Roads Authority", "{s|the authority} that owns it {c|said} {t|a heavily{...}likely cause}"),
        At(
            "Dina Corrie",
            '{t|"The number of injured{...}condition,"} {s|Dina Corrie, a spokes{...}Hospital}, {c|told} {a|reporters}',
        ),
        At("St Aldan's Hospital", "{s|The hospital} {c|had earlier given} {t|the figure as nine}"),
        At(
            "Edwin Thrale",
            "{s|Edwin Thrale, regional{...}Authority}, {c|said} {t|preliminary{...}limit of 40}",
        ),
        At(
            "the authority's weight sensors",
            "{s|preliminary weight-sensor data} {c|suggested} {t|that the truck{...}of 40}",
        ),
        At("Edwin Thrale", '{t|"No bridge{...}that,"} {s|Thrale} {c|said}. {t|"The driver passed three signs."}'),
        At(
            "not stated",
            "{t|Its driver, 52-year-old Colm Varley}, {c|was reported} {t|to have told police that{...}limit}.",
        ),
        At(
            "Colm Varley",
            "{s|Its driver, 52-year-old Colm Varley},{...}{c|to have told} {a|police} {t|that his{...}limit}.",
        ),
        At(
            "a spokesman for the Ministry of Transport",
            "{s|A spokesman for the Ministry of Transport} {c|declined} {t|to comment on the truck}",
        ),
        At(
            "a spokesman for the Ministry of Transport",
            "{s|A spokesman for the Ministry of Transport}{...}but {c|said} {t|the bridge had passed{...}in 2022}",
        ),
        At("Ministry of Transport", "{s|The ministry} {c|denied} {t|reports that the Transport{...}bearings}"),
        At("not stated", "{c|reports} {t|that the Transport Workers' Federation, a union{...}bearings}"),
        At(
            "Transport Workers' Federation",
            "{s|the Transport Workers' Federation, a union}, {c|had warned} {a|it} in{...} {t|about{...}bearings}",
        ),
        At(
            "Joan Sallis", "{s|The union's general secretary, Joan Sallis}, {c|said} {t|that the letter{...}publish it}"
        ),
        At("Joan Sallis", '{t|"They have had it since July 30,"} {s|she} {c|said}. {t|"They have{...}lasted."}'),
        At("Brannick Civil", "{s|Brannick Civil, the contractor} that{...}, {c|said} {t|its work{...}in August}"),
        At("Marian Oakes", "{s|The mayor of Tarlemouth, Marian Oakes}, {c|said} {t|the town had asked{...}ignored}"),
        At("the town of Tarlemouth", "{s|the town} {c|had asked} {t|for the bridge to be examined}"),
        At("Marian Oakes", "{s|She} {c|called on} {a|Lorrand's government} {t|to take it{...}hands}"),
        At("Felix Aumont", "{s|Transport Minister Felix Aumont} {c|said} {t|an independent{...}six months}"),
        At("Felix Aumont", "{s|He} {c|plans} {t|to visit the site on Wednesday}"),
        At("Edwin Thrale", "{t|The bridge is likely to stay closed until spring}, {s|Thrale} {c|said}"),
    ],
    STANDARD: [
        At("National Roads Authority", "{s|the authority} that owns it {c|said} {t|a heavily{...}likely cause}"),
        At(
            "Dina Corrie",
            "{t|“The number of injured{...}condition,”} {s|Dina Corrie, a spokes{...}Hospital}, {c|told} {a|reporters}",
        ),
        At("St Aldan's Hospital", "{s|The hospital} {c|had earlier given} {t|the figure as nine}"),
        At(
            "Edwin Thrale",
            "{s|Edwin Thrale, regional{...}Authority}, {c|said} {t|preliminary{...}limit of 40}",
        ),
        At(
            "the authority's weight sensors",
            "{s|preliminary weight-sensor data} {c|suggested} {t|that the lorry{...}of 40}",
        ),
        At("Edwin Thrale", "{t|“No bridge{...}that,”} {s|Mr Thrale} {c|said}. {t|“The driver passed three signs.”}"),
        At("not stated", "{t|Its driver, Colm Varley, 52}, {c|was reported} {t|to have told police that{...}limit}."),
        At("Colm Varley", "{s|Its driver, Colm Varley, 52},{...}{c|to have told} {a|police} {t|that his{...}limit}."),
        At(
            "a spokesman for the Ministry of Transport",
            "{s|A spokesman for the Ministry of Transport} {c|declined} {t|to comment on the lorry}",
        ),
        At(
            "a spokesman for the Ministry of Transport",
            "{s|A spokesman for the Ministry of Transport}{...}but {c|said} {t|the bridge had passed{...}in 2022}",
        ),
        At("Ministry of Transport", "{s|The ministry} {c|denied} {t|reports that the Transport{...}bearings}"),
        At("not stated", "{c|reports} {t|that the Transport Workers’ Federation, a union{...}bearings}"),
        At(
            "Transport Workers' Federation",
            "{s|the Transport Workers’ Federation, a union}, {c|had warned} {a|it} in{...} {t|about{...}bearings}",
        ),
        At(
            "Joan Sallis", "{s|The union’s general secretary, Joan Sallis}, {c|said} {t|that the letter{...}publish it}"
        ),
        At("Joan Sallis", "{t|“They have had it since July 30,”} {s|she} {c|said}. {t|“They have{...}lasted.”}"),
        At("Brannick Civil", "{s|Brannick Civil, the contractor} that{...}, {c|said} {t|its work{...}in August}"),
        At("Liese Tarrant", "{s|Liese Tarrant},{...}, {c|accused} {t|the government of “running the roads on hope”}"),
        At("Liese Tarrant", "{s|She} {c|wants} {t|the minister to explain himself to parliament this week}"),
        At("Felix Aumont", "{s|Felix Aumont, the transport minister}, {c|said} {t|an independent{...}six months}"),
        At("Felix Aumont", "{s|He} {c|plans} {t|to visit the site on Wednesday}"),
        At("Edwin Thrale", "{t|The bridge is likely to stay closed until spring}, {s|Mr Thrale} {c|said}"),
    ],
    LEDGER: [
        At(
            "the inspection report of October 2022",
            "{t|Corroded bearings{...}gave way}, {c|according to} {s|an inspection report} that",
        ),
        At(
            "the inspection report of October 2022", "{s|The report}, dated{...}, {c|says} {t|the river{...}1.4 metres}"
        ),
        At(
            "the inspection report of October 2022",
            "{s|It} {c|recommends} {t|that the pier be{...}“within twelve months”}",
        ),
        At(
            OFFICIALS,
            "{s|Two officials familiar with the inspection} {c|told} {a|the Ledger} {t|that the recom{...}money}",
        ),
        At(
            "one of the two officials familiar with the inspection",
            "{t|“It went on a list{...}drawer,”} {c|said} {s|one of them}",
        ),
        At("one of the two officials familiar with the inspection", "{s|who} {c|asked} {t|not to be named}"),
        At("National Roads Authority", "{s|The authority} {c|has maintained} since Tuesday {t|that an{...}span down}."),
        At("Edwin Thrale", "{s|Its regional director, Edwin Thrale}, {c|said} {t|the report was{...}than urgent}"),
        At("Edwin Thrale", "{t|“You don’t{...}rust,”} {s|Mr Thrale} {c|said}. {t|“You lose it to 58 tonnes.”}"),
        At("bridge engineers", "{s|Engineers} {c|doubt} {t|it}."),
        At(
            "Ingrid Maal",
            "{s|Ingrid Maal, professor{...}Corvale}, {c|said} {t|a single{...}support}",
        ),
        At(
            "Ingrid Maal",
            "{t|“If the bearing{...}moved,”} {s|Professor Maal} {c|said}, {t|“then the lorry{...}happens.”}",
        ),
        At("Ingrid Maal", "{s|She} {c|believes} {t|that the pier had been tilting for some time}"),
        At("Ingrid Maal", "{s|She} {c|dismissed} {t|a rival explanation{...}badly fitted}"),
        At(
            "Transport Workers' Federation",
            "{c|put forward by} {s|the Transport Workers’ Federation}, {t|that bearings{...}badly fitted}",
        ),
        At(
            "Ingrid Maal",
            "{t|Those bearings sit on the first pier}, {s|she} {c|noted}, {t|and the span failed at the second}",
        ),
        At("Transport Workers' Federation", "{s|The union} {c|stands by} {t|its account}"),
        At(
            "Joan Sallis",
            "{s|Joan Sallis, its general secretary}, {c|told} {a|the Ledger} in a{...}interview {t|that{...}along}.",
        ),
        At("Joan Sallis", "{t|“They lifted one end and never measured the other,”} {s|she} {c|said}"),
        At(
            "Brannick Civil",
            "{s|Brannick Civil, the contractor}, {c|said} in a statement {t|that “every{...}satisfaction”}",
        ),
        At("Brannick Civil", "{s|The company} {c|said} {t|it had itself{...}contract}."),
        At("Brannick Civil", "{s|it} {c|had itself warned} {a|the authority} {t|about the second pier} in August"),
        At("National Roads Authority", "{a|it} had itself{...}and {c|was told} {t|that it lay outside the contract}"),
        At("National Roads Authority", "{s|The authority} {c|denied} {t|receiving any such warning}"),
        At(
            "a spokesman for the National Roads Authority",
            "{s|A spokesman} {c|said} {t|a search of its files had found “not so much as a postcard”}",
        ),
        At("St Aldan's Hospital", "{s|St Aldan’s Hospital} on Wednesday {c|put} {t|the number{...}Tuesday night}"),
        At("St Aldan's Hospital", "{t|the 14} {s|it} {c|reported} on Tuesday night"),
        At("Dina Corrie", "{t|A woman treated{...}twice}, {c|explained} {s|Dina Corrie, a spokeswoman}"),
        At("Felix Aumont", "{s|He} {c|refused} {t|to be drawn on the report}"),
        At("Ruth Keppel", "{s|Ruth Keppel}, who{...}, {c|has asked} {t|for all of the authority’s records}"),
        At("Ruth Keppel's office", "{s|her office} {c|said} {t|nothing had been ruled out}"),
    ],
    POST: [
        At("National Roads Authority", "{s|its owner} {c|does not expect} {t|to carry traffic again before spring}"),
        At(
            "Edwin Thrale",
            "{s|Edwin Thrale, regional{...}Authority}, {c|said} {t|preliminary{...}limit of 40}",
        ),
        At(
            "the authority's weight sensors",
            "{s|preliminary weight-sensor data} {c|suggested} {t|that the lorry{...}of 40}",
        ),
        At("Edwin Thrale", '{t|"No bridge{...}that,"} {s|Mr Thrale} {c|said}. {t|"The driver passed three signs."}'),
        At("Ministry of Transport", "{s|The Ministry of Transport} {c|has denied} {t|reports that the{...}bearings}."),
        At("not stated", "{c|reports} {t|that the Transport Workers' Federation, a union{...}bearings}."),
        At(
            "Transport Workers' Federation",
            "{s|the Transport Workers' Federation, a union}, {c|had warned} {a|it} in{...} {t|about{...}bearings}.",
        ),
        At(
            "the union's letter of July 30",
            "addressed to {a|the minister}, {s|it} {c|warns} {t|that bearings fitted{...}second pier}",
        ),
        At("Joan Sallis", '{t|"Either the ministry{...}its post,"} {s|Ms Sallis} {c|said}'),
        At("Brannick Civil", "{s|Brannick} {c|says} {t|its repairs had nothing to do with the failure}"),
        At("Brannick Civil", "{s|The company} {c|promised} {t|to hand over its site diaries to the inquiry}"),
        At("Corvale Ledger", "{t|Inspectors had found{...}save money}, {c|according to} {s|the Corvale Ledger}"),
        At(
            OFFICIALS,
            "{s|two officials familiar with the inspection} {c|said} {t|repairs had been shelved to save money}",
            relayed_by="Corvale Ledger",
        ),
        At("Rosa Minter", "{s|She} {c|told} {a|the Post} {t|that divers had gone down twice in October}"),
        At("Rosa Minter", '{t|"They came up{...}heads,"} {s|she} {c|said}. {t|"You don\'t need a degree."}'),
        At("Edwin Thrale", "{s|Mr Thrale} {c|denied} {t|that any divers had reported a fault}"),
        At("divers", "{s|any divers} {c|had reported} {t|a fault}"),
        At("Edwin Thrale", '{t|There was}, {s|he} {c|said}, {t|"nothing in the water to find."}'),
        At("Marian Oakes", "{s|The mayor, Marian Oakes}, {c|demanded} {t|that he resign}"),
        At("Marian Oakes", '{t|"He had my letters,"} {s|Ms Oakes} {c|said}. {t|"He had two years."}'),
        At("Marian Oakes", "{s|She} {c|hopes} {t|a temporary footbridge can be put up by Christmas}"),
        At("Edwin Thrale", "{s|Mr Thrale}, who{...}, {c|has said} {t|he has no intention of stepping down}"),
        At("Edwin Thrale", "{s|he} {c|has no intention} {t|of stepping down}"),
        At("Dina Corrie", "{s|Dina Corrie, a spokes{...}Hospital}, {c|said} {t|ten of{...}Wednesday}."),
        At("not stated", "{t|he} {c|was said} {t|to have left by a side door}"),
        At("National Roads Authority", "{s|The authority} {c|intends} {t|to lift the fallen span{...}permitting}"),
        At("Tarle Valley Post", "{s|An earlier version of this article} {c|said} {t|that 14 people had been injured}"),
        At("St Aldan's Hospital", "{s|St Aldan's Hospital} now {c|says} {t|one patient was counted twice}"),
    ],
    COAST: [
        At(
            "National Roads Authority",
            "{s|The National Roads Authority} {c|insists} {t|that the cause{...}metric tons}",
        ),
        At("National Roads Authority", "{t|a truck} {s|it} {c|says} {t|weighed 58 metric tons}"),
        At("Colm Varley", "{s|The truck's driver, Colm Varley}, {c|says} {t|it didn't}"),
        At(
            "the inspection report of October 2022",
            "{s|a leaked inspection} {c|suggests} {t|the bridge was{...}onto it}.",
        ),
        At("Corvale Ledger", "{c|According to} {s|the Corvale Ledger}, {t|inspectors told{...}one pier}"),
        At(
            "the inspectors of 2022",
            "{s|inspectors} {c|told} {a|the authority} in October 2022 {t|that the river{...}one pier}",
            relayed_by="Corvale Ledger",
        ),
        At(
            OFFICIALS,
            "{s|Two officials familiar with the inspection} {c|told} {a|the newspaper} {t|that the fix{...}money}",
            relayed_by="Corvale Ledger",
        ),
        At("National Roads Authority", "to {a|Coast 6}, {s|the authority} {c|didn't dispute} {t|what it says}"),
        At(
            "National Roads Authority",
            'to {a|Coast 6}, {s|the authority} didn\'t{...}but {c|said} {t|"selective leaks"{...}hurt}',
        ),
        At(
            "Ingrid Maal",
            '{t|"A bridge doesn\'t read the newspapers,"} {c|said} {s|Ingrid Maal, a bridge engineer} who{...}. '
            '{t|"It fails where it\'s weakest."}',
        ),
        At("Ingrid Maal", "{t|Photographs of the pier{...}rusted steel}, {s|Maal} {c|told} {a|Coast 6}"),
        At("photographs of the pier", "{s|Photographs of the pier} {c|show} {t|fresh breaks in old, rusted steel}"),
        At("Ingrid Maal", '{t|"That\'s corrosion,"} {s|she} {c|said}. {t|"That isn\'t a truck."}'),
        At("Marian Oakes", '{s|Mayor Marian Oakes} {c|called} {t|the leak "the first straight answer we\'ve had."}'),
        At("Marian Oakes", "{s|She} {c|said} {t|the city would sue the authority if the report is genuine}"),
        At("Joan Sallis", "{s|Joan Sallis}, who{...}, {c|argues} {t|that this summer's repairs are to blame}"),
        At("Transport Workers' Federation", "{s|Her union} {c|claims} {t|that the contractor{...}wet grout}"),
        At("Joan Sallis", '{t|"The company\'s denials{...}worth,"} {s|Sallis} {c|said}'),
        At("Howard Lisle", "{s|Brannick's managing director, Howard Lisle}, {c|rejected} {t|the claim}"),
        At("Howard Lisle", '{t|"We did{...}to do,"} {s|Lisle} {c|said} in a statement, {t|"and we{...}properly."}'),
        At("Felix Aumont", "{s|Transport Minister Felix Aumont}, who{...}, {c|promised} {t|that the{...}made public}"),
        At("Felix Aumont", "{s|he} {c|said} {t|it was too early to say}"),
        At("St Aldan's Hospital", "{s|The hospital} {c|revised} {t|its count of the injured to 13, from 14}"),
        At("St Aldan's Hospital", "{s|It} {c|had said} {t|nine} early Tuesday"),
        At("Dina Corrie", "{t|Most suffered cuts and whiplash}, {s|hospital spokeswoman Dina Corrie} {c|said}"),
        At(
            "National Roads Authority",
            "{t|The bridge will probably stay closed until spring}, {s|the authority} {c|said}",
        ),
        At("Felix Aumont", "{s|Aumont} {c|suggested} {t|it might never reopen to heavy trucks}"),
    ],
    GAZETTE: [
        At(
            "the weighbridge ticket",
            "{s|A weighbridge ticket shown to the Haulage Gazette} {c|puts} {t|the lorry on the{...}the limit},",
        ),
        At("National Roads Authority", "{s|the National Roads Authority}’s {c|claim} {t|that it was{...}deck allows}"),
        At("Bettina Crane", "{s|Bettina Crane}, who{...}, {c|said} {t|the scales had been calibrated in September}"),
        At("Bettina Crane", "{t|‘If they are wrong, then{...}was wrong,’} {s|she} {c|said}"),
        At(
            "Colm Varley",
            "spoke to {a|the Gazette} outside. {t|‘I felt{...}light,’} {s|he} {c|said}, {t|‘and then{...}window.’}",
        ),
        At("Colm Varley", "{t|The road had already dipped{...}the joint}, {s|he} {c|insisted}"),
        At("Colm Varley", "{s|Mr Varley}, who{...}, {c|believes} {t|he is being made a scapegoat}"),
        At("Colm Varley", "{t|‘I’m the only one up there without a press office,’} {s|he} {c|told} {a|the Gazette}"),
        At("National Roads Authority", "{s|The authority} {c|says} {t|its own sensors recorded 58 tonnes}"),
        At("the authority's weight sensors", "{s|its own sensors} {c|recorded} {t|58 tonnes}"),
        At(
            "Neil Orchard",
            "{s|A spokesman, Neil Orchard}, {c|said} on Wednesday {t|that the figures were being checked}",
        ),
        At(
            "Neil Orchard",
            "{s|A spokesman, Neil Orchard},{...}but {c|repeated} {t|that overloading{...}likely explanation’}",
        ),
        At(
            "Joan Sallis",
            "{s|Joan Sallis, general{...}Federation}, to which{...}, "
            "{c|accused} {t|the authority of ‘pinning a bridge on a driver’}",
        ),
        At("Joan Sallis", "{s|She} {c|went on to describe} {t|the sensors as ‘older than half my members’}"),
        At("Joan Sallis", "{s|She} went on{...}members’ and {c|said} {t|that they had twice been reported faulty}"),
        At("not stated", "{t|they} {c|had twice been reported} {t|faulty}"),
        At("Joan Sallis", "{c|In} {s|her} {c|view}, {t|it was the summer’s repairs that weakened the span}"),
        At(
            "Brannick Civil",
            "{s|Brannick Civil, the contractor for those repairs}, {c|has denied} {t|that{...}defective}",
        ),
        At("Corvale Ledger", "{s|The Corvale Ledger} {c|reported} on Wednesday {t|that inspectors{...}save money}."),
        At(
            "the inspectors of 2022",
            "{s|inspectors} {c|had warned} {a|the authority} {t|of scour and corroded bearings} in 2022",
            relayed_by="Corvale Ledger",
        ),
        At(
            OFFICIALS,
            "{c|according to} {s|two officials}, {t|the work was shelved to save money}",
            relayed_by="Corvale Ledger",
        ),
        At("Bettina Crane", "{t|If that is right}, {s|Ms Crane} {c|said}, {t|‘they were weighing{...}the other’}"),
        At("not stated", "{t|Ministry staff} {c|were understood} {t|to be drawing up a weight limit{...}same age}"),
        At("hauliers", "{s|Hauliers} {c|fear} {t|that such limits would last for years}"),
        At("Freight Council", "{s|The Freight Council}, which{...}, {c|expects} {t|the detour{...}crowns a day}"),
        At("Freight Council", "{s|The Freight Council}, which{...}and {c|wants} {t|the government to pay}"),
        At(
            "Felix Aumont",
            "{s|Felix Aumont, the transport minister}, {c|has said} {t|that no decision{...}inquiry reports}",
        ),
        At("Felix Aumont", "{s|He} {c|urged} {a|drivers} {t|to be patient}"),
    ],
}


class Claim(NamedTuple):
    """One claim of an account: the report, and the passage with what is claimed marked as {t|...}.

    The claim belongs to the smallest attribution whose cue and content reach around it, else to the report itself."""

    report: str
    passage: str


Accounts = dict[str, list[Claim]]

QUESTIONS: dict[str, Accounts] = {
    "Why did the second span give way?": {
        "An overloaded lorry brought it down": [
            Claim(COURIER, "blamed {t|the lorry}"),
            Claim(COURIER, "{t|“A vehicle of that weight{...}on the bridge,”}"),
            Claim(WIRE, "{t|a heavily overloaded truck was the likely cause}"),
            Claim(WIRE, '{t|"No bridge of that age is built to take that,"}'),
            Claim(STANDARD, "{t|a heavily overloaded lorry was the likely cause}"),
            Claim(STANDARD, "{t|“No bridge of that age is built to take that,”}"),
            Claim(POST, '{t|"No bridge of that age is built to take that,"}'),
            Claim(LEDGER, "{t|that an overloaded lorry brought the span down}"),
            Claim(LEDGER, "{t|“You don’t lose a span to a bit of rust,”}{...}{t|“You lose it to 58 tonnes.”}"),
            Claim(COAST, "{t|that the cause was a truck it says weighed 58 metric tons}"),
            Claim(GAZETTE, "{t|that overloading was ‘by far the most likely explanation’}"),
        ],
        "Scour and corroded bearings that the authority left untreated": [
            Claim(COURIER, "{t|“Everybody here knew that bridge was tired,”}{...}{t|“and the people{...}nothing.”}"),
            Claim(LEDGER, "{t|Corroded bearings and a hollow{...}gave way}"),
            Claim(LEDGER, "{t|the river had undermined the footing of the second pier to a depth of 1.4 metres}"),
            Claim(LEDGER, "{t|The work was never ordered}"),
            Claim(LEDGER, "{t|that the recommendation was set aside to save money}"),
            Claim(LEDGER, "{t|a single heavy vehicle was unlikely{...}its support}"),
            Claim(LEDGER, "{t|“If the bearing has seized{...}moved,”}{...}{t|“then the lorry{...}happens.”}"),
            Claim(LEDGER, "{t|that the pier had been tilting for some time}"),
            Claim(POST, "{t|Inspectors had found scour beneath the second pier in 2022}"),
            Claim(POST, "{t|repairs had been shelved to save money}"),
            Claim(COAST, "{t|the bridge was in trouble long before he drove onto it}"),
            Claim(COAST, "{t|that the river had washed out the ground under one pier}"),
            Claim(COAST, "{t|that the fix was put off to save money}"),
            Claim(COAST, '{t|"That\'s corrosion,"}{...}{t|"That isn\'t a truck."}'),
            Claim(GAZETTE, "{t|of scour and corroded bearings}"),
            Claim(GAZETTE, "{t|the work was shelved to save money}"),
        ],
        "Faulty repairs by the contractor this summer": [
            Claim(COURIER, "{t|that the job had been rushed and had left the span standing on one corner}"),
            Claim(COURIER, "{t|that the deck was lowered onto the new bearings{...}had hardened}"),
            Claim(LEDGER, "{t|that bearings replaced this summer were badly fitted}"),
            Claim(LEDGER, "{t|that jacking up the deck in July{...}next pier along}"),
            Claim(LEDGER, "{t|“They lifted one end and never measured the other,”}"),
            Claim(POST, "{t|that bearings fitted by Brannick Civil{...}onto the second pier}"),
            Claim(COAST, "{t|that this summer's repairs are to blame}"),
            Claim(COAST, "{t|that the contractor, Brannick Civil, dropped the deck onto wet grout}"),
            Claim(GAZETTE, "{t|it was the summer’s repairs that weakened the span}"),
        ],
        "It is too early to say": [
            Claim(COURIER, "{t|it was “far too early to say” why the span had failed}"),
            Claim(LEDGER, "{t|nothing had been ruled out}"),
            Claim(COAST, "{t|it was too early to say}"),
        ],
    },
    "Was the lorry over the limit of 40 tonnes?": {
        "Yes": [
            Claim(COURIER, "{t|the load was well beyond the 40{...}tonnes the deck is signed for}"),
            Claim(WIRE, "{t|that the truck, owned by Hollin Quarry, had weighed 58 tonnes, against a limit of 40}"),
            Claim(STANDARD, "{t|that the lorry, owned by Hollin Quarry, had weighed 58 tonnes, against a limit of 40}"),
            Claim(POST, "{t|that the lorry, owned by Hollin Quarry, had weighed 58 tonnes, against a limit of 40}"),
            Claim(LEDGER, "{t|“You lose it to 58 tonnes.”}"),
            Claim(COAST, "{t|weighed 58 metric tons}"),
            Claim(GAZETTE, "{t|that it was carrying almost half as much again as the deck allows}"),
            Claim(GAZETTE, "{t|its own sensors recorded 58 tonnes}"),
        ],
        "No": [
            Claim(COURIER, "{t|his lorry had gone over the weighbridge{...}38.6 tonnes}"),
            Claim(WIRE, "{t|that his load was within the limit}"),
            Claim(STANDARD, "{t|that his load was within the limit}"),
            Claim(COAST, "{t|it didn't}."),
            Claim(GAZETTE, "{t|the lorry on the Ferry Bridge at 38.6 tonnes, comfortably inside the limit}"),
            Claim(GAZETTE, "{t|‘If they are wrong, then every load we have sold this autumn was wrong,’}"),
        ],
    },
    "Were Brannick Civil's repairs sound?": {
        "Yes": [
            Claim(COURIER, "{t|flatly denied it}"),
            Claim(COURIER, "{t|“There was no defect in our work. None,”}"),
            Claim(WIRE, '{t|its work had been "inspected and signed off by the authority" in August}'),
            Claim(STANDARD, "{t|its work had been “inspected and signed off by the authority” in August}"),
            Claim(LEDGER, "{t|that “every bearing was installed{...}satisfaction”}"),
            Claim(POST, "{t|its repairs had nothing to do with the failure}"),
            Claim(COAST, '{t|"We did what the drawings told us to do,"}{...}{t|"and we did it properly."}'),
            Claim(GAZETTE, "{t|has denied that they were defective}"),
        ],
        "No": [
            Claim(COURIER, "{t|that the job had been rushed and had left the span standing on one corner}"),
            Claim(COURIER, "{t|that the deck was lowered onto the new bearings{...}had hardened}"),
            Claim(WIRE, '{t|"They have had it longer than the bearings lasted."}'),
            Claim(STANDARD, "{t|“They have had it longer than the bearings lasted.”}"),
            Claim(LEDGER, "{t|that bearings replaced this summer were badly fitted}"),
            Claim(LEDGER, "{t|“They lifted one end and never measured the other,”}"),
            Claim(POST, "{t|that bearings fitted by Brannick Civil{...}onto the second pier}"),
            Claim(COAST, "{t|that the contractor, Brannick Civil, dropped the deck onto wet grout}"),
            Claim(COAST, '{t|"The company\'s denials{...}worth,"}'),
        ],
    },
    "Did the union warn the ministry about the repairs?": {
        "Yes, in a letter": [
            Claim(WIRE, "{t|that the letter existed and that she would publish it}"),
            Claim(WIRE, '{t|"They have had it since July 30,"}'),
            Claim(STANDARD, "{t|that the letter existed and that she would publish it}"),
            Claim(STANDARD, "{t|“They have had it since July 30,”}"),
            Claim(POST, "{t|that bearings fitted by Brannick Civil{...}onto the second pier}"),
            Claim(POST, '{t|"Either the ministry is lying or it does not open its post,"}'),
        ],
        "No": [
            Claim(WIRE, "{t|denied reports that the Transport Workers' Federation{...}bearings}."),
            Claim(STANDARD, "{t|denied reports that the Transport Workers’ Federation{...}bearings}."),
            Claim(POST, "{t|has denied reports that the Transport Workers' Federation{...}bearings}."),
        ],
    },
    "Was the authority warned about the second pier?": {
        "Yes": [
            Claim(COURIER, "{t|She wrote to the authority{...}looked at}, according"),
            Claim(LEDGER, "{t|that the pier be underpinned “within twelve months”}"),
            Claim(LEDGER, "{t|it had itself warned the authority about the second pier in August}"),
            Claim(POST, '{t|"He had my letters,"}'),
            Claim(COAST, "{t|inspectors told the authority{...}under one pier}"),
            Claim(GAZETTE, "{t|that inspectors had warned the authority{...}in 2022}"),
        ],
        "No": [
            Claim(LEDGER, "{t|denied receiving any such warning}"),
            Claim(LEDGER, "{t|a search of its files had found “not so much as a postcard”}"),
            Claim(POST, "{t|denied that any divers had reported a fault}"),
        ],
    },
    "How many people were injured?": {
        "Nine": [
            Claim(COURIER, "{t|Nine people were taken to hospital}"),
            Claim(COURIER, "{t|nine people had been admitted}"),
            Claim(WIRE, "{t|the figure as nine}"),
            Claim(STANDARD, "{t|the figure as nine}"),
            Claim(COAST, "had said {t|nine} early"),
        ],
        "Fourteen": [
            Claim(WIRE, "{t|injuring 14 people}"),
            Claim(WIRE, '{t|"The number of injured stands at 14{...}condition,"}'),
            Claim(STANDARD, "{t|injuring 14 people}"),
            Claim(STANDARD, "{t|“The number of injured stands at 14{...}condition,”}"),
            Claim(LEDGER, "{t|the 14} it reported"),
            Claim(POST, "{t|that 14 people had been injured}"),
        ],
        "Thirteen": [
            Claim(LEDGER, "{t|the number of injured at 13}"),
            Claim(POST, "{t|Thirteen people were hurt}"),
            Claim(POST, "{t|one patient was counted twice}"),
            Claim(COAST, "{t|its count of the injured to 13, from 14}"),
        ],
    },
}

ORIGINS: list[dict[str, Any]] = [
    {
        "origin": "Northern Wire's report of 19 November",
        "docs": [WIRE, STANDARD, POST],
        "reason": "The Standard and the Post print passages of the agency's report with small changes, and credit it.",
    },
    {
        "origin": "the two officials familiar with the inspection who spoke to the Corvale Ledger",
        "docs": [LEDGER, POST, COAST, GAZETTE],
        "reason": "The other three have the officials' account from the Ledger and name it; none of them spoke to one.",
    },
    {
        "origin": "the inspection report of October 2022, as the Corvale Ledger saw it",
        "docs": [LEDGER, POST, COAST, GAZETTE],
        "reason": "Only the Ledger saw the report; the other three tell what it says from the Ledger.",
    },
]

REUSE: list[dict[str, str]] = [
    {"a": WIRE, "b": STANDARD, "kind": "copy"},
    {"a": WIRE, "b": POST, "kind": "partly"},
    {"a": STANDARD, "b": POST, "kind": "shared source"},
]


class GoldError(ValueError):
    """An annotation that does not fit its report."""


def locate(text: str, passage: str) -> dict[str, Spans]:
    """The spans of a passage's marked parts, by mark. GoldError unless the passage occurs exactly once in the text."""
    marks, pattern, depth = "", "", 0
    for piece in re.split(r"(\{\.\.\.\}|\{[scta]\||\})", passage):
        if piece == "{...}":
            pattern += r"[^\n]*?"
        elif piece == "}":
            pattern, depth = pattern + ")", depth - 1
        elif re.fullmatch(r"\{[scta]\|", piece):
            pattern, marks, depth = pattern + "(", marks + piece[1], depth + 1
        else:
            pattern += re.escape(piece)
    if depth or not marks:
        raise GoldError(f"badly marked: {passage}")
    found = list(re.finditer(f"(?={pattern})", text))  # looking ahead finds overlapping places too
    if len(found) != 1:
        raise GoldError(f"stands {len(found)} times in the text, not once: {passage}")
    spans: dict[str, Spans] = {mark: [] for mark in "scta"}
    for group, mark in enumerate(marks, 1):
        spans[mark].append(list(found[0].span(group)))
    return spans


def inside(inner: Spans, outer: Spans) -> bool:
    """Whether each inner span lies in one of the outer ones."""
    return all(any(s <= a and b <= e for s, e in outer) for a, b in inner)


def size(spans: Spans) -> int:
    """How many characters the spans hold."""
    return sum(e - s for s, e in spans)


def attributions_of(file: str, text: str) -> list[dict[str, Any]]:
    """The attributions of one report, in the order of the text."""
    out: list[dict[str, Any]] = []
    for at in ATTRIBUTIONS[file]:
        spans, (kind, named), role = locate(text, at.passage), CAST[at.speaker], ROLES[file].get(at.speaker)
        if not spans["c"] or not spans["t"]:
            raise GoldError(f"no cue or no content: {at.passage}")
        if role and role not in text:
            raise GoldError(f"{file} does not call {at.speaker} {role!r}")
        to = " ".join(text[s:e] for s, e in spans["a"]) or None
        out.append(
            {"source": spans["s"], "cue": spans["c"], "content": spans["t"], "within": None, "to": to}
            | {"speaker": at.speaker, "kind": kind, "named": named, "role": role, "relayed_by": at.relayed_by}
        )
    out.sort(key=lambda a: (min(a["cue"] + a["content"] + a["source"]), min(a["cue"])))
    for a in out:
        around = [b for b in out if b is not a and inside(a["cue"] + a["content"], b["content"])]
        a["within"] = out.index(min(around, key=lambda b: size(b["content"]))) if around else None
    return out


def claim_of(claim: Claim, text: str, attributions: list[dict[str, Any]]) -> dict[str, Any]:
    """A claim with its spans and the attribution it belongs to; the report's own where there is none."""
    spans = locate(text, claim.passage)["t"]
    reach = [(min(a["cue"] + a["content"])[0], max(e for _, e in a["cue"] + a["content"])) for a in attributions]
    around = [i for i, (s, e) in enumerate(reach) if inside(spans, [[s, e]])]
    index = min(around, key=lambda i: reach[i][1] - reach[i][0]) if around else None
    outlet = ingest((DEMO / claim.report).read_bytes(), claim.report).document.outlet
    speaker = outlet if index is None else attributions[index]["speaker"]
    return {"doc": claim.report, "spans": spans, "attribution": index, "source": speaker}


def gold() -> dict[str, Any]:
    """All of demo_gold.json. GoldError where an annotation does not fit its report."""
    texts = {file: ingest((DEMO / file).read_bytes(), file).document.text for file in REPORTS}
    found = {file: attributions_of(file, texts[file]) for file in REPORTS}
    questions = [
        {
            "question": question,
            "accounts": [
                {"account": title, "claims": [claim_of(c, texts[c.report], found[c.report]) for c in claims]}
                for title, claims in accounts.items()
            ],
        }
        for question, accounts in QUESTIONS.items()
    ]
    documents = [{"file": file, "attributions": found[file]} for file in REPORTS]
    return {"documents": documents, "questions": questions, "origins": ORIGINS, "reuse": REUSE}


if __name__ == "__main__":
    try:
        answers = gold()
    except GoldError as e:
        sys.exit(f"demo_gold.py: {e}")
    WRITTEN.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(*(f"{len(d['attributions']):3d} attributions in {d['file']}" for d in answers["documents"]), sep="\n")
