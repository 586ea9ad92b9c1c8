"""The articles of the test pages: places, people and outlets are all invented.

Each begins with a line of marks, its fields apart by |: key, headline, outlet, authors (with "&" between them), date.
Empty lines part its paragraphs. `FURNITURE` is what pages hold beside their article.
"""

from typing import NamedTuple


class Article(NamedTuple):
    """An invented article. authors and paragraphs in the order of the page; published: ISO 8601 date."""

    headline: str
    outlet: str
    authors: tuple[str, ...]
    published: str
    paragraphs: tuple[str, ...]


_TEXTS = """
%% ferry | Harbour ferry to stop running after eighty years | The Ostrand Mail | Petra Lindqvist | 2025-02-11
The last ferry across Ostrand harbour will sail on 30 April, the port authority said on Tuesday, ending a service that
began before most of the town had electric light.

“We are losing four thousand crowns a day, and nobody can say that we did not try,” said Harald Moe, who chairs the
authority. He said that passenger numbers had fallen by two thirds since the tunnel opened.

Residents of the north shore see it differently. Ingeborg Sand, who has crossed on the ferry to work every weekday for
31 years, accused the authority of running the service down on purpose. “They took away the evening boats, then the
Sunday boats, and then they counted the empty seats,” she said.

The mayor, Tove Brekke, told the council that she would ask the region for money to keep one boat until the autumn. A
spokesman for the region said that no such request had arrived.

The ferry's two crews, eleven people in all, have been offered work on the tugs. Their union said that it had not been
consulted and that it would meet the authority on Thursday.

%% dam | Engineers divided over crack in Velm dam | Upland Courier | Joris Beck & Anna Tolland | 2024-09-03
A crack as long as a bus has opened on the dry side of the Velm dam, and the engineers who are paid to look after it
do not agree on what it means.

Oskar Reiner, the dam's chief engineer, said on Monday that the crack was “an old acquaintance” which opened each
summer and closed again each winter. He said that there was no danger to the eleven villages below.

But a report by the consultants Hale & Partners, which was handed to the water board in June and has been seen by the
Courier, says that the crack is nine centimetres longer than it was in 2021 and recommends that the level of the lake
be lowered by two metres “without delay”.

The board did not follow the recommendation. Its chairwoman, Lise Amberg, explained that lowering the lake in a dry
year would have left the irrigation canals empty. “Farmers would have lost the maize for a crack that has not moved
since,” she said.

Hale & Partners declined to comment. A former inspector, who asked not to be named because he still works for the
state, said that the board had been warned three times.

The ministry said it would send its own inspectors next week.

%% school | Pupils to be taught in tents as mould closes school | Dunmarrow Echo | Claire Otis | 2025-01-20
Four hundred pupils of Dunmarrow primary school will be taught in army tents from Wednesday after inspectors found
mould behind the walls of twelve classrooms.

The head teacher, Brian Aske, called the decision “painful but right”. He told parents on Sunday evening that nobody
had been harmed, and that the tents would be heated.

“Heated to what?” asked Maria Kell, the mother of two pupils, who said that she had complained about the smell since
October. She has kept her younger son at home since the holidays.

The county, which owns the building, said that the mould had been caused by a leaking gutter that was repaired in
December. It put the cost of the work at 1.2 million and promised that the classrooms would reopen after Easter.

The builders' federation doubts that. Its local secretary, Tom Hurrell, predicted that the work would take until
September at the earliest, since “nobody in the whole county has got twelve plasterers to spare”.

%% election | Two claim victory in Port Calder's closest vote | Calder Evening Star | Miles Ferrant | 2024-05-17
Both candidates for mayor of Port Calder declared themselves the winner on Thursday night, in a count so close that
the returning officer has ordered it to be done again.

Dana Whitlow, of the Harbour Party, told cheering supporters at the Grain Exchange that the people had “spoken
quietly, but they have spoken”. Her campaign said that she was 41 votes ahead.

Her opponent, the sitting mayor Alastair Quay, said the figure was wrong. He claimed that two boxes from the island
wards had been counted twice, and asked his followers to be patient.

The returning officer, Judith Penhallow, confirmed that there had been “a difficulty with two boxes” but denied that
any vote was counted twice. She said that a new count would begin at nine on Saturday.

About 58 per cent of those who could vote did so, six points fewer than four years ago. It rained for most of the day,
and the polling station on Skerry island opened an hour late because the ferry was delayed by fog.

The winner will take over a city with debts of 90 million and a bus company that stopped paying its drivers in March.

%% hospital | Hospital admits mix-up of newborn records | Lakeside Post | Ines Cardew | 2025-03-14
St Brannoc's hospital has admitted that the records of two newborn girls were exchanged for nine days last month, and
has apologised to both families.

The error was found when a nurse noticed that a child recorded as premature weighed more than four kilos. “I looked at
the chart, I looked at the baby, and one of them was lying,” the nurse, Fenella Roy, told the Post.

Neither child was given the wrong medicine, according to the hospital's medical director, Dr Anton Weiss. He said that
the fault lay with labels printed by a machine that had been serviced the day before.

The company that services the machine, Medprint, rejected that. It said in a statement that its technician had tested
the printer with forty labels and that “every one of them was correct”.

The health minister has asked for a report by the end of the month. The families, who have asked not to be identified,
said through a lawyer that they were relieved and had no plans to sue.

%% mine | Miners walk out over ban on dogs underground | Kettle Valley Herald | Sam Obuya | 2024-11-05
Work at the Kettle salt mine stopped on Monday when 160 miners refused to go down without their dogs.

The animals have been part of the night shift since a roof fall in 1987, in which a terrier called Button is said to
have warned eleven men in time. The company told the miners last week that insurers would no longer allow it.

“A sensor tells you after. A dog tells you before,” said Walt Drummond, who has worked at the mine for 22 years. He
said that the men would stay out until the ban was lifted.

The manager, Rhea Salcombe, said that she had every sympathy but no choice. She denied a report that the company
wanted to close the night shift altogether.

The insurers, Amity Mutual, said that they had asked only for “a list of whatever goes down and comes up”, and that
dogs could be on it.

Talks are expected to go on until Friday.

%% bees | City counts its bees and finds too many | The Marlow Green Gazette | Ottilie Fenn | 2025-06-02
Marlow Green has more honeybees than it can feed, according to a count that took 300 volunteers two months.

The survey found 2,140 hives inside the ring road, nine times as many as ten years ago. Dr Prisca Ode, who led it,
said that the bees of the city centre were living on sugar water by July. “We thought that we were saving the bees. We
were keeping cattle on a car park,” she said.

Wild bees have paid for it, she believes. Her volunteers found 17 species where a count in 2009 had found 46.

The beekeepers' society disputes the link. Its president, Gordon Pell, pointed out that the city had also cleared most
of its waste land in those years, and suggested that the missing bees had “lost their bedrooms, not their dinner”.

The council will discuss in the autumn whether to limit the number of hives. Its leader said that nobody wanted to
send inspectors up to people's roofs.

%% museum | Museum returns bell to the village that never asked | Northmoor Chronicle | Eliza Thorne | 2024-08-29
A bronze bell that hung for 140 years in the Northmoor museum has gone home to the island of Sula, whose people say
they had forgotten that it was theirs.

“A letter came, and then a lorry,” said Mairi Gunn, who runs the island's shop and, since Tuesday, its bell. She said
that the island had no tower to hang it in and that it was standing beside the freezer.

The museum's director, Paul Vasey, said that the bell had been taken in 1884 by a naturalist who recorded in his diary
that he had “relieved the natives of their noise”. He said that keeping it would have been indecent.

Not everybody is pleased. Roderick Baines, a trustee who resigned over the decision, called it “a gift to people who
own a perfectly good alarm clock”.

The islanders plan to ring it at New Year. Until then, Ms Gunn said, anyone who buys a loaf may strike it once.

%% trams | Trams too wide for bridge, operator admits | Lindeck Tribune | Jo Hartwig & Mila Korda & Per Aas | 2025-04-08
The twelve trams that Lindeck bought last year for 54 million cannot pass each other on the Castle bridge, the
operator has admitted.

“They can cross it, and they can cross it safely, but not at the same time as one coming the other way,” said the
operator's technical director, Birgit Sohl. She said that the difference was eleven centimetres.

Signals will have to let one tram across at a time, which will add four minutes to a journey. Ms Sohl said that the
bridge had been measured in 2019 and that somebody had then “moved a pavement”.

The city's head of roads, Emil Varga, answered that the pavement had been where it was since 1962. He produced a
photograph at the press conference, with a tram in it.

The opposition leader, Katrin Boll, demanded that whoever signed the order should resign. The mayor said that she
would wait for the auditors, whose report is due in June.

%% orchard | Frost takes nine tenths of the apricots | Sarn Valley Farmer | Lena Pritchard | 2024-04-25
Growers in the Sarn valley have lost about nine tenths of this year's apricots to a single night of frost, their
co-operative said on Wednesday.

The temperature fell to minus six on the night of 21 April, when the trees were in full flower. Growers lit candles
and ran helicopters over the orchards until dawn.

“At four in the morning I heard the helicopter leave, because it had no fuel left, and I knew,” said Idris Vaughan,
whose family has grown apricots at Penbryn for a century.

The co-operative estimates the damage at 14 million. Its chairman, Hywel Moss, said that a third of the 90 growers
would not be able to pay their loans this year unless the state helped.

The ministry of agriculture said it was “looking at every possibility”. Its last aid, after the frost of 2017, was
paid out three years later.

%% library | Library burns; arson not ruled out | Eastwick Observer | Ruth Calloway | 2025-05-06
A fire destroyed the public library of Eastwick in the early hours of Monday, and the police said that they could not
rule out arson.

Sixty firefighters fought the blaze for five hours. Nobody was hurt. About 70,000 books were lost, said the librarian,
Desmond Achterberg, who stood in his dressing gown across the street until the roof fell in.

“You will want me to say that they were only books,” he said. “They were not only books.”

Two boys were seen running from the building shortly before three, according to a baker on his way to work. The police
asked them to come forward as witnesses and stressed that they were not suspects.

The fire chief, Lorna Beech, said that an electrical fault was just as likely. The wiring dated from 1971, she said,
and its renewal had been put off twice.

The mayor promised that the library would be rebuilt. The town's insurance covers the building but not the books.

%% wolves | Wolf shot near school was a dog, tests show | Hollin Forest News | Greta Maas | 2024-12-12
The animal that was shot beside a school bus in Hollin last month, and was celebrated as the first wolf killed in the
county since 1812, was a dog, genetic tests have shown.

The forest department said on Wednesday that the animal was “a large and well fed husky”. It is believed to have
belonged to a family that has since moved away.

The hunter, Ernst Kolb, said that he had acted in good faith. “It looked at me the way a wolf looks,” he told
reporters outside his home.

The county's sheep farmers, who had asked for permission to shoot more wolves, said that the tests changed nothing.
Their spokesman, Wim Osterloh, claimed that 43 sheep had been killed since August and that “huskies don't do that”.

A biologist at the university, Dr Noor Hadley, said that they did.

%% bank | Bank pays back fees it charged the dead | Mercer Financial Daily | Tobias Lund | 2025-02-27
Corrant Bank will pay back 38 million in fees that it took from the accounts of customers who had died, in some cases
more than ten years earlier.

The bank said on Thursday that 61,000 accounts were concerned. Its chief executive, Helen Straub, called the charges
“a failure of decency before it was a failure of software”.

The regulator, which had opened an inquiry in November, welcomed the decision but said that the inquiry would go on.
Two people familiar with it said that managers had known of the fees since 2019.

The bank denied that. “The board learned of this in October and acted in October,” a spokesman said.

Shares in Corrant fell by 3 per cent. An analyst at Pell Brothers, Yusuf Adair, said that he expected a fine of about
100 million and that the bank could easily bear it.

%% storm | Thousands without power as storm crosses the Fens | Fenland Radio News | Joan Pickard | 2024-10-19
About 26,000 homes were without power on Saturday after a storm crossed the Fens with gusts of up to 140 kilometres an
hour.

A woman of 71 was seriously hurt when a chimney fell through the roof of her bungalow at Tydd. Her neighbour, Alan
Rusk, said that he had heard “a noise like a lorry tipping gravel”.

The network operator said that most homes would be reconnected by Sunday night. Its spokeswoman, Carol Dyce, asked
people not to touch fallen lines, and said that three had been found lying in gardens.

The sea wall at Gedney held, according to the environment agency, though the tide came within thirty centimetres of
the top. The agency had warned on Friday that it might not.

Trains will not run between Holbeck and the coast before Monday. Schools are expected to open as usual.

%% chess | Boy of nine beats grandmaster, then goes to bed | Tarn Street Journal | Viktor Aldous | 2025-07-15
A boy of nine from Tarn has become the youngest player to beat a grandmaster in a rated game in this country.

Leo Ashgrove needed 43 moves and a little over three hours. He had to be woken for the last hour, said his father, who
sat beside him with a flask of cocoa.

“He saw something that I did not see, and I have been looking at that position for thirty years,” said his opponent,
Boris Tamm. He described the boy's queen sacrifice as “rude, but correct”.

The federation said that it would check the result, as it does with every record. Its secretary, Anne Holloway, said
she had no reason to doubt it.

Asked what he wanted to do next, the boy said that he wanted to sleep. His mother said that he would not play again
before his birthday in August.

%% water | Town told to boil water for a third week | Pendlow Messenger | Gwen Sayer | 2024-07-09
People in Pendlow must go on boiling their tap water for at least another week, the water company said on Monday.

Bacteria were found in the reservoir on 24 June after a dead deer was taken out of it. The company, Clearwell, said
that the latest samples were “better, but not good”.

“I have a baby and a kettle, and I am tired of both,” said Janine Moffat, one of about 200 people who queued for
bottled water at the town hall.

Clearwell's operations director, Stuart Lamb, said that chlorine had been raised to the highest level allowed. He
denied that the fence around the reservoir had been broken since spring, as a councillor had claimed.

The councillor, Beth Oram, published photographs of the fence on Monday evening. They were taken in April, she said,
and sent to the company the same day.

The company has offered each household 50 in compensation. The consumer council called the offer an insult.

%% opera | Opera cancels season after roof inspector resigns | The Vienne Review | Sophie Marchetti | 2025-09-01
The Vienne opera has cancelled its autumn season because nobody will certify that its ceiling is safe.

The inspector who had been expected to sign the certificate resigned on Friday. In a letter to the board, which the
Review has read, he wrote that he had been “invited to be brave with other people's heads”.

The director, Ludovic Arnault, said that the letter was unfair. The ceiling had been looked at by two other engineers,
he said, both of whom thought that it would last until Christmas.

Singers were told by text message. “Mine arrived in the middle of a rehearsal, and I sang to the end of the phrase,”
said the soprano Delphine Roche.

The house will pay back tickets worth 2.3 million. The minister of culture said that the state would not let it close
for good, and that an engineer from the capital was on his way.

%% bridge | Toll on old bridge to rise for first time since 1994 | Severin County Press | Mark Ollerton | 2024-06-21
Drivers who cross the Severin bridge will pay three times as much from August, the county has decided.

The toll will rise from 50 pence to 1.50, the first increase in thirty years. The county's finance chief, Nadia Frost,
said that the present toll “does not even pay for the man who collects it”.

Commuters protested outside the county hall. One of them, Keith Barlow, said that the increase would cost him 480 a
year, and that he would rather swim.

The motoring club asked why the county had let the bridge's maintenance fund be spent on a stadium in 2012. Ms Frost
replied that she had been at university in 2012.

Residents of the two parishes on either side will go on crossing free of charge, as they have since 1871, when their
forebears gave the stone.

%% satellite | Lost satellite answers after eleven years | Meridian Science Weekly | Hugo Brandt | 2025-08-07
A research satellite that fell silent in 2014 has begun to send data again, and the people who built it do not know
why.

The signal was picked up on Sunday by an amateur in the south of the country, Rosalind Kerr, who was looking for
something else. “I thought it was the neighbours' baby monitor,” she said.

Engineers at the space institute confirmed on Wednesday that the signal came from Halcyon 2, which was to have
measured the upper atmosphere for five years and did so for five weeks. The institute's director, Dr Amadou Sarr, said
that the battery must have failed and that the satellite was now living on sunlight alone.

“It wakes when it is light and sleeps when it is dark,” he said. “It has become an animal.”

Whether the data are of use is not yet clear. A physicist who had worked on the mission, Ilse Draeger, said that she
expected them to be “badly calibrated and absolutely priceless”.

%% zoo | Zoo denies that its panda is two bears | Ostrand Mail on Sunday | Kaia Storm | 2024-03-10
The director of Ostrand zoo has denied a claim by two former keepers that its famous panda died in 2021 and was
quietly replaced by another.

“There is one panda, there has always been one panda, and she is eating,” the director, Frode Lien, told a crowded
press conference on Saturday.

The keepers, who left the zoo last year, told a television programme that the present animal has a scar behind its
left ear that the old one did not have. One of them said that he had been asked to sign a paper promising to keep
silent.

The zoo's vet, Dr Randi Falk, said that the scar was the result of a tooth operation. She offered to have the animal's
blood tested by anybody who wished to draw it.

The embassy that lent the panda said it was following the matter with interest.

%% prison | Governor locked in own prison for six hours | Wardley Advertiser | Noel Prentice | 2025-01-09
The governor of Wardley prison spent six hours in one of his own cells on Wednesday when a new electronic lock refused
to let him out.

The governor, Simon Threlfall, had been showing the lock to visitors from the ministry. “It did precisely what we had
paid for,” he said afterwards.

Prisoners on the same landing passed him a newspaper and a cup of tea, according to an officer who was present. The
governor confirmed the tea but not the newspaper.

The maker of the lock, Surehold, said that its product had not failed. A spokeswoman explained that the door had been
closed in test mode, in which it opens only at six in the evening.

The ministry said that it would still buy 4,000 of them.

%% river | River turns red; dye works denies blame | Lower Teal Independent | Farah Nasser | 2024-08-02
The river Teal ran red through three villages on Thursday morning, and the dye works upstream said that it had nothing
to do with it.

“I have lived here for seventy years and have never seen such a colour outside a church window,” said Percy Lamb of
Nether Teal. Anglers counted more than 300 dead trout below the weir.

The works, Hargreave Textiles, said that all its tanks were full and sealed. Its manager, Doreen Platt, suggested that
the colour might come from iron in the soil after the rain.

The environment agency took samples at seven places. An officer said that iron “does not usually foam”.

A petition that calls for the works to be closed had 2,000 signatures by the evening. The works employs 140 of the 900
people who live in the villages.

%% marathon | Marathon won by man who entered as pacemaker | Tolland Sports Extra | Ed Marchbanks | 2025-05-19
The Tolland marathon was won on Sunday by a man who was paid to drop out of it.

Daniel Kirui had been hired to lead the favourites to the thirty kilometre mark. When he reached it, he looked round
and saw nobody. “I asked a man on a bicycle where they were, and he said that they were having a bad day,” he said.

He finished in two hours, nine minutes and four seconds, almost a minute ahead of the favourite, Stefan Wolde, who
said that he had never felt so outrun by somebody who was working.

The organisers took three hours to decide that a pacemaker may win. The race director, Sylvia Crane, said that the
rules forbade him only to help others, and that he “plainly had not”.

The women's race was won by Ada Lomax in two hours and 27 minutes, a record for the course.

%% theatre | Audience member arrested for answering Hamlet | Cobble Lane Courier | Imogen Fry | 2024-02-15
A man was arrested at the Cobble Lane theatre on Tuesday evening after he answered a question that Hamlet had put to
nobody in particular.

Witnesses said that the man, who is 58, rose from the fourth row and replied at length. “He was for it, on the whole,”
said Jean Ambrose, who sat behind him.

The actor, Rupert Vane, went on with the speech. He said later that the reply had been “better argued than most”, and
that he would not press charges.

The theatre's manager, Dilys Crewe, said that three people had asked for their money back and that eleven had asked
whether it would happen again on Saturday.

The man was released without charge at midnight.

%% lighthouse | Lighthouse keeper, 92, refuses to be automated | Skerry Bay Times | Morag Innes | 2025-10-22
The keeper of the Skerry light, who is 92, has refused to hand over the key to the engineers who came to automate it.

“I asked them what it would do in fog when the horn freezes, and they said that it would send a message,” said Angus
Rennie. “To whom? There is only me.”

The lighthouse board said that it respected Mr Rennie's service, which began in 1957, but that the contract had been
signed. Its engineer, Fiona Strachan, said that the new light would be seen four miles further out.

Fishermen have taken the keeper's side. Their association wrote to the board that twelve boats owed their crews to the
horn, and that none of them had ever been saved by a message.

The board will send a mediator on Monday, if the weather allows a landing.

%% statue | Statue of founder to face other way | Grantleigh Standard | Philippa Moore | 2024-09-27
The statue of Josiah Grant, who founded Grantleigh in 1790, will be turned around so that it no longer points at the
mosque, the council decided on Thursday.

The founder has pointed west since 1903. What he pointed at was a brewery until 1988. “He was pointing at the beer,”
said Imam Rashid Karim, “and I have always told people so.”

The council's leader, Graham Tull, said that no complaint had been made and that the decision was “a matter of
manners”. Turning the statue will cost 9,000.

The historical society objected. Its secretary, Winifred Case, said that if every statue were turned away from what it
offended, the town would have to buy a great many pedestals that revolve.

He will point north from November, towards the ring road.

%% airline | Airline flies empty plane daily to keep its slot | Skyport Business Report | Rohan Mistry | 2025-03-28
An airline has flown a plane without passengers between two cities every day since January so as not to lose its right
to land, according to flight records seen by the Report.

The airline, Blue Meridian, confirmed the flights. A spokesman said that they were “regrettable and entirely legal”,
and that the pilots used them for training.

Airport rules take a slot away from an airline that uses it less than eight times in ten. The rules were suspended for
two years and came back into force in the new year.

The transport minister, Elena Vass, said she was surprised. Her predecessor, who is now an adviser to the airline,
said that she should not be.

Environmental groups put the fuel burnt at 1,100 tonnes. “It is the most expensive queue in the world,” said Kit
Marlowe of the group Quiet Skies.

%% census | Village of twelve finds thirteenth inhabitant | Moorland Weekly | Hester Quill | 2024-11-28
The village of Upper Wending, which was thought to have twelve inhabitants, has thirteen, the census office said on
Wednesday.

The thirteenth is a man in his sixties who has lived for at least four years in a converted horse box behind the
chapel. “We thought he was visiting,” said the parish clerk, Maud Tranter.

The man, who gave his name only as Colin, told the Moorland Weekly that nobody had asked. He said that he paid his
taxes and had voted in the last election, for the loser.

With thirteen inhabitants the village is entitled to a postbox. The post office said that it would install one by the
spring.

%% pier | Pier for sale for one pound, buyer must love it | Saltby Echo | Carys Doyle | 2025-06-30
Saltby council is offering its Victorian pier for one pound to anyone who can prove that they will look after it.

The pier costs the council 800,000 a year, said its leader, Martin Eddowes. “We would give it away, but the lawyers
tell us that a gift can be given back,” he said.

Eleven people have asked for the papers, among them a brewer, a monastery and a man who wants to extend it to the
other side of the bay.

The Friends of Saltby Pier, who have raised 400,000 in six years, said that they had not been asked. Their chairwoman,
Olwen Tate, called the sale “a divorce by postcard”.

Offers are open until 1 September. The council said that it would choose by love and then by money.

%% goats | Goats take over town centre, again | Craigallan Free Press | Huw Bevan | 2024-04-03
A herd of about forty wild goats has taken over the centre of Craigallan for the second spring running.

The goats came down from the headland on Monday night. By Tuesday morning they had eaten the flower beds of the war
memorial and were lying on the steps of the bank.

“They are quieter than the students,” said Sandra Hughes, who keeps the tea room opposite. She said that trade had
doubled.

The council's parks officer, Rhys Pugh, said that driving the goats back would take a day and that they would return
the same night. Last year he tried drums. The goats, he said, “seemed to enjoy the drums”.

The county has offered to pay for a fence. It would have to be two kilometres long and, according to Mr Pugh, taller
than the budget.

%% tunnel | Tunnel under strait delayed by shipwreck | Straits Maritime News | Astrid Nyholm & Leo Carrick | 2025-09-18
Work on the tunnel under the Aland strait has stopped after a digging machine struck the oak hull of a ship that may
be six hundred years old.

The machine had cut two metres into the wreck before its driver noticed that the stone was “coming out brown and in
splinters”, the consortium said on Wednesday.

Archaeologists asked for eighteen months. The consortium's director, Magnus Ek, said that each month would cost 31
million, and that the wreck could be lifted in eight weeks by people who did such things with oil rigs.

“He could also lift a cathedral that way, once,” said Professor Hanna Sorel, who has dived to the wreck. She believes
that the ship carried church bells, and that most of them are still on board.

The government will decide on Friday. A minister, who did not wish to be named, said that voters liked bells.

%% strike | Bin strike enters fifth week with no talks | Brackley Argus | Damon Sewell | 2024-07-23
Rubbish will go uncollected in Brackley for a fifth week after the council and the union each said that the other had
walked away from talks.

The union's negotiator, Pauline Reddy, said that she had waited for two hours in a room that the council had booked.
“There were biscuits,” she said. “There was nobody to eat them with.”

The council's chief executive, Neil Garside, said that the meeting had been moved to another floor and that a message
had been left at the desk.

About 3,000 tonnes of rubbish are lying in the streets. The health office reported that rats had been seen in
daylight, and advised people to keep their windows shut.

The workers want 6 per cent. The council has offered 3 and an extra day off at Christmas.
"""

FURNITURE = {
    "menu": ("Home", "News", "Politics", "Business", "Sport", "Culture", "Weather", "Opinion", "Podcasts", "Puzzles"),
    "related": (
        "Ten walks for a wet weekend in the hills",
        "Why your electricity bill has three numbers on it",
        "Council to vote on parking charges after stormy meeting",
        "The baker who gave up bread",
        "How we tested twelve umbrellas in a car wash",
        "Readers' letters: on noise, and on the lack of it",
    ),
    "consent": (
        "We value your privacy",
        "We and our 418 partners store and access information on a device, such as cookies, and process personal data.",
        "With your permission we may use precise location data. You may change your choice at any time in our policy.",
    ),
    "newsletter": (
        "Get the morning briefing",
        "Our editors choose the day's best stories and send them to your inbox before breakfast. It is free of charge.",
        "By signing up you agree to our terms of use and our privacy policy.",
    ),
    "comments": (
        "My grandfather always said this would happen, and nobody listened to him either.",
        "Typical. They find money for a stadium but not for anything that the rest of us could use on a weekday.",
        "Does anybody know whether this applies to people who live on the other side of the river as well?",
    ),
    "legal": (
        "All rights reserved. No part of this site may be reproduced without the publisher's written permission.",
        "Registered office: 1 Press Court. We are a member of the press council and follow its code.",
    ),
    "advert": ("Advertisement", "Lowest mortgage rates in a decade: see how much you could save with Hollins today."),
    "share": ("Share on Facebook", "Share on X", "Copy link", "Print this page"),
    "subscribe": (
        "Subscribe to continue reading",
        "This article is for subscribers only. Join today from 1 a week and get unlimited access on all your devices.",
        "Already a subscriber? Log in",
    ),
}


def _read() -> dict[str, Article]:
    articles = {}
    for part in _TEXTS.strip().removeprefix("%%").split("\n%%"):
        marks, _, body = part.strip().partition("\n")
        key, headline, outlet, authors, published = (field.strip() for field in marks.split(" | "))
        paragraphs = tuple(" ".join(p.split()) for p in body.split("\n\n"))
        articles[key] = Article(headline, outlet, tuple(authors.split(" & ")), published, paragraphs)
    return articles


ARTICLES = _read()
