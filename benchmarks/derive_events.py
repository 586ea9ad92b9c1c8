"""The texts that derive.py makes reports from: invented events, all written for it.

A kind of event begins with "=". "$" draws a value for the event, "&" a person with a role, "@" is a claim in several clauses,
'"' a quotation of a press conference, "*" a fact and "+" a piece of colour, each followed by its wordings, a line each. "{x}" is a
value or person of the event, "[a|b]" a choice made anew at each telling.
"""

EVENTS = """
= warehouse fire
$ site: furniture warehouse|paint depot|cold store|paper warehouse|carpet factory
$ firm: Harbin Stores|Oldfell Trading|Messrs Quarle|Dovecot Supply|Linden Freight
$ n: 3-9
$ crews: 12-40
$ loss: 3-19
$ homes: 60-300
$ year: 1954-1988
& chief: the {region} fire chief
& owner: the owner of {firm}
& inspector: a {town} building inspector
@ cause: a welder’s torch had set light to the insulation|sparks from welding work had caught the insulation|the insulation was lit by a welding torch|roof insulation had caught light while a man was welding
@ doors: two of the four fire doors had been chained shut|chains had been put across half of the fire doors|two fire doors out of four could not be opened because of chains|half the emergency exits were held closed with chains
@ alarm: the alarm had been switched off since the spring|nobody had turned the alarm back on after the spring|since spring the alarm had stood disconnected|the alarm was not working and had been off since spring
" chief: We had flames forty feet above the roof when the first engine came round the corner. Nobody was going to save that building, so we saved the street.
" chief: I will not guess at a cause tonight. My officers will go in when the walls are safe and not one minute before.
" owner: Every person who works for us is family. We will pay their wages for as long as it takes to build again.
" inspector: The last time anyone from this office was inside was six years ago. I am not proud of that.
* title
Fire guts {site} in {town}, {n} in hospital
{n} hurt as blaze destroys {town} {site}
Questions over fire doors after {town} [blaze|inferno]
{firm} site in ruins after night of flames
{town} counts cost of {site} fire
* lead
A fire that could be seen from {town2} destroyed a {site} in {town} on {day}, [sending|putting] {n} people in hospital.
{n} people [were hurt|were injured] when flames tore through a {site} on {street}, {town}, on {day} night.
Nothing but the outer walls remained on [{day} night|{day}] of the {town} {site} owned by {firm}, after a blaze that injured {n}.
The {site} that {firm} has run in {town} for decades burnt to the ground on {day}; {n} people needed hospital treatment.
Firefighters were still damping down the remains of {firm}’s {site} in {town} after [a blaze|an inferno] on {day} in which {n} people suffered injuries.
* alarm call
The first call reached the control room at {time}, and {crews} engines were eventually sent.
It was {time} when a passer-by rang the emergency line; by midnight {crews} crews were on the scene.
Crews, {crews} of them in the end, began arriving soon after {time}.
Control room logs put the start of the emergency at {time}. At its height it took {crews} engines.
* injured
Most of those hurt had breathed in smoke, {hosp} said, and two had burns to their hands.
Two patients are being treated for burnt hands and the others for smoke inhalation, according to {hosp}.
At {hospital}, doctors treated burns in two cases; smoke accounted for the rest.
{hosp} listed smoke as the reason for all but two of the admissions; the other pair have burns.
* homes
Police [emptied|cleared] {homes} homes in the streets around, and families spent the night in a school hall.
The occupants of {homes} houses were told to leave and were given camp beds at a nearby school.
A school hall took in families from the {homes} dwellings that officers judged too close to the smoke.
Some {homes} households slept elsewhere, many of them on the floor of a school, because of fears about fumes.
* loss
{firm} put its losses at {loss} million crowns and said that it was insured.
Insurers are facing a bill of around {loss} million crowns, by the company’s own first estimate.
The damage, which {owner} expects the firm’s insurance to cover, may come to {loss} million crowns.
Stock and machinery worth {loss} million crowns were lost, though policies were in place, the company said.
* electrics
{owner} blamed old wiring in the loading bay, which had been due for replacement in the summer.
Wiring in the loading bay is what the owners suspect; it was to have been renewed [this summer|in the summer].
In the view of {owner}, the trouble started with cables in the loading bay that should have been ripped out by now.
The company’s explanation is an electrical one: cabling beside the loading bay was past its best and on a list for renewal.
* arson
Detectives have not ruled out arson and are looking for a [grey|white] van seen behind the building.
A pale van parked at the rear has drawn the attention of police, who are keeping an open mind about a deliberate act.
Whether somebody set the blaze on purpose is one of the things officers want to establish, and they would like to trace a van.
Anyone who noticed a van at the back of the premises was urged to come forward, as a deliberate fire is still a possibility.
* building
Built in {year}, the premises were last inspected six years ago, {inspector} said.
No inspector had set foot in the {year} building for six years, a point conceded by {inspector}.
Records show a structure from {year} whose most recent official visit lies six years back.
It had been six years since officials looked over the site, parts of which date from {year}.
+ smell
By morning a smell of burnt varnish hung over the allotments, and ash lay on the washing lines like a late frost.
Gardeners on the allotments woke to grey flakes on their cabbages and a stink of varnish.
+ history
{street} once had five such firms side by side. The others went when the canal silted up, and only this one kept its loading gantry.
Of the row of traders that lined {street} in the canal’s day, the burnt firm was the last still in business.
+ cat
A night watchman’s cat, given up for lost, walked out of the ruins shortly before dawn with its whiskers singed.
The one cheerful sight of the morning was the watchman’s cat, alive but short of whiskers.

= train derailment
$ train: stopping train|night express|commuter service|school special
$ line: Upper {river} line|Coast Line|{town2} branch|Western loop
$ firm: Lorrand Railways|Pennant Trains|Valley & Western|Kestrel Rail
$ n: 11-48
$ crit: 2-6
$ speed: 60-130
$ coaches: 3-7
$ days: 4-20
& regulator: the chief inspector of railways
& manager: a director of {firm}
& union: the drivers’ union secretary
@ rail: a cracked rail had been reported three weeks earlier|three weeks ago somebody had reported a crack in the rail|warnings of a crack in the rail went back three weeks|the crack in the rail had been known for three weeks
@ speed: the train had been going far too fast for the bend|the bend was taken at much too high a speed|its speed was well above what the bend allowed|it entered the bend far faster than is allowed
@ signal: the signal before the curve had been dark all morning|all morning there had been no light in the last signal|no lamp was burning in the signal ahead of the curve|the last signal had failed hours before and showed nothing
" regulator: We have the recorder and it is in good condition. It will tell us more in an hour than I could tell you in a week.
" manager: Our first thoughts are with the passengers and their families. We will find out what happened and we will say so in public.
" union: Do not hang this on one man in a cab. He did what the signals told him to do, if there were any signals.
" regulator: Nothing will move on this line until I am satisfied, and I am a hard woman to satisfy.
* title
{n} injured as {train} leaves rails near {town}
Train comes off track at {town}; {n} hurt
{town} rail crash: [what we know|inquiry begins]
Passengers tell of crash on {line}
Line shut for {days} days after {town} derailment
* lead
A {train} came off the rails outside {town} on {day}, injuring {n} people and blocking the {line}.
{n} passengers were hurt on {day} when {coaches} coaches of a {train} derailed on a curve near {town}.
The {line} was closed on {day} after a train run by {firm} left the track close to {town}, with {n} injured.
Rescuers [pulled|helped] {n} injured travellers from a {train} that jumped the track on the approach to {town} on {day}.
Overturned coaches lay across both tracks of the {line} on {day} after a derailment near {town} left {n} people needing treatment.
* when
It happened at {time}, some two kilometres short of the station.
The station clock showed {time}; the train was two kilometres away and never arrived.
At {time}, with barely two kilometres to run, the leading coach left the track.
Two kilometres before its stop, at {time}, the service came to grief.
* critical
{crit} of the injured were in a critical condition, {hosp} said.
According to {hosp}, doctors fear for the lives of {crit} patients.
{hospital} described {crit} of those admitted as critically ill.
Among those brought in were {crit} people with life-threatening injuries, the hospital confirmed.
* coaches
Of the {coaches} coaches, two ended up on their sides in a field of beet.
Two vehicles toppled into a beet field, while the rest of the {coaches}-coach train stayed upright.
The train had {coaches} coaches. A pair of them rolled over among the beets.
Beet plants were flattened where two out of {coaches} carriages [fell|tipped] over.
* limit
Trains may take the curve at {speed} kilometres an hour at most.
A limit of {speed} kilometres per hour applies on that stretch.
The permitted speed through the bend is {speed} kilometres an hour, signs beside the track say.
On the curve, drivers have to keep below {speed} kilometres an hour.
* maintenance
{union} accused {firm} of cutting its track gangs by a third since last year.
A third of the people who look after the track have gone in a year, complained {union}.
The drivers’ union pointed to job losses among maintenance staff, whose number it says fell by a third.
Staff cuts are to blame in the eyes of {union}, who said that one track worker in three had been let go.
* denial
{manager} rejected any suggestion that maintenance had been neglected and said that spending had gone up.
Spending on upkeep had risen, not fallen, {manager} insisted.
The operator denied neglect; its budget for the track, it pointed out, is larger than it was.
More money than ever was going into the permanent way, in the words of {manager}, who dismissed talk of neglect.
* reopening
The line is expected to stay shut for {days} days.
It will be {days} days before services resume, engineers believe.
Travellers will have to put up with buses for {days} days while cranes and track layers do their work.
Replacement buses will run for an estimated {days} days.
* recorder
Investigators recovered the data recorder from the leading vehicle in the afternoon.
The black box was found by investigators, undamaged, and driven away under escort.
A recorder that logs speed and braking is in the hands of the inspectorate.
By the afternoon {regulator} had taken charge of the device that registers how the train was driven.
+ beets
The farmer whose field it was brought tea in a milk churn and would not hear of compensation for the crop.
Tea came from a churn, courtesy of the man who farms the field; the crop could wait, he said.
+ line history
The {line} was laid by prisoners of war and has never been straightened, although every government since has promised to.
No government has kept its word to straighten the {line}, which prisoners of war built.
+ shoes
A row of children’s shoes stood on the embankment, paired by a nurse who could think of nothing else to do.
On the embankment somebody had put lost shoes into neat pairs.

= river flood
$ level: 5-9
$ n: 2-8
$ evac: 400-4000
$ bridges: 3-8
$ rain: 110-240
$ pumps: 14-60
$ loss: 20-95
& board: the drainage board’s head
& forecaster: the chief weather forecaster
& farmer: who chairs the county farmers’ league
@ sluice: the upper sluice had been opened without any warning|without a word to anyone the upper sluice was opened|nobody had been warned before the upper sluice opened|the opening of the upper sluice had come unannounced
@ bank: rabbits had tunnelled the east bank for years|for years the east bank had been riddled by rabbits|the east bank was full of old rabbit holes|rabbit burrows had weakened the east bank over the years
@ pumps: half of the new pumps had never been connected|every second new pump stood there without a connection|the new pumps were only half connected|only one in two of the new pumps had been wired up
" board: The bank held for eleven hours against water it was never built to hold. Then it did not hold, and that is the plain truth of it.
" forecaster: We gave the warning at noon and we gave it again at three. What people do with a warning is not my trade.
" mayor: I have seen grown men carrying their mothers on their backs tonight. Do not ask me about budgets.
" board: The water has to go somewhere. If we keep it off one village we put it on another.
* title
{river} bursts its banks, {evac} flee {town}
{n} dead in {town} floods
Thousands of acres under water around {town}
Flood-hit {town} asks: where was the warning?
{town} under water as {river} rises to record
* lead
{n} people drowned and {evac} had to leave their homes after the {river} broke its banks at {town} on {day}.
The worst flood in {town} for half a century killed {n} people and drove {evac} from their houses on {day}.
Water [poured|rushed] into the centre of {town} on {day} when the {river} overflowed; {n} deaths have been confirmed and {evac} residents moved out.
With {evac} inhabitants in shelters and {n} dead, {town} was counting the cost of [{day}’s|the] flood of the {river}.
Boats were taking families from upstairs windows in {town} on {day} after the swollen {river} claimed {n} lives and made {evac} people homeless for now.
* level
The gauge at the old mill stood at {level} metres, the highest since records began.
At the old mill, the {river} reached {level} metres. Never before had it been measured so high.
A reading of {level} metres at the old mill broke every earlier record.
Record books have nothing to compare with the {level} metres taken at the mill gauge.
* rain
In a day and a half {rain} millimetres of rain fell on the hills.
The hills had received {rain} millimetres of rain within thirty-six hours.
{forecaster} put the rainfall in the uplands at {rain} millimetres over a day and a half.
Up in the hills, rain gauges collected {rain} millimetres between one morning and the next evening.
* bridges
{bridges} bridges were closed to traffic and one, at the tannery, was carried away.
The tannery bridge is gone; {bridges} others cannot be used.
Lost entirely was the bridge by the tannery. Barriers have gone up at {bridges} more.
Traffic found {bridges} crossings shut, and at the tannery there was no longer a crossing to shut.
* pumps
The army sent {pumps} pumps and a company of engineers.
Soldiers were on their way with {pumps} pumps, the ministry announced.
Military engineers have set up {pumps} pumps along the embankment.
From their depot in the south, army engineers dispatched {pumps} heavy pumps.
* warning
Many residents complained that sirens had stayed silent until water was in the street.
No siren sounded, householders say, before the street was already wet.
Complaints about the sirens were heard everywhere: too late, people said, by an hour at least.
The siren on the town hall, according to several families, went off only when their cellars were full.
* clearance
{farmer} blamed the authorities for letting reeds and silt choke the channel.
Silt and reeds, left to grow by the authorities, are the reason given by farmers.
The channel has not been dredged in a decade, said {farmer}, and that is why it could not carry the flow.
In farming circles the talk is of neglected dredging, and of a bed so overgrown that it held half of what it once did.
* rebuttal
{board} replied that no amount of dredging would have kept such a volume out.
Dredging would have made no difference to a flood of that size, in the opinion of {board}.
The drainage board rejects the charge: a cleaner channel, it says, would have bought twenty minutes.
Twenty minutes is all that a dredged river would have gained, engineers for the board reckon.
* cost
Early estimates of the damage run to {loss} million crowns.
The bill could reach {loss} million crowns, the county believes.
{loss} million crowns is the first figure to be named for repairs.
County officials have pencilled in {loss} million crowns for putting things right.
+ cows
A herd of forty cows stood for a day and a night on the railway embankment and was milked there by volunteers in waders.
Volunteers waded out to milk forty cows that had found refuge on the railway embankment.
+ marks
On the wall of the Chequers inn are brass plates for the floods of three centuries. The new one will have to go above the lamp.
The Chequers inn, which marks each flood with a brass plate, will need a ladder for the next.
+ library
Librarians formed a chain on the stairs and passed up the parish registers, the oldest first.
The oldest parish registers were saved by a chain of librarians on a staircase.

= water contamination
$ homes: 8000-40000
$ n: 40-190
$ agent: a parasite|traces of a solvent|coliform bacteria|a weedkiller
$ works: Fenhurst|Sallow Hill|Marl Pit|Upper Weir
$ firm: {region} Water|Clearwell Utilities|Brook & Vale Water
$ limit: 3-30
$ tankers: 10-45
& director: the head of {firm}
& doctor: the director of public health
& chemist: a {town2} University chemist
@ filter: a filter had been bypassed to save on power|to save power somebody had run the water past a filter|one filter was bypassed in order to save electricity|water had been led around a filter so as to cut power bills
@ tank: a dead fox had been found in the service tank|workers had pulled a dead fox out of the tank|the service tank had contained the body of a fox|in the service tank lay a fox that had died
@ samples: samples had not been taken for nine days|for nine days no one had taken any samples|the last sample was already nine days old|nine days had passed without a single sample
" doctor: Boil it, let it cool, and then drink it. If you are not sure, boil it again.
" director: I drank a glass of it this morning in front of my children. I would not do that if I had doubts.
" doctor: We are seeing cases in every age group, and we expect to see more before we see fewer.
" chemist: A number on its own means nothing. What I would like to see is the numbers from the week before.
* title
{homes} homes told to boil water in {town}
Tap water in {town} unsafe, [officials say|families told]
{n} ill as water scare grips {town}
Water firm under fire over {town} contamination
What is in {town}’s water?
* lead
Residents of {homes} homes in and around {town} were told on {day} not to drink from their taps after {agent} was found in the supply.
{n} people have fallen ill in {town}, where tests on {day} found {agent} in water that goes to {homes} households.
Tap water in {town} must be boiled until further notice, {firm} said on {day}, [having discovered|after discovering] {agent} at its {works} works.
The discovery of {agent} at the {works} treatment works left {homes} customers in the {town} area without safe water on {day}.
Bottled water ran out in the shops of {town} within hours on {day} as word spread that {agent} had turned up in the mains.
* patients
{n} people with stomach complaints have been seen by doctors since the weekend.
Since the weekend, surgeries have recorded {n} patients with cramps and sickness.
The number who sought help for stomach trouble reached {n}, {hosp} said.
Cramps and sickness brought {n} people to their doctors in a matter of days.
* level
Levels at the {works} works were {limit} times what the rules permit.
The rules were exceeded by a factor of {limit} in a sample from {works}.
In one bottle filled at {works}, technicians measured {limit} times the legal maximum.
A laboratory found the legal maximum overstepped {limit} times over at the {works} plant.
* tankers
{tankers} tankers were parked at schools and supermarkets, and people queued with buckets.
With buckets and saucepans, customers lined up at the {tankers} tankers the company had hired.
The company brought in {tankers} tankers; queues formed at most of them before breakfast.
Drinking water now comes from {tankers} tankers on school playgrounds and in car parks.
* farm
{director} suspects run-off from a pig farm upstream of the intake.
A pig farm above the intake is the likely source, if {director} is right.
The company looks upstream: slurry from a pig farm may have got into the intake, it says.
Run-off from pigs kept near the intake could explain everything, the utility argues.
* pipes
{chemist} doubted that and pointed to cracked mains laid before the war.
Cracks in the pre-war mains were a better explanation, {chemist} said.
That theory found no favour with {chemist}, who would look at the pipes, many of them older than the houses.
Old and leaking mains, rather than anything upstream, are the trouble according to {chemist}.
* delay
A first bad result came in four days before the public heard of it.
Four days went by between the first alarming sample and the announcement.
The company had known for four days, internal papers show.
Customers were kept in the dark for four days, councillors complained.
* duration
The advice to boil water will be in force for another week at least.
For at least a week more, nobody should drink water that has not been boiled.
Kettles will be busy for a week or longer, as the restriction stays.
It will take no less than a week until the all-clear can be given, health officials think.
* fine
The regulator can impose a fine of up to a tenth of yearly revenue.
A tenth of what it takes in a year is the most that the firm could be fined.
If rules were broken, the penalty may be as high as ten per cent of annual turnover.
Under the law of the land the company risks losing a tenth of its income for a year.
+ swans
The fountain in the market square was turned off, to the confusion of two swans that had wintered there.
Two swans were left standing in the dry fountain of the market square.
+ baker
One baker put a sign in the window that said his bread had been made with milk, all of it, and sold out by eight.
By eight in the morning a baker who had used only milk in his dough had nothing left to sell.
+ spring
Older people remembered the spring behind the chapel, and by noon a path had been trodden to it through the nettles.
A path through nettles leads to the chapel spring, which the old had not forgotten.

= bank failure
$ firm: Tarrant & Loam|the Weavers’ Savings Bank|Ostler Mutual|the Corn Exchange Bank
$ n: 12000-90000
$ hole: 80-700
$ cap: 20-95
$ staff: 140-900
$ branches: 9-44
$ year: 1871-1923
& governor: the governor of the central bank
& finance: the finance minister
& saver: who leads a savers’ group
@ loans: a third of its loans had gone to one family|one family had received a third of all its loans|of every three crowns lent one went to a single family|it had lent a third of its money to the same family
@ letter: the auditors had refused to sign the accounts twice|twice the auditors would not sign the accounts|its accounts were twice left unsigned by the auditors|auditors withheld their signature from the accounts two times
@ transfer: the chairman had moved his own savings in May|in May the chairman took his own savings elsewhere|by the end of May the chairman’s savings were gone|the chairman’s own money had left the bank in May
" governor: Depositors will get their money. Shareholders will not. I cannot put it more simply.
" finance: There is no hole in the budget and there is no hole in this government. There is a hole in one badly run bank.
" saver: I was told to come back on Monday with two forms of proof. I have been a customer since I was nine.
" governor: We knew that it was weak. We did not know that it was lying to us.
* title
{firm} shut by regulators, {n} savers wait
Run on {firm} ends with doors closed
Central bank closes {firm}
Savers queue in rain as {firm} fails
How {firm} ran out of money
* lead
The central bank closed {firm} on {day}, freezing the accounts of {n} customers from {town} and beyond.
{n} savers found themselves locked out of their accounts on {day} when {firm} was [shut down|closed] by the authorities.
Regulators marched into the {town} head office of {firm} on {day} and ended its life as a bank, leaving {n} depositors to wait.
After two days of queues, {firm}, which looks after the money of {n} people, did not open its doors on {day}.
{firm}, a lender based in {town} with {n} account holders, was declared insolvent on {day}.
* hole
The gap in its books is thought to be {hole} million crowns.
{hole} million crowns are missing, examiners found.
Its debts exceed what it owns by {hole} million crowns, according to {governor}.
Examiners who went through the ledgers came up {hole} million crowns short.
* guarantee
Savings of up to {cap} thousand crowns are protected by law.
By law, the state stands behind each account to the amount of {cap} thousand crowns.
Anyone with less than {cap} thousand crowns in the bank is covered in full.
The deposit scheme pays out {cap} thousand crowns a head and no more.
* staff
{staff} employees at {branches} branches were told by text message to stay at home.
A text message informed the {staff} workers that none of the {branches} branches would open.
There are {branches} branches and {staff} people who work in them; all learned of the closure by phone.
“Do not come in” was the message that reached the phones of {staff} clerks and cashiers in {branches} places.
* property
{governor} said bad property loans had sunk the bank.
What broke the bank, in the account of {governor}, was lending on houses that were never built.
Loans for building projects, many of them abandoned, are blamed by the regulator.
The supervisors’ diagnosis is simple: too much was lent to builders who could not pay it back.
* rumour
The bank’s board spoke of a campaign of rumours that drained it in forty-eight hours.
Gossip killed a sound business, its directors complained, by emptying the tills in two days.
Within two days malicious talk had emptied the vaults, the board wrote in a farewell note to customers.
In a parting statement the directors held whisperers responsible for the panic.
* payout
Payments should begin within ten working days, {finance} promised.
It should take no longer than ten working days until the first cheques go out.
{finance} gave an assurance that people would see money in ten working days.
Savers may have their cash back two weeks from now, if the ministry keeps its word.
* police
Fraud officers carried boxes and computers out of a side entrance.
From a side door came detectives with cartons of files under their arms.
Police have taken away documents and three laptops, and have sealed the chairman’s room.
The chairman’s office was sealed, and investigators filled a van with papers.
* founding
Founded in {year} to keep the wages of mill hands, the bank had never missed a dividend.
Not one dividend had been missed since mill workers started it in {year}.
Its history goes back to {year}, when it was set up as a safe for millworkers’ pay.
Mill hands brought their first pennies to it in {year}.
+ clock
The clock over the main entrance stopped at ten past four, which nobody could explain and everybody had an opinion on.
People had theories about why the clock above the door stood at ten past four.
+ baker
A baker across the road gave credit to anyone who could show a bank book.
To have an account with the failed bank was enough for a loaf on credit in the shop opposite.
+ statue
Someone had hung a “closed” sign on the bronze founder in the forecourt.
The founder’s statue had been given a sign to hold. It read: closed.

= dock strike
$ n: 600-4200
$ pct: 4-12
$ offer: 2-3
$ ships: 7-31
$ cost: 2-14
$ firm: Lorrand Ports|Anchor Terminals|Saltmarsh Stevedores|the {town} Harbour Company
$ weeks: 2-7
& leader: the dockers’ convener
& boss: the head of {firm}
& labour: the labour minister
@ cranes: the brakes on three cranes had failed since June|since June three cranes had had brake failures|brakes had given out on three cranes since June|there had been three cranes with failed brakes since June
@ agency: agency crews had already been hired from abroad|replacement crews from overseas were under contract already|the company had already signed up foreign crews|contracts with crews from abroad had already been signed
@ fund: the strike fund would be empty by the weekend|by the weekend nothing would be left in the strike fund|money in the strike fund would last only until the weekend|the union’s strike money was going to run out by the weekend
" leader: We are not asking for the moon. We are asking for the rent and something to eat with it.
" boss: There is no more money. They can look in every drawer in the building and they will not find any.
" labour: I have two chairs and a pot of coffee. What I need is two people to sit down.
" leader: My grandfather stood at this gate in the rain, and he won. It is raining now.
* title
{n} dockers walk out at {town}
Ships wait off {town} as strike bites
{town} port at standstill over pay
No end in sight to dock dispute
Cranes stand idle in {town} as talks fail
* lead
{n} dockers stopped work in {town} on {day} in a dispute over pay, leaving {ships} ships at anchor.
The port of {town} came to a halt on {day} when {n} workers walked off the quays.
{ships} vessels lay idle off {town} on {day} as {n} dock workers began a strike for better pay.
Talks broke down before dawn and by breakfast on {day} the gates of {town} harbour were shut, with {n} people on strike.
A strike by {n} dockers, the first in {town} for a generation, [shut|closed] the harbour on {day}.
* demand
The union wants {pct} per cent more for all grades.
A rise of {pct} per cent across the board is what the workers have asked for.
On the table is a claim for {pct} per cent, the same for a crane driver as for a cleaner.
{leader} has set the price of peace at {pct} per cent.
* offer
{firm} has offered {offer} per cent and a single payment at Christmas.
An offer of {offer} per cent, sweetened by a Christmas bonus, was turned down.
The employers would go to {offer} per cent, plus a one-off sum in December.
So far the company has not moved beyond {offer} per cent and a Christmas bonus.
* cost
Each day of the stoppage costs traders {cost} million crowns, the chamber of commerce reckons.
The chamber of commerce estimates that business is losing {cost} million crowns a day.
{cost} million crowns go up in smoke with every day that passes, shippers complain.
For importers and exporters the daily loss is {cost} million crowns, if the chamber has its sums right.
* fruit
Bananas and lemons are rotting in the holds.
Fruit that should be in shops by now is going bad at sea.
The smell of spoilt fruit drifts over from the roads.
Importers fear that whole cargoes of lemons will have to be thrown away.
* blame union
{boss} accused a handful of militants of bullying the rest into a strike that few had wanted.
A small band of hotheads was behind it all, complained {boss}.
The company sees the hand of a few agitators who, it alleges, frightened their colleagues into voting yes.
Most of the men would rather be working, was the line taken by {boss}.
* ballot
The union pointed out that nine in ten had voted in favour in a secret ballot.
Ninety per cent said yes in a vote that nobody could look in on, the organisers answered.
{leader} replied with the result of the ballot: nine votes out of every ten for a walkout.
In a secret vote, the dockers’ side recalled, only one member in ten had been against.
* rota
At the root of the quarrel is a new rota that takes away the free Sunday.
Free Sundays would disappear under a new rota, and that angers people more than money.
More bitter than the pay claim is the row about Sundays, which a new schedule turns into ordinary shifts.
A timetable that makes Sunday a working day had poisoned the mood for months.
* minister
{labour} offered to mediate and invited both sides for {weekday2}.
Both parties have been asked to the ministry on {weekday2}, where {labour} wants to mediate.
On {weekday2} the two sides may meet under the eyes of {labour}.
{labour} has put {weekday2} aside for talks, if anybody comes.
* last strike
The last strike here went on for {weeks} weeks and ended in a draw.
{weeks} weeks was how long the previous dispute lasted, with neither side the winner.
When the port last struck, it took {weeks} weeks to find a compromise.
Veterans remember the last time: {weeks} weeks without wages, and then a compromise.
+ brazier
At the gate a brazier made from a washing-machine drum burned all night, fed with pallets that nobody would admit to owning.
Pickets warmed themselves at the drum of an old washing machine, in which pallets burned.
+ band
The fire brigade’s brass band came to play, knew only hymns, and was asked to stay anyway.
Hymns were all that the brass band could offer the pickets, who did not mind.
+ gulls
With nothing moving on the water the gulls had taken to sitting on the crane hooks.
Gulls sat on the idle hooks of the cranes.

= disputed election
$ margin: 7-96
$ votes: 4000-19000
$ boxes: 2-6
$ turnout: 38-71
$ party: Civic List|Harvest Party|Progress Union|Free Burghers
$ rivals: Commons Alliance|Lantern Party|Green Hills List|Citizens’ Bloc
$ late: 140-900
& winner: the {party} candidate
& loser: the {rivals} candidate
& officer: the returning officer
@ seals: the seals on two ballot boxes had been broken|two of the ballot boxes had come with broken seals|on two ballot boxes the seals were no longer whole|broken seals had been found on a pair of ballot boxes
@ dead: forty people on the roll were long dead|the roll included forty people who had died long ago|names of forty dead people were still on the roll|forty of those on the roll had been dead for years
@ van: a van with ballot papers had vanished for an hour|for an hour nobody knew where the ballot van was|a ballot van could not be found for an hour|the whereabouts of one ballot van were unknown for an hour
" officer: I have counted it twice and I will count it a third time. The number does not get bigger because people shout at it.
" winner: The people have spoken, quietly, as they do here. It would be polite to listen.
" loser: I will accept any result that I can understand. I do not understand this one.
" officer: A recount is not a scandal. It is arithmetic done again.
* title
{town} vote decided by {margin} ballots
Recount ordered in {town}
{rivals} challenges {town} result
{margin} votes: the narrowest win in {town}’s history
Doubts over ballot boxes in {town}
* lead
The {party} won the mayoral election in {town} by {margin} votes, and the losing side demanded a recount on {day}.
Only {margin} ballots separated the two candidates for mayor of {town}, officials said on {day}.
A court was asked on {day} to look at the mayoral poll in {town}, which the {party} carried by {margin} votes.
Ballot papers in {town} are to be counted again after the {rivals} lost the race for mayor by {margin} on {day}.
On {day}, with {margin} votes between victory and defeat, the {rivals} refused to concede the town hall of {town}.
* turnout
Turnout was {turnout} per cent, with {votes} votes cast.
{votes} people voted, {turnout} per cent of those who could.
Of the electorate {turnout} per cent took part and handed in {votes} papers.
The number of ballots was {votes}, which makes for a participation of {turnout} per cent.
* boxes
{boxes} boxes from the eastern wards came in long after midnight.
It was well past midnight when {boxes} boxes from the east of town got to the hall.
The eastern wards delivered their {boxes} boxes hours behind everyone else.
Long after the others, in the small hours, {boxes} boxes were brought over from the eastern side.
* late votes
{late} postal votes that arrived on {dayb} were not opened.
Election staff set aside {late} envelopes because they had come by post on {dayb}.
Unopened in a cupboard lie {late} postal ballots, delivered on {dayb}.
The post brought {late} more ballots on {dayb}, and they were ruled out of time.
* complaint
{loser} spoke of irregularities and handed the court a list of eleven.
Eleven irregularities are set out in the petition lodged by {loser}.
The petition names eleven points on which the rules are said to have been broken.
A list of eleven grievances went to the judges with the compliments of {loser}.
* reply
{winner} called the complaint sour grapes.
Sour grapes was the verdict of {winner} on the challenge.
For {winner}, who has ordered new curtains for the mayor’s office, the matter is closed.
The winning camp made light of the petition and said its rivals should learn to lose.
* rain
{officer} explained the delay with a flooded road and a flat tyre.
A puncture and water on the road had held things up, {officer} said.
There was an innocent reason for the lateness, {officer} said: first the road was flooded, then a tyre went.
Weather and a worn tyre, nothing else, were to blame for the late arrival, the election office said.
* observers
Two observers saw nothing amiss; a third left before the end.
Of three observers, one went home early and the others had no complaint.
Nothing struck the two observers who stayed until the end as wrong.
The observers’ log, kept by three people until ten and by two thereafter, is empty.
* timetable
Judges have until {weekday2} to decide.
A ruling must be given by {weekday2}.
The court will make up its mind no later than {weekday2}.
{weekday2} is the last day on which the bench can order a new poll.
+ pencil
The pencils in the booths were on strings this time, after the last election cost the council two hundred of them.
Having lost two hundred pencils at the last poll, the council had tied them down.
+ cake
In the counting hall a cake with the wrong candidate’s name on it was eaten all the same.
The hall’s cake bore a loser’s name but found takers.
+ old mayor
The outgoing mayor, asked for whom he had voted, said that at his age one forgets.
Age was the excuse of the outgoing mayor for not remembering his vote.

= museum theft
$ item: silver astrolabe|carved ivory comb|gold reliquary|book of hours|bronze hare
$ value: 2-19
$ year: 1290-1640
$ minutes: 3-9
$ museum: {town} City Museum|Abbey Museum|Museum of the {river}|Merchants’ House museum
$ guards: 2-5
$ reward: 20-250
$ cams: 11-60
& director: the director of the museum
& detective: the art crime chief
& curator: the keeper of medieval art
@ key: the thieves had used a copied key|a copy of the key had let the thieves in|entry was gained with a key that had been copied|somebody had opened the door with a duplicate key
@ fake: the stolen piece had been a copy|what was stolen had only been a replica|only a replica had been taken|the thieves had made off with a mere copy
@ guard: one of the guards had been asleep|a guard had slept through it all|at the time one guard was sleeping|sleep had overcome one of the guards
" director: It survived two sieges and a fire. It did not survive us, and I find that hard to say.
" detective: This was not done by clever people. It was done by people who knew where to stand.
" curator: You cannot sell it and you cannot show it. All you can do is own it in the dark.
" director: I have one thing to ask of whoever has it. Keep it dry.
* title
Thieves take {item} from {town} museum
{item} worth {value}m stolen in {minutes} minutes
{town} theft: police look for two in overalls
Museum robbed of its treasure
Empty case in {town}
* lead
Thieves broke into the {museum} in {town} on {day} and made off with a {item} valued at {value} million crowns.
A {item} from about {year}, [the pride|the best-known treasure] of the {museum}, was stolen on {day}.
In a raid that lasted {minutes} minutes, a {item} worth {value} million crowns disappeared from a museum in {town} on {day}.
Staff at the {museum} arrived for work on {day} to find a case smashed and a {item} gone.
Police in {town} were hunting on {day} for those who took a {year} {item} from the {museum}.
* time
Sensors in the gallery tripped at {time}; {minutes} minutes later the building was empty.
At {time} the gallery alarm sounded. The intruders needed only {minutes} minutes.
It was all over in {minutes} minutes, from the first alarm at {time}.
The alarm log begins at {time} and ends, {minutes} minutes on, with the closing of a door.
* entry
They came over the roof and lowered themselves through a skylight.
A skylight was their way in, and a rope did the rest.
Marks on the lead show that somebody had crossed the roof to the skylight.
Ropes found in the gallery hung from the frame of a roof window.
* disguise
Two figures in painters’ overalls can be seen on one recording.
One camera caught a pair dressed like house painters.
The pictures, such as they are, show two people dressed for painting a wall.
Overalls of the kind that decorators wear hid the two whom a lens picked up.
* cameras
Of {cams} cameras, most were being replaced that week.
Most of the museum’s {cams} cameras were out of use because new ones were to be fitted.
The upgrade of {cams} security cameras was only half done when it happened.
Nearly all the cameras, {cams} in number, had been unplugged for renewal.
* insider
{detective} believes the gang had help from inside.
Somebody on the staff must have talked, in the opinion of {detective}.
Inside knowledge was needed, investigators are convinced, to find the way in the dark.
The squad is questioning employees, as it thinks that outsiders could not have managed alone.
* collector
{curator} thinks the theft was ordered by a collector abroad.
A foreign collector with more money than scruples may be behind it, {curator} said.
There are perhaps three private buyers in the world for such a thing, and {curator} would start with them.
Commissioned by a wealthy buyer overseas: that is how the museum’s own experts explain the crime.
* reward
A reward of {reward} thousand crowns has been offered.
For a tip that leads to the object, {reward} thousand crowns will be paid.
The insurers promise {reward} thousand crowns to whoever helps to get it back.
Help could be worth {reward} thousand crowns, the museum’s insurers said.
* guards
{guards} guards were on duty, all on the ground floor.
On the ground floor {guards} watchmen were doing their rounds.
No guard was upstairs; the {guards} on the night shift were all below.
The night watch, {guards} strong, was downstairs.
* history
It was dug up by a ploughman near {town2} before the war.
A ploughman turned it up in a field by {town2} in his grandfather’s day.
Its modern story began in a furrow outside {town2}, where a farmhand’s plough struck it.
Ploughing had brought it to light near {town2}, three generations ago.
+ school
A class of eight-year-olds, turned away at the door, drew the empty case instead.
Schoolchildren who had come to see the treasure made drawings of the case without it.
+ postcard
By noon the shop had sold every postcard of it.
Not a single postcard of the piece was left in the shop by noon.
+ legend
It was said to bring bad luck to whoever moved it, and two of the three men who found it did indeed die young.
Local legend has it that moving it brings misfortune.

= hospital outbreak
$ bug: a drug-resistant fungus|a rare strain of legionella|a stubborn gut virus|a resistant bacterium
$ n: 12-58
$ dead: 2-6
$ wards: 2-7
$ ops: 60-420
$ since: 9-30
$ tests: 400-3000
& medical: the hospital’s medical director
& nurse: a nurses’ union official
& expert: a {town2} University microbiologist
@ pipes: hot water had been turned down to save money|in order to save money the hot water had been turned down|the hospital had made its hot water cooler to cut costs|the temperature of the hot water was lowered as a saving
@ scope: one endoscope had been used on all the patients|all the patients had been examined with the same endoscope|the same endoscope had gone into every patient|a single endoscope linked all the patients
@ memo: a memo in January had warned of an outbreak|as early as January a memo spoke of an outbreak|warnings of an outbreak stood in a January memo|in January somebody had warned of an outbreak in a memo
" medical: We have closed the wards, we have found the bug, and we have not yet found the door it came in by.
" nurse: One of us for fourteen beds, at night, in gloves that tear. You tell me how it spread.
" expert: It is everywhere in nature and almost nowhere in people. When it is in people, something has gone wrong with the plumbing or the washing.
" medical: I have spoken to every family myself. I will not speak about them here.
* title
{dead} die in outbreak at {hospital}
{hospital} closes {wards} wards
{n} infected at {town} hospital
Outbreak in {town}: families want answers
Operations called off as infection spreads in {town}
* lead
{dead} patients have died and {n} are infected in an outbreak of {bug} at {hospital} in {town}, doctors said on {day}.
{hospital} shut {wards} wards on {day} after {n} people caught {bug}; {dead} of them have died.
The deaths of {dead} patients at a hospital in {town} were put down on {day} to {bug}.
Visitors were barred from {hospital} on {day} in an effort to stop {bug} that has made {n} patients ill and killed {dead}.
On {day} doctors at {hospital} were trying to get the better of {bug} that has infected {n} on {wards} wards.
* since
The first case was found {since} days ago in a man with a broken hip.
It began {since} days ago with a patient who had broken his hip.
A man who came in with a broken hip was the first to test positive, {since} days earlier.
{since} days have passed since the infection turned up in a hip patient.
* operations
{ops} planned operations have been put off.
The hospital has postponed {ops} operations that could wait.
People booked in for {ops} operations will have to be patient.
No fewer than {ops} appointments for surgery were called off.
* tests
{tests} swabs have been taken from taps, beds and hands.
From beds, taps and fingers laboratory staff have collected {tests} swabs.
The search has so far produced {tests} swabs, most of them clean.
Everything is being wiped and tested: {tests} samples and counting.
* building work
{medical} pointed to dust from building work next door.
Dust stirred up by builders on the neighbouring plot is suspected by {medical}.
Next to the hospital a car park is being dug, and {medical} believes the spores came with the dust.
The management looks over the fence, to a building site and its clouds of dust.
* staffing
{nurse} said that the wards were short of cleaners.
There were not enough people to clean, {nurse} complained.
Too few mops and too few hands to hold them: that is what went wrong, {nurse} said.
The union’s explanation is a cut in the number of cleaners.
* rejection
The hospital said that its cleaning met every standard.
Every standard for cleaning had been met, the management answered.
Nothing was wrong with hygiene, a reply from the hospital’s board insisted.
Inspectors had given full marks for cleanliness, the board said in its defence.
* transfers
The weakest patients were moved to {town2}.
Ambulances took those at greatest risk to {town2}.
{town2} has taken in the patients who were thought least able to fight it off.
Those whose defences are low now lie in beds at {town2}.
* visitors
No visits are allowed except to the dying.
Only the dying may have visitors.
Relatives have to stay outside unless the end is near.
The doors are closed to all but the families of dying patients.
* inquiry
The health inspectorate will arrive on {weekday2}.
Inspectors from the ministry are due on {weekday2}.
From {weekday2} the health inspectorate will have a room of its own in the building.
An official inspection has been set for {weekday2}.
+ windows
In the car park a man held up a baby to a window on the third floor, and a hand waved.
A hand behind glass on the third floor greeted a baby that was held up to it from below.
+ chapel
The chapel, where candles are now forbidden as well, had been given electric ones by a funeral firm.
Electric candles burn in the chapel, a gift of undertakers.
+ founding
The oldest wing was a workhouse, and its stone still says so over the bins.
Above the bins one can read that the oldest part was once a workhouse.

= mine collapse
$ mineral: coal|zinc|potash|tin|slate
$ n: 5-23
$ out: 2-9
$ depth: 240-900
$ hours: 11-60
$ pit: Hopewell|Long Meg|Number Four|Old Tom|Saint Barbara
$ firm: Cragg Mining|{region} Minerals|Delve & Sons|Northfold Resources
$ width: 50-70
& captain: the mine rescue captain
& owner: the head of {firm}
& inspector: the chief inspector of mines
@ props: the props had been bought second-hand|second-hand props had been put in|props had come from another mine, used|the company had fitted props bought second-hand
@ gas: gas readings had been altered by hand|someone had changed the gas readings by hand|by hand the gas readings were made to look better|the figures for gas had been changed with a pen
@ blast: blasting had gone on against written orders|there was blasting although written orders forbade it|in spite of written orders blasting had not stopped|rock had been blasted against orders given in writing
" captain: We can hear them. They knock, we knock, and as long as that goes on nobody here is going to bed.
" owner: I went down that shaft at sixteen. I would not send a man where I would not go.
" inspector: I have closed eleven mines in my career. I am asked every time why I did not do it a day sooner.
" captain: You drill, you stop, you listen, you drill. There is no other way and there is no faster one.
* title
{n} trapped in {pit} mine
Race to reach {n} miners near {town}
{pit} collapse: knocking heard
Families wait at {town} mine
{out} out, {n} still below
* lead
{n} miners were trapped {depth} metres below ground on {day} when a gallery of the {pit} {mineral} mine near {town} caved in.
Rescuers were drilling on {day} towards {n} men cut off by a rockfall in a {mineral} mine at {town}.
Part of the {pit} mine outside {town} collapsed on {day}, [cutting off|burying] {n} of those at work there.
For {hours} hours {n} people had been shut in by fallen rock at {pit}, a {mineral} mine in the hills above {town}, by the evening of {day}.
Families gathered at the gates of {pit} on {day} for news of {n} {mineral} miners who did not come up.
* escaped
{out} others got out through an old airway.
An old airway was the escape of {out} men.
There was a way out for {out} of the shift, along a disused air tunnel.
{out} workers crawled to safety where the mine used to be ventilated.
* depth
The men are thought to be {depth} metres down, in a chamber with its own air.
A chamber {depth} metres under the surface, with air of its own, is where they are believed to be.
If they reached the refuge, {depth} metres deep, they can breathe.
Engineers put their hopes in a refuge at {depth} metres that has its own supply of air.
* knocking
Microphones picked up knocking at {time}.
At {time} the listeners heard knocks.
Sounds like hammering on a pipe reached the surface at {time}.
What may be signals, three knocks and a pause, were recorded at {time}.
* bore
A borehole {width} centimetres wide is to bring them up.
They could be lifted through a shaft of {width} centimetres, once it has been drilled.
The plan is for a narrow shaft, {width} centimetres across.
Drillers have started on a hole with a width of {width} centimetres.
* quake
{owner} blamed a small earthquake.
A tremor had brought down the roof, {owner} said.
The earth had moved, and nobody could have foreseen it: so the company explains the fall.
In the company’s version a minor earthquake is the culprit.
* no quake
Seismologists recorded no tremor in the region.
Instruments at the observatory show no such movement.
No earthquake was registered, according to the national observatory.
The needles of the observatory had not stirred all day.
* fines
The mine was fined twice last year for poor roof supports.
Two fines for weak roof supports were handed out in the past year.
Last year’s inspections ended with a pair of fines, both about the roof.
Roof supports were the subject of two penalties that {inspector} imposed last year.
* families
{mayor} opened the miners’ institute to the families.
The miners’ institute is where relatives are waiting, on the orders of {mayor}.
Relatives were given soup and blankets at the miners’ institute.
Wives and parents sit in the institute on the hill, where there is soup.
* time left
It will take {hours} hours to reach them, if the rock is kind.
The drill needs {hours} hours, given luck with the rock.
{captain} reckons with {hours} hours of drilling.
Not before {hours} hours have passed will anybody be within reach.
* work
{firm} is the last big employer in the valley.
Apart from {firm} there is hardly any work in the valley.
In the valley nearly everybody is paid by {firm}, or used to be.
No other company in the valley has as many people on its books as {firm}.
+ lamps
The lamp room has a hook for each man. That evening the empty ones could be counted through the window.
Through the window of the lamp room one could see which hooks were empty.
+ choir
The men’s choir, which was to sing at a wedding, sang at the pit gate instead, and without its basses.
At the gate sang the choir, short of its basses.
+ dog
A brown dog belonging to the deputy sat by the cage and bit the one policeman who tried to move it.
The deputy’s dog would not leave the cage and bit a constable.

= ferry grounding
$ ship: Queen of Tarle|Saint Brannoc|Merry Widow|Skerry Lass|Morning Tide
$ n: 90-640
$ hurt: 4-33
$ cars: 20-140
$ knots: 12-21
$ shoal: Hag’s Teeth|Long Sand|the Anvil|Pilot’s Grave
$ firm: Skerry Lines|Tarle Ferries|Blue Strait Shipping|Island & Coast
$ oil: 3-40
& harbour: the harbour master
& master: the master of the ferry
& company: a spokes* for {firm}
@ autopilot: the ferry had been steering itself|nobody had been at the wheel|the autopilot had been left on|the ship was on autopilot
@ buoy: the buoy had drifted off its place|the buoy was not where it should have been|a storm had moved the buoy|the buoy lay far from its charted place
@ radar: the radar had been broken for a month|for a month the radar had not worked|the ship had had no radar for a month|a month ago the radar had failed
" harbour: She is sitting as upright as a teacup. If the wind stays where it is we will have her off on the evening tide.
" master: I will answer to the inquiry and to nobody else. My passengers are ashore and that is all that I care about tonight.
" company: The crew did what they were trained to do. Everyone was in a lifejacket in nine minutes.
" harbour: People have been hitting that rock since before there were charts. It has not moved.
* title
Ferry with {n} aboard runs aground off {town}
{n} taken off stranded ferry
{ship} on the rocks
{hurt} hurt as ferry strikes {shoal}
Night on the rocks for {ship} passengers
* lead
The ferry {ship} ran aground off {town} on {day} with {n} people on board, {hurt} of whom were hurt.
Lifeboats took {n} people from the {ship} on {day} after the ferry struck {shoal}, near {town}.
{hurt} people were injured on {day} when a ferry on its way to {town} hit {shoal}.
All {n} on board the {ship} were brought ashore at {town} on {day}, hours after their ferry had come to rest on a reef.
A ferry lay stranded within sight of {town} on {day}, its {n} passengers and crew gone and its bow on {shoal}.
* time
The ship struck at {time}, at half tide.
At {time}, with the tide half out, there was a bang.
Half tide and {time} on the clock: that was the moment of impact.
The log gives {time} for the impact. The tide was half out.
* speed
She was making {knots} knots, tracking data show.
Tracking data have her at {knots} knots.
Her speed, to judge from her transponder, was {knots} knots.
The transponder’s last message but one reports {knots} knots.
* cars
{cars} cars are still on board.
On the car deck {cars} vehicles have been left behind.
The owners of {cars} cars will have to wait for them.
Nobody knows when {cars} cars can be driven off.
* injuries
Most of the injured had fallen down stairs.
Falls on the stairs were the cause of most injuries.
{hosp} said that many had been thrown down a stairway.
It was the stairs that did the harm, in most cases.
* fog
{company} said thick fog had come down without warning.
Fog had closed in all at once, according to {company}.
Sudden fog is the company’s explanation.
The owners speak of a bank of fog that nobody had forecast.
* clear
{harbour} said that he could see the lighthouse at the time.
The lighthouse had been in plain view then, {harbour} said.
Visibility was good, the harbour office noted in its diary.
In the harbour diary the visibility is given as good.
* oil
{oil} tonnes of fuel are in her tanks, none of it spilt.
Her tanks, which hold {oil} tonnes of fuel, are whole.
No fuel has leaked. There are {oil} tonnes of it.
Divers found the fuel tanks, with their {oil} tonnes, undamaged.
* tow
Two tugs will try to pull her off on {weekday2}.
On {weekday2} tugs are to make an attempt.
An attempt with two tugs is planned for {weekday2}.
She might float again on {weekday2}, with the help of two tugs.
* route
The crossing takes fifty minutes and has been run since the islands had lamp oil.
Fifty minutes is what the crossing usually takes.
Islanders depend on the crossing of fifty minutes for everything from bread to brides.
On other days it is a trip of fifty minutes.
+ bride
Among those taken off was a bride in a borrowed oilskin, who was married two hours late and barefoot.
A bride came ashore in an oilskin and was married barefoot.
+ piano
The ship’s pianist went on playing until somebody took away the stool.
Until his stool was needed elsewhere, the pianist on board played on.
+ sheep
Eleven sheep were the last to leave, and the least willing.
The last passengers to be persuaded were eleven sheep.

= data breach
$ body: the Pensions Office|the land registry|the licensing agency|the Health Card office
$ n: 120-980
$ days: 12-90
$ ransom: 2-15
$ group: Grey Magpie|Paper Wolf|Ninth Tide|Hollow Choir
$ staff: 300-2400
$ fields: 6-14
$ firm: Ledgerline|Brightkeep|Castellan Systems|Oaktree Data
& head: the head of {body}
& watchdog: the data protection commissioner
& analyst: a security researcher in {town2}
@ password: the password had been the name of the town|the town’s name had served as a password|somebody had used the name of the town as password|the system could be opened with the town’s name
@ insider: a dismissed clerk had kept her access|access was never taken from a dismissed clerk|after her dismissal a clerk could still log in|a clerk who was dismissed had still had access
@ paid: the ransom had been paid in secret|in secret the agency had paid the ransom|money for the ransom had quietly been handed over|a secret payment had met the ransom demand
" head: I am sorry. I said it to my mother, whose file is among them, and I say it to everyone else.
" watchdog: You do not leave the barn open for a month and then ask who taught the horse to walk.
" analyst: They were in no hurry. They had a look round, they made copies, and they closed the door behind them.
" head: Nobody’s payment will be late. That is a promise, and I am writing it down as I speak.
* title
Hackers take {n},000 files from {body}
{n},000 people’s records stolen
{body} admits breach
Hackers had {days} days in {body}
Personal data for sale after attack in {town}
* lead
Hackers stole the records of {n} thousand people from {body} in {town}, it was announced on {day}.
The personal details of {n} thousand citizens are in the hands of criminals after a break-in at {body}, officials admitted on {day}.
{body} said on {day} that intruders had copied {n} thousand files from its computers in {town}.
A group that calls itself {group} offered {n} thousand stolen records for sale on {day}; they come from {body}.
On {day} {n} thousand letters of apology were being printed in {town}, where {body} has lost its files to thieves.
* duration
The intruders were inside for {days} days.
For {days} days nobody noticed them.
They had {days} days to look round.
It took {days} days until a clerk saw that something was wrong.
* content
Each file has {fields} fields, from birth dates to bank accounts.
There are {fields} pieces of information to a person, bank details among them.
Dates of birth and bank accounts are among the {fields} items that were copied.
The stolen tables have {fields} columns. One holds the number of a bank account.
* ransom
{group} wants {ransom} million crowns.
The price that {group} has named is {ransom} million crowns.
A demand for {ransom} million crowns appeared on a page run by {group}.
For {ransom} million crowns, {group} says, it will destroy what it has.
* staff
{staff} employees are back to pencil and paper.
Without computers, {staff} clerks work on paper.
Paper and pencils have been given out to {staff} staff.
The {staff} people who work there have been told to switch nothing on.
* contractor
{head} blamed {firm}, which ran the servers.
It was up to {firm} to guard the servers, {head} said.
The servers were looked after by {firm}, and that is where the agency sees the fault.
{firm}, a contractor, had left a gap unmended, in the version of {head}.
* contractor reply
{firm} said it had asked for money to mend the gap and been refused.
A request for funds to close the hole was turned down, {firm} answered.
The contractor says it asked, in writing, to be allowed to repair the weakness.
Twice a quote for the repair was sent and twice it came back, according to {firm}.
* foreign
{analyst} saw signs of a foreign intelligence service.
The work of spies, not thieves, is what {analyst} believes it to be.
To {analyst} the traces look like those of a foreign service.
There are hints in the code, {analyst} said, that a state was involved.
* advice
People were advised to watch their bank statements.
Look at your bank statements, is the official advice.
Customers should check what leaves their accounts, the agency said.
Whoever sees a strange debit should ring the bank.
* penalty
{watchdog} has opened proceedings that may end in a fine.
A fine is possible, {watchdog} said.
The commissioner’s office is looking into whether to impose a fine.
Proceedings are under way at the office of {watchdog}.
+ queue
At the counter in {street} people queued with folders of paper, which for once were ahead of the times.
Old folders came into their own at the counter in {street}.
+ typewriter
Two typewriters were brought up from the cellar. A trainee had to be shown where the paper goes.
From the cellar came typewriters that a trainee could not work.
+ cartoon
In the canteen hung a drawing of a magpie with a filing cabinet.
Someone had drawn a bird with a cabinet and hung it up in the canteen.

= stand collapse
$ ground: Brickfield Road|the Millpond|Castle Lane|the Maltings
$ club: {town} Rovers|{town} Athletic|{town} Wanderers
$ n: 17-88
$ bad: 2-9
$ crowd: 3000-21000
$ minute: 11-83
$ year: 1911-1978
$ seats: 200-1400
& chair: the chairman of {club}
& safety: the sports grounds inspector
& fan: who runs the supporters’ trust
@ bolts: rusty bolts had been painted over|paint had been put over rusty bolts|under the paint the bolts had been rusty|the bolts were rusted under new paint
@ crowd: far too many people had been let in|the stand had held far more people than allowed|many more people were on the stand than permitted|too many had been admitted to the stand by far
@ certificate: the safety certificate had run out in spring|in spring the safety certificate had expired|since spring there had been no valid certificate|the ground’s certificate was good only until spring
" chair: This is the worst day in the life of this club. There is no second worst day.
" safety: A stand does not fall down because people sing. It falls down because something that should hold does not hold.
" fan: We went down like a lift. Then it was quiet, and then everybody was looking for a hand to pull.
" safety: We took away the drawings this morning. There are rather fewer of them than there should be.
* title
{n} hurt as stand collapses at {club} ground
Terror at {ground}
Match abandoned after {town} stand gives way
{n} in hospital after stadium collapse
{town} stand was due for repair
* lead
{n} spectators were hurt on {day} when part of a stand collapsed at {ground}, the home of {club}.
A stand gave way during a match in {town} on {day}, injuring {n} of the {crowd} people in the ground.
{club} were playing at home on {day} when a section of seats fell in; {n} people were taken to hospital.
Supporters dug with their hands for friends on {day} after a stand came down at {ground} in {town}, with {n} injured.
In front of {crowd} spectators a stand at {ground}, {town}, dropped on to the street behind it on {day} and left {n} of them injured.
* minute
It was in the {minute}th minute, just before a corner.
A corner was about to be taken in the {minute}th minute.
The {minute}th minute had begun, and the players were waiting for a corner.
Play stopped for good in minute {minute}, with the ball by the flag.
* serious
{bad} people have serious injuries to the spine or legs.
Injuries to legs or backs are serious in {bad} cases, {hosp} said.
Of the wounded, {bad} have badly hurt legs or spines.
{hospital} counts {bad} severe injuries, to spines and legs.
* seats
The section that fell had {seats} seats.
There were {seats} seats in the part that went.
{seats} seats are gone.
Where {seats} seats used to be there is a hole.
* age
It was built in {year} and last repaired eight years ago.
Repairs were last made eight years ago to a structure that goes back to {year}.
The stand dates from {year}; the builders were last in eight years ago.
Since {year} the stand had looked on to the pitch, and for eight years nobody had mended it.
* jumping
{chair} said fans had been jumping in time.
Jumping in rhythm had brought it down, {chair} believed.
The club’s own idea is that the crowd set it swinging by jumping.
Too many feet had come down at once, was how {chair} explained it.
* not jumping
{fan} said nobody had been jumping.
Nobody jumped, {fan} replied; half of them were in the tea queue.
There had been no jumping at all, in the memory of {fan}.
The supporters’ trust calls talk of jumping an insult.
* river
Engineers wonder whether an old culvert under the street gave way.
Below the street runs an old culvert that may have caved in.
An ancient drain beneath the terrace is one thing that engineers want to look at.
The ground itself might have sunk, over a culvert that is on no modern map.
* league
The league called off all matches for the weekend.
There will be no football at the weekend, on the orders of the league.
All games of the weekend were cancelled.
Out of respect the league has emptied its weekend programme.
* letter
{fan} had written to the club about creaking.
Creaks had been the subject of a letter by {fan}.
The creaking had been mentioned to the club in a letter from its supporters.
In a letter, supporters had told the club that the stand creaked.
+ scarf
On the railings hung scarves of both clubs, knotted together in pairs.
Scarves in the colours of either side were tied to the railings.
+ goalkeeper
The visitors’ goalkeeper was the first over the wall, still in his gloves.
First to climb over was the goalkeeper of the visitors.
+ pie
The man from the pie stall tore down his counter to make stretchers.
Stretchers were made out of a pie stall.

= contracts affair
$ portfolio: the transport minister|the health minister|the public works minister|the defence minister
$ sum: 11-90
$ firm: Calloway Paving|Glebe Consult|Whitethorn Works|Marchmont & Pell
$ n: 4-17
$ months: 7-34
$ majority: 1-6
$ pages: 60-410
& premier: the prime minister
& minister: {portfolio}
& opposition: the leader of the opposition
& auditor: the auditor general
@ villa: the villa had been paid for by the firm|the firm had paid for the villa|it was the firm that had bought the villa|money from the firm had gone into the villa
@ tender: the tender had been written by the winner|the winner had written the tender|the firm that won had drafted the tender|it was the winning firm that had composed the tender
@ diary: pages had been torn from the office diary|the office diary had pages missing|somebody had torn pages out of the office diary|from the office diary pages had been removed
" minister: I have done nothing wrong and I have done it in the open. I am going because I am tired of saying so.
" premier: I accepted the letter with regret. I did not ask for it and I did not send it back.
" opposition: One has left by the front door. I wonder how many are at the back.
" auditor: I count things. I have counted these, and they do not add up.
* title
Minister quits over {firm} contracts
Resignation rocks government
{n} contracts, {sum} million crowns and a villa
Premier loses minister in contracts row
What the auditor found
* lead
{minister} resigned on {day} over {n} contracts that went to {firm} without competition.
A row over {sum} million crowns’ worth of contracts for {firm} cost {portfolio} the job on {day}.
The government lost a minister on {day}, two days after auditors questioned {n} orders placed with {firm}.
In a letter of four lines {minister} stepped down on {day}, brought low by {n} contracts and the firm that got them.
On {day} {premier} accepted the resignation of {minister}, whose department had handed {sum} million crowns to {firm}.
* audit
The audit report has {pages} pages.
Auditors filled {pages} pages.
{pages} pages long is the report by {auditor}.
It took {auditor} {pages} pages to describe what had been found.
* sum
Together the contracts were worth {sum} million crowns.
{sum} million crowns is what they add up to.
The value of all the orders was {sum} million crowns.
Added up, the state had promised {sum} million crowns.
* period
They were signed over {months} months.
The signatures were put down within {months} months.
In the space of {months} months all had been signed.
Between the first and the last lie {months} months.
* majority
The government has a majority of {majority} in parliament.
{majority} seats are all the majority that the government has.
A margin of {majority} keeps the coalition in office.
In parliament the coalition is ahead by {majority}.
* urgency
{minister} argued that the work was urgent and could not wait for bids.
There had been no time for bids, {minister} maintained.
Urgency was the defence: roofs were leaking and bids take months.
Waiting for offers would have taken too long, in the words of a note from the department.
* friendship
{opposition} said the owner of the firm was an old friend of the minister.
An old friendship lay behind it all, {opposition} said.
The firm’s owner and the minister had shared a desk at school, {opposition} told parliament.
Friends look after one another, remarked {opposition}, who dug out a school photograph.
* firm
{firm} said that its prices had been the lowest.
Nobody would have been cheaper, {firm} said.
Its bids were good value, the company wrote.
The company defended its work and its prices, which it called modest.
* successor
A successor will be named on {weekday2}.
On {weekday2} a new face will be presented.
{premier} wants to fill the post by {weekday2}.
The post will stay empty until {weekday2}.
* vote
The opposition has called for a vote of confidence.
A confidence vote is what the other side now wants.
Calls for a vote of confidence came from the opposition benches.
Members of the opposition put down a motion of no confidence.
+ umbrella
The outgoing minister left by bicycle, with an umbrella under one arm and a rubber plant under the other.
A rubber plant went with the minister, who left on a bicycle.
+ villa
The villa at {town2} has a pool in the shape of a kidney, or of a bean, depending on who is asked.
At {town2} there is a pool that some call a kidney and others a bean.
+ portrait
In the ministry’s corridor the hook for the portrait had been put up already.
Somebody had already put in a hook for the portrait.

= landslide
$ n: 3-16
$ houses: 7-48
$ volume: 20-240
$ village: Upper {town}|Saint Osyth|Combe Fold|Hangar Row
$ dogs: 6-24
$ road: 3-12
$ slope: 25-41
$ weeks: 2-8
& geologist: the state geologist
& rescue: the rescue chief
& quarryman: the owner of the quarry
@ cracks: cracks had been seen in the hill at Easter|at Easter people had noticed cracks in the hill|the hill had shown cracks since Easter|since Easter there had been cracks in the slope
@ drain: the drain at the top had been blocked|a blocked drain lay at the top|at the top a drain had been clogged|the upper drain was blocked with rubbish
@ felling: the trees above had been felled illegally|illegally somebody had cut down the trees above|the wood above had been cleared against the law|no permit had been given for felling the trees above
" geologist: A hill is never finished. This one has been coming down for ten thousand years and on some days it hurries.
" rescue: We work in silence for two minutes of every ten. That is when we listen.
" mayor: I knew every one of those doors. I had a cup of tea behind most of them.
" quarryman: Blame the rain, blame the Almighty, blame whom you like. My last blast was a fortnight ago.
* title
{n} missing after landslide near {town}
Hillside buries {houses} houses
{village} landslide: search goes on
Village cut in two by mud
Rain, quarry or trees? {town} asks why the hill moved
* lead
{n} people were missing on {day} after a hillside came down on the village of {village}, near {town}.
A landslide buried {houses} houses in {village} on {day}; {n} of the villagers have not been found.
Mud and trees swept through {village}, above {town}, on {day} and took {houses} homes with them.
Rescue workers were searching for {n} people on {day} in what is left of {houses} houses at {village}.
Where {houses} houses stood there was only mud in {village} on {day}, and {n} names were on the list of the missing.
* time
The slope gave way at {time}.
At {time} the hill began to move.
It was {time} when people heard a rumble.
A roar woke the valley at {time}.
* volume
{volume} thousand cubic metres of earth came down.
Geologists reckon that {volume} thousand cubic metres were on the move.
The mass that slid is put at {volume} thousand cubic metres.
Some {volume} thousand cubic metres of soil and stone now lie in the valley.
* dogs
{dogs} dogs are helping in the search.
With {dogs} dogs the searchers go over the mud.
The search is led by the noses of {dogs} dogs.
Teams with {dogs} dogs have come from all over the country.
* road
The only road is blocked for {road} hundred metres.
On {road} hundred metres the road has disappeared.
Mud covers {road} hundred metres of the only way in.
Nobody can drive in, as {road} hundred metres of the road are under mud.
* rain
{geologist} blamed three weeks of rain.
Rain is the reason, {geologist} said; it had fallen for three weeks.
Three wet weeks had soaked the slope, according to {geologist}.
After three weeks of downpours the ground could hold no more, is the expert view.
* quarry
Villagers blame blasting at the quarry.
The quarry and its blasts are to blame, people in the village say.
Many who live here suspect the quarry, where rock is blown up twice a week.
Talk among the neighbours is of the explosions at the quarry.
* quarry denial
{quarryman} denied that his work had anything to do with it.
There was no connection with the quarry, {quarryman} insisted.
His quarry was two kilometres off and on different rock, {quarryman} said.
The quarry’s records, which {quarryman} showed to the authorities, list no recent blast.
* evacuation
Another forty families have been told to leave.
Forty more households had to go.
For safety’s sake forty other families were moved.
The order to leave was given to forty families besides.
* map
A hazard map of {weeks} years ago marks the slope as safe.
The slope is green, for safe, on a hazard map that is {weeks} years old.
On paper there was no danger: so says a map drawn {weeks} years ago.
{weeks} years ago, experts had drawn a map on which the hillside is harmless.
+ bell
The church bell, carried two hundred metres, was found mouth up and full of rain.
Rain filled the church bell, which lay on its head two hundred metres off.
+ orchard
An orchard travelled down whole and went on standing, in blossom, across the road.
Across the road now stands an orchard that used to be uphill.
+ kettle
In one kitchen, open to the sky, the kettle was still on the stove.
A kettle stood on its stove under the open sky.
"""

COMMON = """
= common
& mayor: the mayor of {town}
& police: a spokes* for the {region} police
& hosp: a spokes* for {hospital}
& member: who sits for {town} in parliament
* visit
{mayor} [went to|visited] the scene in the afternoon and stayed for about an hour, much of it on the telephone.
In the afternoon a black car brought {mayor}, who shook hands, asked a few questions and was driven away.
For an hour or so, after lunch, {mayor} was shown around by officials in clean boots.
An hour was set aside in the afternoon for a tour by {mayor}, who made no speech.
* inquiry
A judge from {town2} is to lead an inquiry, whose report is not expected before next year.
There will be an independent inquiry, [the government announced|it was announced], and it should report in the course of next year.
The government has asked a retired judge to find out what went wrong and to take no longer than a year over it.
What exactly happened is a matter for a judge, who has been given until next year to write it down.
* helpline
A telephone line for relatives was set up and had taken some three hundred calls by nightfall.
By nightfall about three hundred people had rung a number that the council had set up for them.
Operators answered three hundred calls, give or take, on a special line during the first day.
Those in search of news could ring a special number, and three hundred did so before it was dark.
* cordon
{police} asked people to keep away and said that roads around {street} would be closed overnight.
Drivers should avoid the area round {street}, which stays closed until the morning, police advised.
Until morning no traffic will pass through {street} and the lanes beside it, according to {police}.
Barriers went up at both ends of {street}; they will not be taken down before tomorrow, officers said.
* town
{town}, a market town on the {river}, has about 30,000 inhabitants and little that would bring anyone here on purpose.
About 30,000 people live in {town}, which lies where the old salt road crosses the {river}.
With its 30,000 people and its two railway platforms, {town} is not used to seeing its name in print.
The name of {town}, population 30,000, is known to most outsiders from the label of a cheese.
* member
{member} said that questions would be asked in parliament next week.
Parliament will hear about it next week, promised {member}.
Next week’s sitting would have to deal with the matter, in the view of {member}.
A debate has been requested for next week by {member}, whose majority is slender.
* schools
Four schools stayed closed, and pupils were sent home with a letter.
Lessons were cancelled at four schools and letters were handed out to parents.
A letter to parents explained why four schools had not opened their doors.
Children at four schools had the day off; a letter told their parents why.
* weather
Forecasters expect more rain from the west, which will not make the work any easier.
The work may be hampered by rain, which is forecast to move in from the west.
More wet weather is on its way, and those who are out there are not looking forward to it.
Rain that the weather service sees coming from the west could slow things down.
* fund
Donations to a fund opened by the parish had come to 40,000 crowns by the evening.
By the evening the parish had collected 40,000 crowns for those affected.
The parish has been passing the hat and counted 40,000 crowns before it shut its doors.
People in the parish gave 40,000 crowns within hours of being asked.
* earlier
It was the second such case in the region within three years, after one at {town2} that ended in court.
Three years ago something similar at {town2} led to a trial and to a good many promises.
The region has seen the like before, at {town2}, less than three years ago, and lawyers are still at work on it.
Memories of a comparable case at {town2}, not three years old, came back at once.
* petition
A petition for a public hearing had gathered 2,000 names by noon.
By noon 2,000 people had signed a call for the matter to be heard in public.
Signatures are being collected for a public hearing; the organisers counted 2,000 at midday.
At midday 2,000 names stood under a demand that everything be laid open.
* no comment
The ministry [declined|refused] to comment while inquiries were going on.
No comment was to be had from the ministry as long as others were looking into it.
Asked about it, the ministry said only that it would say nothing yet.
From the ministry came a line to say that it would not add to the speculation.
* police number
Officers have so far spoken to 35 witnesses and are looking for more.
So far 35 people have given statements, and the police would like to hear from others.
Statements have been taken from 35 witnesses, {police} said.
The list of people to be interviewed had grown to 35 by the end of the day, according to {police}.
* papers
Documents have been secured, prosecutors said, and nobody has been charged.
Prosecutors have taken papers away but have brought no charges.
No charges have been laid, although files were carried off by prosecutors.
For the moment prosecutors are reading files and charging no one.
* vigil
Some two hundred people stood with candles outside the town hall in the evening.
In the evening candles burned outside the town hall, where a crowd of two hundred had gathered.
A silent crowd, perhaps two hundred strong, came together by candlelight before the town hall.
Before the town hall there was a vigil after dark for which two hundred turned out.
+ inn
The landlady of the Drovers kept her kitchen open all night and would take no money from anyone in a uniform.
At the Drovers, uniforms ate for nothing all night, by order of the landlady.
+ bus
The last bus left without passengers. Its driver had waited for half an hour, he explained, in case somebody wanted to be elsewhere.
A bus driver waited half an hour for passengers who never came, then drove off with an empty bus.
+ radio
On local radio the usual programme of dance music gave way to a reading of names and telephone numbers.
Names and telephone numbers were read out on local radio, where there is dancing on other days.
+ market
Stallholders put up their awnings as usual, but there was more talk than trade, and the fishmonger went home at ten.
Talk rather than trade was the business of the market, and the fish seller gave up early.
+ children
Children were the first to get over it: by teatime they were playing a game in which everybody had to be rescued.
By teatime the game that children played in the lanes was one of rescue.
+ reporters
Reporters outnumbered residents in the one café with a view, whose owner doubled the price of a sandwich and then, ashamed, halved it.
A café with a good view doubled its prices for the press and thought better of it.
+ song
A song written about the town in kinder days, with its refrain about quiet roofs, was taken off the jukebox at the request of customers.
Customers asked for a certain song, with quiet roofs in its refrain, to be taken off the jukebox.
+ postman
The postman did his round as if nothing had happened and reported that most people had talked to him for longer than they ever had.
On his round the postman found people unusually ready to talk.
+ hotel
Every bed in the two hotels was taken, one of them by a man from an insurance company who had brought his own pillow.
The two hotels were full, and one guest, an insurance man, had his own pillow with him.
"""

# What is common to disasters only, and the kinds that are none.
LOUD = "*visit *helpline *cordon *schools *weather *fund *vigil"
QUIET = ("bank failure", "dock strike", "disputed election", "museum theft", "data breach", "contracts affair")

STOCK = """
Nobody else was hurt.
An investigation is under way.
Inquiries are continuing.
The cause was not immediately clear.
No arrests have been made.
More details were expected later in the day.
The figures could not be checked.
The ministry could not immediately be reached.
A press conference is planned for the morning.
"""

WITNESSES = """
who keeps a bicycle shop on {street}|I was locking up and I thought, that is not a noise you get on a weekday.
a retired schoolteacher|I taught half of the people you see running about there, and I was counting heads without noticing it.
who delivers bread|I do this round at four every morning, and I tell you the street was wrong before anything happened at all.
a student nurse|They teach you to ask for a name first. I asked eleven names and I still know every one of them.
a lorry driver|I stopped because the man in front had stopped, and he had stopped because there was nothing left to drive on to.
who lives opposite|You see things like that on the news from abroad, and then it is your own curtains you are looking through.
a plumber|I have crawled around under this town for thirty years and not one of them ever asked me.
who sells newspapers at the station|It is a strange thing to sell people the story of what is going on behind your back.
a grandmother of six|My daughter rang from the coast to ask whether I was alive. I said I was making jam.
an apprentice roofer|From up there I could see all of it, and I would have given a week’s pay not to.
who coaches the school rowing team|The boys carried what they could carry and nobody had to shout at them, which is not how it is on the water.
a taxi driver|I drove people for nothing until the tank was empty. What else are you going to do?
who runs a hardware shop|I sold out of torches, rope and buckets by ten o’clock. I would rather have sold paint.
a clerk at the savings bank|We have a plan for that in a drawer. Nobody could find the key of the drawer.
a sexton|I rang the bell because my father told me that is what it is for.
who walks her dog there every evening|He would not go round the corner. He sat down and he looked at me, and he was right.
a beekeeper from {town2}|The hives had been restless since noon. You may laugh, but I wrote it down.
an off-duty signalman|It went very quiet first. People always say that, and I never believed them.
who had come to visit his sister|I had been in this town for twenty minutes. I shall be polite and say that it was memorable.
a hairdresser|I had a lady under the dryer, and she said she would pay when she came back. She has not been back.
a roadmender|I was told to put out cones. There are not enough cones in the world.
who teaches the violin upstairs|The pupil stopped playing before I told her to, and for once I could not blame her.
"""

# The ways to give a quotation, whole as "Q" or broken at its first sentence as "Q" and "R"; P is who said it.
QUOTED = """
“Q,” said P.
“Q,” P said.
P said: “Q.”
P told reporters: “Q.”
“Q,” P told reporters.
P had this to say: “Q.”
Asked, P answered: “Q.”
“Q,” P said. “R.”
“Q,” said P. “R.”
P told the press: “Q. R.”
As P put it: “Q.”
“Q,” P remarked.
"""

# How a claim C is given by a named person P, by an unnamed one, in the outlet's own voice, and by credit to another outlet O.
NAMED = """
C, P said.
P said that C.
According to P, C.
P told reporters that C.
P told a press conference that C.
C, according to P.
P has confirmed that C.
It was P who said that C.
"""
NAMED_TO = """
P told O that C.
In an interview with O, P said that C.
P disclosed to O that C.
C, P said to O.
"""
UNNAMED = """
An official who asked not to be named told O that C.
C, an official with knowledge of the matter told O.
O has learned from an official close to the inquiry that C.
On condition of anonymity an official told O that C.
"""
OWN = """
C.
C, it turned out.
It is clear now that C.
There is no longer any doubt that C.
"""
CREDITED = """
C, O reported on {day}.
According to O, C.
O first reported that C.
As O reported, C.
C, O reports.
O, quoting an unnamed official, said that C.
An unnamed official told O that C.
C, as first reported by O.
O was the first to report that C.
C (O).
C, according to a report in O.
Citing its own sources, O wrote that C.
"""
CHAINED = """
O, citing N, reported that C.
C, O said, citing N.
C, O reported with reference to N.
"""
CYCLED = """
As O reported, C.
C, according to O.
O reports that C.
C, O has reported.
According to a report in O, C.
C, as first reported by O.
C, it was reported by O.
C, O wrote.
"""
SEEN = """
Documents seen by O show that C.
C, according to papers that O has seen.
O has seen documents that show that C.
"""

# Words that stand for each other in an edit: what is before the bar becomes one of what is after it.
SYNONYMS = """
said|stated|explained|remarked
says|states|claims
told reporters|said
told|informed
according to|in the words of
people|persons
because|since|as
hurt|injured|wounded
injured|hurt|wounded
injuring|wounding|hurting
injuries|wounds
hospital|clinic
was|had been
were|had been
is|was
are|were
have|had
will|would
would|could
could|might
may|might|could
should|ought to
is to|will
can|could
expected|due|likely
expect|anticipate|foresee
thought|believed|understood
believed|thought|assumed
believes|thinks|is convinced
suspects|believes
blamed|held responsible|pointed the finger at
blame|hold responsible
closed|shut|sealed off
shut|closed
stay closed|remain shut
large|big|sizeable
big|large|major
small|minor|little
new|fresh
worst|gravest
began|started|got under way
started|began
begin|start
ended|finished|came to an end
near|close to|not far from
outside|just beyond|on the edge of
in the afternoon|after lunch|later that day
by the evening|by nightfall|at the end of the day
by nightfall|by the evening
in the evening|at dusk|after dark
by noon|by midday|by lunchtime
at midday|at noon
overnight|during the night
by morning|at daybreak
on the orders of|as instructed by
for the moment|for now|at present
so far|to date|up to now
at least|no less than|a minimum of
at most|at the very most
no longer than|not more than
more than|over|upwards of
at the time|then
million crowns|m crowns
per cent|percent
kilometres an hour|km/h|kph
kilometres|km|kilometers
metres|m|meters
centimetres|cm|centimeters
millimetres|mm|millimeters
tonnes|metric tons
grey|gray
neighbours|neighbors
lorry|truck
car park|parking lot
railway|railroad
football|soccer
weekend|end of the week
centre|center
organisers|organizers
programme|program
cheques|checks
defence|defense
colours|colors
autumn|fall
crew|team
crews|teams|units
firefighters|fire crews
residents|inhabitants|townspeople
inhabitants|residents
householders|residents
families|households
homes|houses
houses|homes
children|youngsters
parents|families
passengers|travellers
men|workers
workers|employees|staff
employees|workers|staff
staff|employees
officers|police
detectives|investigators
investigators|inquiry officials|experts
engineers|experts|technicians
experts|specialists
officials|authorities
authorities|officials
government|cabinet
ministry|department
council|town council|local authority
company|firm|business
firm|company
union|trade union
inquiry|investigation|probe
documents|papers|files
papers|documents
files|records
evidence|proof
judge|magistrate
court|tribunal
blaze|fire
flames|fire
flood|deluge
rain|rainfall
street|road
road|highway
site|premises
wall|barrier
gave way|collapsed
collapsed|gave way|caved in
came down|fell
destroyed|wrecked|gutted
killed|left dead
died|lost their lives|perished
missing|unaccounted for
found|discovered
discovered|found
noticed|spotted
saw|spotted
seen|spotted
demanded|called for
called for|demanded
offered|proposed
refused|declined
declined|refused
denied|rejected|disputed
rejected|dismissed|denied
dismissed|rejected
complained|objected|protested
replied|responded|retorted
answered|replied|responded
insisted|maintained|stressed
maintained|insisted
promised|pledged|vowed
announced|made public|declared
admitted|conceded|acknowledged
conceded|admitted
accused|charged
warned|cautioned
urged|called on|encouraged
advised|recommended
wants|would like|intends
want|would like|intend
hope|trust
fear|worry
wonder|ask themselves
taken away|removed
carried off|removed
moved|transferred|relocated
sent|dispatched
arrived|turned up|came
gathered|assembled|came together
collected|gathered
waiting|standing by
stayed|remained
keep|stay
built|constructed|put up
set up|established|opened
put off|postponed
postponed|put off|delayed
cancelled|called off
called off|cancelled
received|got
stolen|taken
worth|valued at
damage|destruction
money|funds|cash
funds|money
help|assist|aid
look at|examine|study
looking into|investigating|examining
looking for|searching for|seeking
searching for|looking for
find out|establish|determine
show|indicate|suggest
shows|indicates
happened|occurred|took place
also|too|as well
only|just|merely
just|only
nearly|almost
most of|the majority of|the bulk of
many|numerous
a good many|quite a few
several|a number of
few|hardly any
a third|one third|33 per cent
a tenth|10 per cent
nobody|no one
no one|nobody
everybody|everyone
anybody|anyone
somebody|someone
someone|somebody
highest|record
later|afterwards
again|once more
already|by then
often|frequently
still|even now
soon|shortly|before long
until|till|up to
though|although
without|lacking
behind|at the back of
beside|next to
next to|beside
opposite|across from
among|amongst
within|inside|in less than
as long as|while
twice|two times
its|the
their|the
his|the
her|the
every|each
each|every
other|further
another|one more|a further
less|fewer
under way|in progress|going on
on board|aboard
took in|received|gave shelter to
at half mast|half lowered
ended up|finished
came together|assembled
were taken to|were brought to|had to go to
was stolen|disappeared
broke into|forced their way into
as it was|when it was
asked people|requested people
gave an assurance|gave his word
put at|estimated at
in the small hours|before dawn
in the summer|over the summer
this summer|in the summer
this year|in the current year
last year|the year before
next year|the coming year
next week|the coming week
last month|the month before
so far as|as far as
in the opinion of|in the view of
in the view of|in the opinion of
in the eyes of|in the view of
to blame|at fault
looked after|taken care of
has opened|has begun
had opened|had begun
had to|needed to
have to|are obliged to
there is|there was
there are|there were
it is|it was
it was|it had been
of them|among them
thousand crowns|k crowns
"""

# What an edit puts at the head of a sentence, and within one.
OPENERS = """
Meanwhile,
In the meantime,
In a further development,
By that time,
As things stand,
At the same time,
To make matters worse,
As far as is known,
As is so often the case,
In an unusual step,
What is certain is this:
Once again
For the time being,
"""
INSERTED = """
reportedly
apparently
in fact
by all accounts
at this stage
in the meantime
once again
for the time being
"""
DROPPED = (
    "also already still very only just later soon quite then even much perhaps early late twice themselves himself"
)

# Which words an opening may stand before, a tail that can be cut begins with, and may begin a sentence split off at "and".
HEADS = "The A An It There At In On For Some Of Its Part Rescuers Police Staff Residents Water Thieves"
TAILS = "which who and with while leaving so as much none it but"
SUBJECTS = "the it they a there that"

# What places, people and outlets are called.
PLACES = """
Tar Cor Bran Lor Ash Quen Mar Hol Fen Dun Wex Ul Pel Cas Ned Gar Sel Orm Thar Vel Kes Rud Ing Bar Mos Tol Har Yar Drem Cul
le va ne ri ring den ver ling mer ter low der ston ga
mouth dale moor wick bury stead holm by ford combe sby march haven cliffe
"""
SURNAMES = """
Min Cor Thra Var Oak Lis Kep Os Dan Cran Or Sal Aum Hol Bran Del Fer Gast Hern Jol Lam Mor Nev Pol Quil Ras Stev Tam Ulv
ter rie le ley es gar pel good sey by dock ant lin nard mer low son wick vane thorpe nell ridge bury croft
"""
WOMEN = (
    "Rosa Dina Marian Joan Ruth Bettina Nell Clara Ines Agnes Hedda Petra Lena Maud Sybil Greta Olive Thea Vera Nora"
)
MEN = "Edwin Colm Howard Felix Tim Neil Hugh Anton Bruno Casper Dirk Emil Franz Gregor Ivo Jonas Karl Leon Magnus Otto"
PAPERS = "Courier Gazette Post Ledger Standard Herald Echo Mercury Advertiser Argus Observer Chronicle Bugle Examiner Dispatch"
AGENCIES = """
Lantern Wire
Halyard News
Inland Wire
Three Rivers Press
Quill Wire
Norrland Wire
"""
