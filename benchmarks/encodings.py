"""Is a text decoded to the letter? `python -m benchmarks.encodings` prints, for texts in forty encodings,
declared and undeclared, and for declarations that lie, how many are right: ours, charset-normalizer alone, and
UTF-8 with U+FFFD.

All texts are invented.
"""

import argparse
import unicodedata
from collections.abc import Callable, Iterator

import msgspec
from charset_normalizer import from_bytes

from reportedly.ingest.encoding import declared_in, decode

TEXTS = {
    "English": """Bridge stays shut, says mayor

“We are not going to risk anybody’s life for a shorter way to work,” the mayor of Hollin Bay, Zoë Brontë-Núñez,
said on Monday – three days after the northern bearing failed. Engineers put the cost at £4 million; the Café
Bergère, which lies beneath the arch, has shut “until further notice”.

The contractor’s spokesman, François Lefèvre, told The Hollin Courier that the firm had warned of the fault in March …
“It’s naïve to think that steel doesn’t age,” he said. The council’s own report — all 212 pages of it — doesn’t
mention a warning, and its author said he hadn’t seen one.

“Nobody told us,” said the union’s secretary. A vote’s due on Thursday, and it isn’t clear who’ll win it.""",
    "Plain English": """Bridge stays shut, says mayor

"We are not going to risk a life for a shorter way to work," the mayor of Hollin Bay, Zoe Bronte, said on
Monday, three days after the northern bearing failed. Engineers put the cost at £4 million; the café beneath the
arch has shut.

The contractor told The Hollin Courier that the firm had warned of the fault in March. "It is naïve to think
that steel does not age," its spokesman said. The council's own report does not mention a warning, and its
author said that he had not seen one. A vote is due on Thursday, and it is not clear who will win it.""",
    "German": """Die Brücke bleibt zu

„Wir können niemandem erklären, warum die Züge nicht fahren“, sagte die Bürgermeisterin von Grünau am Montag. Über die
Kosten – man spricht von 3,5 Millionen – müsse der Rat entscheiden. Die Prüfer hätten den Schaden am nördlichen Lager
früh bemerkt, heißt es in einem Schreiben, das der Grünauer Zeitung vorliegt.

Der Sprecher des Bauherrn widersprach: „Das ist schlicht falsch.“ Größere Mängel seien nie gemeldet worden.""",
    "French": """Le pont restera fermé

« Nous n’allons pas jouer avec la vie des élèves », a déclaré lundi la maire de Valbrève, qui a été réélue l’année
dernière. D’après les ingénieurs, la réparation coûtera près de 4 millions d’euros et durera jusqu’à l’été. Le préfet,
lui, n’a pas souhaité répondre à nos questions ; ça viendra, dit-on à son côté.

Le maître d’œuvre a protesté : « Les défauts n’ont jamais été signalés », a-t-il écrit.""",
    "Spanish": """El puente seguirá cerrado

«No vamos a poner en peligro la vida de los niños», dijo el lunes la alcaldesa de Peñalba. ¿Quién pagará la
reparación? Según los ingenieros, costará cuatro millones y durará hasta el año próximo. El portavoz de la
compañía aseguró que nadie les avisó del daño: «Es mentira», señaló. ¡Así están las cosas!, añadió después una
vecina.""",
    "Portuguese": """A ponte continuará fechada

“Não vamos pôr em risco a vida das crianças”, disse na segunda-feira a presidente da câmara de São Telmo. Segundo os
engenheiros, a reparação custará quatro milhões e durará até ao próximo verão. O porta-voz da construtora garantiu que
ninguém avisou a direção: “É mentira”, afirmou. A oposição pede explicações já amanhã.""",
    "Icelandic": """Brúin verður lokuð áfram

„Við setjum ekki líf barnanna í hættu,“ sagði bæjarstjórinn í Þórsvík á mánudag. Viðgerðin kostar um fjórar milljónir
og lýkur ekki fyrr en næsta sumar, að sögn verkfræðinga. Talsmaður fyrirtækisins sagði að enginn hefði varað þá við.
Íbúar eru ósáttir og ætla að mótmæla við ráðhúsið á fimmtudaginn.""",
    "Finnish": """Silta pysyy yhä kiinni

”Emme vaaranna lasten henkeä”, sanoi Järvelän kaupunginjohtaja maanantaina. Insinöörien mukaan korjaus maksaa neljä
miljoonaa euroa ja kestää ensi kesään. Urakoitsijan edustaja väitti, ettei kukaan ollut varoittanut heitä: ”Se ei pidä
paikkaansa”, hän sanoi. Šakkikerhon väki, jonka tilat ovat sillan alla, jäi ilman kokoontumispaikkaa. Hinta: 15 €.""",
    "Polish": """Most pozostanie zamknięty

„Nie będziemy narażać życia dzieci” – powiedziała w poniedziałek burmistrz Zawierzyna Dolnego. Według inżynierów
naprawa będzie kosztować cztery miliony złotych i potrwa do lata. Rzecznik wykonawcy stwierdził, że nikt ich nie
ostrzegł przed usterką łożyska: „To kłamstwo” – oświadczył. Mieszkańcy są źli i zapowiadają, że przyjdą w czwartek pod
ratusz, żeby żądać wyjaśnień. Część z nich już podpisała się pod skargą.""",
    "Czech": """Most zůstane zavřený

„Nebudeme ohrožovat životy dětí,“ řekla v pondělí starostka Horní Lhotky. Podle inženýrů bude oprava stát čtyři
miliony korun a potrvá až do léta. Mluvčí stavební firmy prohlásil, že je na závadu ložiska nikdo neupozornil:
„Není to pravda,“ uvedl. Obyvatelé se zlobí a ve čtvrtek chtějí přijít před radnici, aby žádali vysvětlení.""",
    "Hungarian": """Zárva marad a híd

„Nem kockáztatjuk a gyerekek életét” – mondta hétfőn Felsővár polgármestere. A mérnökök szerint a javítás négymillió
forintba kerül, és nyárig tart. A kivitelező szóvivője azt állította, hogy senki sem figyelmeztette őket a hibára: „Ez
hazugság” – közölte. A lakók dühösek, és csütörtökön a városháza elé vonulnak, hogy magyarázatot követeljenek.""",
    "Romanian": """Podul rămâne închis

„Nu vom pune în pericol viaţa copiilor”, a spus luni primăriţa din Valea Înaltă. Potrivit inginerilor, reparaţia va
costa patru milioane de lei şi va dura până la vară. Purtătorul de cuvânt al firmei a susţinut că nimeni nu i-a
avertizat: „Este o minciună”, a declarat el. Locuitorii sunt supăraţi şi vor veni joi în faţa primăriei.""",
    "Croatian": """Most ostaje zatvoren

„Nećemo ugrožavati živote djece”, rekla je u ponedjeljak gradonačelnica Gornje Međe. Prema riječima inženjera,
popravak će stajati četiri milijuna i trajat će do ljeta. Glasnogovornik izvođača tvrdi da ih nitko nije
upozorio na kvar ležaja: „To je laž”, izjavio je. Stanovnici su ljuti i u četvrtak će doći pred vijećnicu
tražiti objašnjenje.""",
    "Russian": """Мост останется закрытым

«Мы не будем рисковать жизнью детей», — сказала в понедельник мэр Верхнеозёрска. По словам инженеров, ремонт
обойдётся в четыре миллиона рублей и продлится до лета. Представитель подрядчика заявил, что их никто не
предупреждал о неисправности опоры: «Это ложь», — подчеркнул он. Жители недовольны и в четверг собираются прийти
к мэрии, чтобы потребовать объяснений. Депутаты обещали выслушать всех, кто захочет выступить.""",
    "Ukrainian": """Міст залишиться закритим

«Ми не будемо ризикувати життям дітей», — сказала в понеділок міська голова Верхньоозерська. За словами інженерів,
ремонт коштуватиме чотири мільйони гривень і триватиме до літа. Речник підрядника заявив, що їх ніхто не
попереджав про несправність опори: «Це неправда», — наголосив він. Мешканці незадоволені й у четвер збираються
прийти до ратуші, щоб вимагати пояснень. Її двері, кажуть, будуть відчинені.""",
    "Bulgarian": """Мостът остава затворен

„Няма да рискуваме живота на децата“, каза в понеделник кметът на Горно Езеро. Според инженерите ремонтът ще струва
четири милиона лева и ще продължи до лятото. Говорителят на изпълнителя заяви, че никой не ги е предупредил за
повредата: „Това е лъжа“, подчерта той. Жителите са недоволни и в четвъртък ще дойдат пред общината.""",
    "Greek": """Η γέφυρα θα μείνει κλειστή

«Δεν θα διακινδυνεύσουμε τη ζωή των παιδιών», δήλωσε τη Δευτέρα η δήμαρχος της Άνω Λίμνης. Σύμφωνα με τους
μηχανικούς, η επισκευή θα κοστίσει τέσσερα εκατομμύρια και θα διαρκέσει μέχρι το καλοκαίρι. Ο εκπρόσωπος του
εργολάβου υποστήριξε ότι κανείς δεν τους είχε προειδοποιήσει για τη βλάβη: «Είναι ψέμα», τόνισε. Οι κάτοικοι
είναι οργισμένοι.""",
    "Turkish": """Köprü kapalı kalacak

“Çocukların hayatını tehlikeye atmayacağız” dedi Yukarıgöl belediye başkanı pazartesi günü. Mühendislere göre
onarım dört milyon liraya mal olacak ve yaza kadar sürecek. Yüklenicinin sözcüsü, kimsenin kendilerini arıza
konusunda uyarmadığını öne sürdü: “Bu doğru değil” diye konuştu. Öfkeli halk, perşembe günü açıklama istemek
için belediyenin önünde olacak.""",
    "Hebrew": """הגשר יישאר סגור

"לא נסכן את חיי הילדים", אמרה ביום שני ראשת העיר של נווה אגם. לפי המהנדסים, התיקון יעלה ארבעה מיליון ויימשך עד הקיץ.
דובר הקבלן טען שאיש לא הזהיר אותם מפני התקלה: "זה שקר", הדגיש. התושבים כועסים ומתכוונים להגיע ביום חמישי אל בניין
העירייה כדי לדרוש הסברים. חברי המועצה הבטיחו להקשיב לכל מי שירצה לדבר.""",
    "Arabic": """الجسر سيبقى مغلقا

قالت رئيسة بلدية البحيرة العليا يوم الاثنين: "لن نعرض حياة الأطفال للخطر". وبحسب المهندسين، ستبلغ كلفة الإصلاح أربعة
ملايين وسيستمر العمل حتى الصيف. وأكد المتحدث باسم المقاول أن أحدا لم يحذرهم من العطل، وقال: "هذا كذب". السكان غاضبون،
ويعتزمون التجمع يوم الخميس أمام مبنى البلدية للمطالبة بتوضيح، وقد وعد أعضاء المجلس بالاستماع إلى الجميع.""",
    "Lithuanian": """Tiltas liks uždarytas

„Nerizikuosime vaikų gyvybėmis“, – pirmadienį sakė Aukštežerio merė. Pasak inžinierių, remontas kainuos keturis
milijonus ir truks iki vasaros. Rangovo atstovas tvirtino, kad niekas jų neįspėjo apie gedimą: „Tai netiesa“, –
pabrėžė jis. Gyventojai pyksta ir ketvirtadienį žada ateiti prie savivaldybės reikalauti paaiškinimų.""",
    "Latvian": """Tilts paliks slēgts

“Mēs neriskēsim ar bērnu dzīvībām,” pirmdien sacīja Augšezera mēre. Pēc inženieru teiktā, remonts izmaksās četrus
miljonus un ilgs līdz vasarai. Būvnieka pārstāvis apgalvoja, ka neviens viņus par bojājumu nav brīdinājis: “Tie
ir meli,” viņš uzsvēra. Iedzīvotāji ir dusmīgi un ceturtdien nāks pie domes ēkas pieprasīt paskaidrojumus.""",
    "Maltese": """Il-pont jibqa' magħluq

"Mhux se nipperikolaw il-ħajja tat-tfal," qalet nhar it-Tnejn is-sindku ta' Wied il-Għajn il-Ġdid. Skont l-inġiniera,
it-tiswija tiswa erba' miljuni u ddum sas-sajf. Il-kelliem tal-kuntrattur sostna li ħadd ma kien wissiehom: "Din hija
gidba," żied jgħid. Ir-residenti huma rrabjati u nhar il-Ħamis se jiġu quddiem il-kunsill biex jitolbu
spjegazzjoni.""",
    "Welsh": """Y bont i aros ar gau

"Ni fyddwn yn peryglu bywydau plant," meddai maer Llyn Uchaf ddydd Llun. Yn ôl y peirianwyr, bydd y gwaith yn costio
pedair miliwn ac yn para tan yr haf. Dywedodd llefarydd y contractwr nad oedd neb wedi'u rhybuddio: "Celwydd yw hyn,"
meddai. Mae'r trigolion yn ddig. Bydd y dŵr yn codi, a'r tŷ ger yr afon sydd fwyaf mewn perygl, meddai'r gŵr.""",
    "Vietnamese": """Cây cầu vẫn đóng cửa

"Chúng tôi sẽ không mạo hiểm tính mạng của trẻ em", thị trưởng Hồ Thượng nói hôm thứ Hai. Theo các kỹ sư, việc
sửa chữa tốn bốn triệu đồng và kéo dài đến mùa hè. Người phát ngôn của nhà thầu khẳng định không ai cảnh báo họ
về hư hỏng: "Đó là lời nói dối", ông nhấn mạnh. Người dân tức giận và sẽ đến trước tòa thị chính vào thứ Năm.""",
    "Thai": """สะพานจะยังคงปิดต่อไป

"เราจะไม่เสี่ยงกับชีวิตของเด็ก" นายกเทศมนตรีเมืองทะเลสาบเหนือกล่าวเมื่อวันจันทร์
วิศวกรระบุว่าการซ่อมแซมจะใช้เงินสี่ล้านบาทและใช้เวลาถึงฤดูร้อน
โฆษกของผู้รับเหมายืนยันว่าไม่มีใครเตือนเรื่องความเสียหาย "นี่เป็นเรื่องโกหก" เขากล่าวย้ำ
ชาวบ้านไม่พอใจและจะมาที่ศาลากลางในวันพฤหัสบดี""",
    "Japanese": """橋は閉鎖のまま

「子どもたちの命を危険にさらすわけにはいかない」と、上湖町の町長は月曜日に語った。技術者によると、修理には四億円かかり、夏まで続く見通しだ。
請負業者の広報担当者は、故障について誰からも警告を受けていないと主張し、「それは事実ではない」と強調した。住民は怒っており、木曜日に役場の前に
集まって説明を求める予定である。カフェの店主は「お客さんが来なくなった」と話した。""",
    "Chinese": """大桥继续关闭

上湖市市长星期一表示：“我们不会拿孩子们的生命去冒险。”工程师说，维修费用将达四百万元，工程要持续到夏天。承包商的发言人坚称没有人就故障向他们
发出过警告，他强调：“这是谎言。”居民们非常愤怒，打算星期四聚集在市政厅门前要求解释。市议员承诺听取所有希望发言的人的意见。""",
    "Traditional Chinese": """大橋繼續關閉

上湖市市長星期一表示：「我們不會拿孩子們的生命去冒險。」工程師說，維修費用將達四百萬元，工程要持續到夏天。承包商的發言人堅稱沒有人就故障向他們
發出過警告，他強調：「這是謊言。」居民們非常憤怒，打算星期四聚集在市政廳門前要求解釋。市議員承諾聽取所有希望發言的人的意見。""",
    "Korean": """다리는 계속 폐쇄된다

"우리는 아이들의 생명을 걸지 않을 것입니다"라고 상호시 시장이 월요일에 말했다. 기술자들에 따르면 수리 비용은
사십억 원이며 여름까지 이어진다. 시공사 대변인은 아무도 고장에 대해 경고하지 않았다고 주장하며 "그것은
거짓말"이라고 강조했다. 주민들은 분노했고 목요일에 시청 앞에 모여 설명을 요구할 예정이다. 시의원들은 발언을
원하는 모든 사람의 말을 듣겠다고 약속했다.""",
}
ENCODED = (
    ("English", "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be cp1252 mac-roman"),
    ("Plain English", "iso8859-1 cp1252 cp850 cp437 iso8859-15 mac-roman"),
    ("German", "utf-16-le cp1252 mac-roman"),
    ("French", "cp1252 mac-roman"),
    ("Spanish", "iso8859-1 cp1252 cp850 cp437 mac-roman"),
    ("Portuguese", "cp1252"),
    ("Icelandic", "cp1252"),
    ("Finnish", "cp1252 iso8859-15"),
    ("Polish", "cp1250 iso8859-2 cp852"),
    ("Czech", "cp1250 iso8859-2"),
    ("Hungarian", "cp1250 iso8859-2"),
    ("Romanian", "cp1250 iso8859-2"),
    ("Croatian", "cp1250"),
    ("Russian", "utf-16-le cp1251 koi8-r iso8859-5 cp866 mac-cyrillic"),
    ("Ukrainian", "cp1251 koi8-u"),
    ("Bulgarian", "cp1251"),
    ("Greek", "cp1253 iso8859-7"),
    ("Turkish", "cp1254 iso8859-9"),
    ("Hebrew", "cp1255 iso8859-8"),
    ("Arabic", "cp1256 iso8859-6"),
    ("Lithuanian", "cp1257 iso8859-13"),
    ("Latvian", "cp1257 iso8859-4"),
    ("Maltese", "iso8859-3"),
    ("Welsh", "iso8859-14"),
    ("Vietnamese", "cp1258"),
    ("Thai", "cp874 tis-620"),
    ("Japanese", "utf-16-le shift_jis euc-jp iso2022_jp"),
    ("Chinese", "utf-16-le utf-16-be gb2312 gbk gb18030"),
    ("Traditional Chinese", "big5 gb18030"),
    ("Korean", "euc-kr cp949 iso2022_kr"),
)
_PLAINER = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "€": "E",
    }
)


class Case(msgspec.Struct, frozen=True):
    """Bytes, what a mail or web header declares of them, and the text they hold."""

    name: str
    data: bytes
    text: str
    header: str | None = None


def fitted(text: str, encoding: str) -> str:
    """The text in characters that an encoding has: plain quotation marks and dashes where it has no others, and for
    Vietnamese tones as marks of their own."""
    out = []
    for c in text:
        marked = unicodedata.normalize("NFD", c)
        base = unicodedata.normalize("NFC", marked[:-1]) + marked[-1:]
        tries = (c, base, unicodedata.normalize("NFC", marked[0] + marked[2:]) + marked[1:2], c.translate(_PLAINER))
        out.append(next((t for t in tries if _has(encoding, t)), "?"))
    return "".join(out)


def declared() -> Iterator[Case]:
    """Every text in every encoding of its, as a header declares it, and as the page itself does."""
    for language, encoding, text in _texts():
        yield Case(f"{language} in {encoding}, header", text.encode(encoding), text, encoding)
        if not encoding.startswith(("utf-16", "utf-32")):
            page = f'<html><head><meta charset="{encoding}"></head><body><p>{text}</p></body></html>'
            yield Case(f"{language} in {encoding}, page", page.encode(encoding), page)
            xml = f'<?xml version="1.0" encoding="{encoding}"?>\n<rss><title>{text}</title></rss>'
            yield Case(f"{language} in {encoding}, XML", xml.encode(encoding), xml)


def undeclared() -> Iterator[Case]:
    """Every text in every encoding of its, and nothing that tells which."""
    for language, encoding, text in _texts():
        yield Case(f"{language} in {encoding}", text.encode(encoding), text)


def paragraphs() -> Iterator[Case]:
    """The same, each paragraph alone: some hundred characters, where they are not ASCII."""
    for language, encoding, text in _texts():
        for n, paragraph in enumerate(text.split("\n\n")[1:]):
            if not encoding.startswith("utf") and not paragraph.isascii():
                yield Case(f"{language} in {encoding}, {n}", paragraph.encode(encoding), paragraph)


def liars() -> Iterator[Case]:
    """Declarations that are not true, nonsense, double, or against the byte order mark."""
    english, german, russian = TEXTS["English"], TEXTS["German"], TEXTS["Russian"]
    japanese = TEXTS["Japanese"]
    plain = fitted(english, "ascii")

    def page(text: str, charset: str) -> str:
        return f'<!doctype html><html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'

    told = page(english, "iso-8859-1")
    yield Case("UTF-8 declared as ISO 8859-1 by the page", told.encode(), told)
    yield Case("UTF-8 declared as ISO 8859-1 by the header", english.encode(), english, "ISO-8859-1")
    yield Case("UTF-8 declared as Shift JIS", japanese.encode(), japanese, "Shift_JIS")
    yield Case("Russian UTF-8 declared as windows-1251", russian.encode(), russian, "windows-1251")
    yield Case("cp1252 declared as ISO 8859-1", english.encode("cp1252"), english, "iso-8859-1")
    yield Case("cp1252 declared as ASCII", english.encode("cp1252"), english, "us-ascii")
    yield Case("cp1252 declared as UTF-8 by the header", english.encode("cp1252"), english, "utf-8")
    told = page(english, "utf-8")
    yield Case("cp1252 declared as UTF-8 by the page", told.encode("cp1252"), told)
    yield Case("German cp1252 declared as UTF-8", german.encode("cp1252"), german, "utf-8")
    yield Case("ASCII declared as UTF-16", plain.encode(), plain, "utf-16")
    told = page(plain, "utf-16le")
    yield Case("ASCII page that says it is UTF-16", told.encode(), told)
    told = page(english, "utf-16")
    yield Case("UTF-8 page that says it is UTF-16", told.encode(), told)
    yield Case("UTF-8 declared as nonsense", english.encode(), english, "utf-8859-1-unicode")
    yield Case("cp1252 declared as nonsense", english.encode("cp1252"), english, "none; x=")
    yield Case("cp1252 declared as rot13", english.encode("cp1252"), english, "rot13")
    yield Case("UTF-8 declared as UTF-7", english.encode(), english, "utf-7")
    yield Case("UTF-8 with its mark declared as cp1252", b"\xef\xbb\xbf" + english.encode(), english, "windows-1252")
    yield Case("UTF-16 with its mark declared as UTF-8", english.encode("utf-16"), english, "utf-8")
    yield Case("UTF-16 without a mark declared as ISO 8859-1", english.encode("utf-16-le"), english, "iso-8859-1")
    yield Case("UTF-16-BE without a mark declared as UTF-16-LE", english.encode("utf-16-be"), english, "utf-16-le")
    told = page(russian, "windows-1251")
    yield Case("cp1251, so says the page; UTF-8, says the header", told.encode("cp1251"), told, "utf-8")
    yield Case("cp1251, so says the page; ISO 8859-1, says the header", told.encode("cp1251"), told, "iso-8859-1")
    told = page(japanese, "x-sjis")
    yield Case("Shift JIS under its old name", told.encode("shift_jis"), told)
    told = page(TEXTS["Chinese"], "gb2312")
    yield Case("GBK declared as GB 2312", told.encode("gbk"), told)
    text = TEXTS["Korean"] + "\n똠방각하, 펲시"
    yield Case("cp949 declared as EUC-KR", text.encode("cp949"), text, "euc-kr")
    text = TEXTS["Turkish"]
    yield Case("cp1254 declared as ISO 8859-9", text.encode("cp1254"), text, "iso-8859-9")
    told = page(TEXTS["Thai"], "tis-620")
    yield Case("two declarations, the first true", told.encode("cp874"), told)
    garbled = english.replace("’", "â€™").replace("é", "Ã©")
    yield Case("UTF-8 that was broken before it was saved", garbled.encode(), garbled, "utf-8")


def ours(case: Case) -> str:
    """As pages and texts are read."""
    return decode(case.data, case.header, declared_in(case.data))[0]


def charset_normalizer(case: Case) -> str:
    """The peer alone."""
    return str(from_bytes(case.data).best() or "")


def utf_8(case: Case) -> str:
    """What much software does."""
    return case.data.decode("utf-8", "replace")


READERS: dict[str, Callable[[Case], str]] = {"ours": ours, "charset-normalizer": charset_normalizer, "UTF-8": utf_8}
KINDS: dict[str, Callable[[], Iterator[Case]]] = {
    "declared": declared,
    "liars": liars,
    "undeclared": undeclared,
    "paragraphs": paragraphs,
}


def wrong(read: Callable[[Case], str], cases: Iterator[Case]) -> tuple[list[str], int]:
    """(Names of the cases that are not decoded to the letter, how many cases there are)."""
    every = list(cases)
    return [case.name for case in every if read(case) != case.text], len(every)


def main() -> None:
    """Print the table, and which of ours are wrong."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    print(f"{len({e for _, e, _ in _texts()})} encodings, {len(TEXTS)} texts in {len(TEXTS) - 1} languages")
    failed = []
    for kind, cases in KINDS.items():
        row = []
        for name, read in READERS.items():
            names, n = wrong(read, cases())
            row.append(f"{name} {n - len(names)}")
            failed += names if name == "ours" else []
        print(f"{kind:10} of {n:3}: {', '.join(row)}")
    print("wrong:", *failed, sep="\n  ")


def _texts() -> Iterator[tuple[str, str, str]]:
    for language, encodings in ENCODED:
        for encoding in encodings.split():
            yield language, encoding, fitted(TEXTS[language], encoding)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


if __name__ == "__main__":
    main()
