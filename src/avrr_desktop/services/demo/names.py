"""Names for invented people: common family and given names, put together by chance.

Nobody real is meant. Each name stands with its Arabic spelling; a country uses the names of its
part of the world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Name = tuple[str, str]  # in Latin and in Arabic script


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one part of the world."""

    family: tuple[Name, ...]
    men: tuple[Name, ...]
    women: tuple[Name, ...]


def _names(text: str) -> tuple[Name, ...]:
    """``Latin=Arabic`` pairs; an underscore stands for a space inside a name."""
    pairs = (pair.replace("_", " ").partition("=") for pair in text.split())
    return tuple((latin, arabic) for latin, _, arabic in pairs)


_GUINEA = Names(
    family=_names(
        "Diallo=ديالو Barry=باري Bah=باه Sow=سو Baldé=بالدي Camara=كامارا Condé=كوندي"
        " Keïta=كيتا Touré=توري Sylla=سيلا Bangoura=بانغورا Soumah=سوماه Fofana=فوفانا"
        " Cissé=سيسي Kaba=كابا Doumbouya=دومبويا Traoré=تراوري Kourouma=كوروما Sangaré=سانغاري"
        " Diakité=دياكيتي Souaré=سواري Kouyaté=كوياتي Savané=سافاني Tounkara=تونكارا"
        " Magassouba=ماغاسوبا"
    ),
    men=_names(
        "Mamadou=مامادو Alpha=ألفا Ibrahima=إبراهيما Ousmane=عثمان Abdoulaye=عبد_الله"
        " Amadou=أمادو Thierno=تيرنو Sékou=سيكو Mohamed=محمد Lansana=لانسانا Fodé=فودي"
        " Aboubacar=أبو_بكر Souleymane=سليمان Boubacar=بوبكر Moussa=موسى Oumar=عمر Saïdou=سعيدو"
        " Bakary=بكاري Lamine=الأمين Cheick=الشيخ Issa=عيسى Youssouf=يوسف Mory=موري"
    ),
    women=_names(
        "Fatoumata=فاطوماتا Mariama=مريما Aïssatou=عائشاتو Kadiatou=خديجاتو Oumou=أومو"
        " Hawa=حواء Aminata=أميناتا Djénabou=زينبو Binta=بنتا Mariam=مريم Ramatoulaye=رحمة_الله"
        " Salimatou=سليماتو Nènè=نيني Fanta=فانتا Hadja=حاجة Bintou=بنتو Assiatou=آسياتو"
        " Maïmouna=ميمونة Safiatou=صفياتو Djeinaba=جينابا"
    ),
)
_SENEGAMBIA = Names(
    family=_names(
        "Ndiaye=انداي Diop=ديوب Fall=فال Sarr=صار Faye=فاي Ba=با Sy=سي Gueye=غي Diouf=ديوف"
        " Mbaye=امباي Thiam=تيام Seck=سك Diagne=دياني Sène=سين Jallow=جالو Ceesay=سيساي"
        " Jobe=جوب Njie=انجاي Sanneh=صانع Touray=توراي Bojang=بوجانغ Badjie=باجي Manneh=مانه"
        " Sonko=سونكو Darboe=داربو"
    ),
    men=_names(
        "Modou=مودو Cheikh=الشيخ Moustapha=مصطفى Abdou=عبدو Pape=باب Malick=مالك Serigne=سرين"
        " Assane=حسن Lamin=لمين Ebrima=إبريما Alieu=عليو Ousainou=أوسينو Musa=موسى Omar=عمر"
        " Babacar=بابكر Khadim=خادم Idrissa=إدريسا Alioune=عليون Samba=سامبا Buba=بوبا"
    ),
    women=_names(
        "Awa=أوا Astou=أستو Khady=خادي Coumba=كومبا Ndeye=اندي Rokhaya=رقية Sokhna=سخنة"
        " Aïda=عايدة Fatou=فاتو Mame=مام Isatou=إيساتو Jainaba=جينابا Binta=بنتا Yassin=ياسين"
        " Amie=أمي Haddy=هادي Sira=سيرا Ramata=رماتا Adama=أداما Penda=بندا"
    ),
)
_MALI = Names(
    family=_names(
        "Coulibaly=كوليبالي Traoré=تراوري Diarra=ديارا Keïta=كيتا Sidibé=سيديبي Dembélé=ديمبيلي"
        " Maïga=مايغا Sissoko=سيسوكو Konaté=كوناتي Samaké=ساماكي Koné=كوني Cissé=سيسي"
        " Togola=توغولا Ouédraogo=ويدراوغو Sawadogo=سوادوغو Zongo=زونغو Kaboré=كابوري"
        " Ouattara=واتارا Bagayoko=باغايوكو Tangara=تانغارا Ballo=بالو Sacko=ساكو Fomba=فومبا"
        " Doucouré=دوكوري"
    ),
    men=_names(
        "Adama=أداما Bakary=بكاري Modibo=موديبو Seydou=سيدو Drissa=إدريسا Yacouba=يعقوبا"
        " Amadou=أمادو Souleymane=سليمان Moussa=موسى Boubou=بوبو Salif=صالح Daouda=داودا"
        " Zoumana=زومانا Lassina=لاسينا Issouf=يوسف Karim=كريم Hamidou=حميدو Sidi=سيدي"
        " Madou=مادو Issiaka=إسحاقا"
    ),
    women=_names(
        "Fatoumata=فاطوماتا Aminata=أميناتا Assétou=أسيتو Kadia=كاديا Oumou=أومو Rokia=رقية"
        " Djénéba=زينبا Awa=أوا Mariam=مريم Sitan=سيتان Salimata=سليماتا Nana=نانا Alima=حليمة"
        " Korotoumou=كوروتومو Bintou=بنتو Safiatou=صفياتو Maïmouna=ميمونة Tènin=تينين"
        " Ramata=رماتا Nafissatou=نفيساتو"
    ),
)
_IVORY_COAST = Names(
    family=_names(
        "Kouassi=كواسي Kouamé=كوامي Koffi=كوفي Yao=ياو Konan=كونان N’Guessan=انغيسان"
        " Kouadio=كواديو Koné=كوني Ouattara=واتارا Bamba=بامبا Coulibaly=كوليبالي Touré=توري"
        " Diomandé=ديوماندي Gnagne=غناني Zadi=زادي Tanoh=تانو Brou=برو Assi=أسي Soro=سورو"
        " Silué=سيلوي Dosso=دوسو Fofana=فوفانا Bakayoko=باكايوكو Gohi=غوهي Kacou=كاكو"
    ),
    men=_names(
        "Jean=جان Serge=سيرج Aboubakar=أبو_بكر Yves=إيف Ismaël=إسماعيل Arnaud=أرنو Franck=فرانك"
        " Adama=أداما Hervé=هيرفي Moussa=موسى Christian=كريستيان Wilfried=ويلفريد Drissa=إدريسا"
        " Olivier=أوليفيي Kader=قادر Lacina=لاسينا Eric=إريك Vakaba=فاكابا Marius=ماريوس"
        " Didier=ديدييه"
    ),
    women=_names(
        "Aya=آية Affoué=أفوي Adjoua=أدجوا Mariam=مريم Aminata=أميناتا Flore=فلور Estelle=إستيل"
        " Awa=أوا Sandrine=ساندرين Nadège=ناديج Salimata=سليماتا Grâce=غراس Amenan=أمينان"
        " Prisca=بريسكا Fatim=فاطم Carine=كارين Rokia=رقية Mireille=ميراي Akissi=أكيسي"
        " Christelle=كريستيل"
    ),
)
_CENTRAL_AFRICA = Names(
    family=_names(
        "Mbarga=امبارغا Ngono=انغونو Fotso=فوتسو Kamga=كامغا Tchoumi=تشومي Njoya=انجويا"
        " Atangana=أتانغانا Ndongo=اندونغو Ebogo=إيبوغو Talla=تالا Mabiala=مابيالا"
        " Makosso=ماكوسو Loemba=لومبا Ngoma=انغوما Massamba=ماسامبا Mboungou=امبونغو"
        " Moukala=موكالا Kabongo=كابونغو Ilunga=إلونغا Mbuyi=امبويي Kalala=كالالا"
        " Mukendi=موكيندي Tshimanga=تشيمانغا Lukusa=لوكوسا Mavinga=مافينغا"
    ),
    men=_names(
        "Patrick=باتريك Alain=ألان Junior=جونيور Cédric=سيدريك Guy=غي Rodrigue=رودريغ"
        " Prince=برانس Hervé=هيرفي Boris=بوريس Gaël=غاييل Armand=أرمان Blaise=بليز"
        " Fabrice=فابريس Rolland=رولان Dieudonné=ديودونيه Trésor=تريزور Chancel=شانسيل"
        " Jospin=جوسبان Bienvenu=بيانفونو Landry=لاندري"
    ),
    women=_names(
        "Solange=سولانج Chantal=شانتال Grâce=غراس Merveille=ميرفيي Divine=ديفين Mireille=ميراي"
        " Carine=كارين Sylvie=سيلفي Nadine=نادين Ornella=أورنيلا Naomie=نعومي Exaucée=إكزوسي"
        " Blandine=بلاندين Clarisse=كلاريس Plamedi=بلامدي Rachel=راشيل Belvie=بيلفي Ruth=روت"
        " Gloria=غلوريا Ursule=أورسول"
    ),
)
_ENGLISH_SPEAKING = Names(
    family=_names(
        "Okafor=أوكافور Adeyemi=أدييمي Balogun=بالوغون Eze=إيزي Obi=أوبي Musa=موسى Bello=بيلو"
        " Osagie=أوساجي Idehen=إيديهين Nwosu=انووسو Kamara=كامارا Sesay=سيساي Conteh=كونتي"
        " Bangura=بانغورا Koroma=كوروما Kollie=كولي Flomo=فلومو Dolo=دولو Mensah=منساه"
        " Owusu=أووسو Asante=أسانتي Boateng=بواتينغ Okoro=أوكورو Ibrahim=إبراهيم"
    ),
    men=_names(
        "Emeka=إيميكا Chinedu=تشينيدو Sunday=صنداي Tunde=توندي Femi=فيمي Osas=أوساس Sani=ساني"
        " Abubakar=أبو_بكر Mohamed=محمد Alhaji=الحاجي Foday=فوداي Sorie=سوري Abu=أبو"
        " Prince=برانس Emmanuel=إيمانويل Samuel=صامويل Kwame=كوامي Kofi=كوفي Joseph=جوزيف"
        " Victor=فيكتور"
    ),
    women=_names(
        "Blessing=بليسينغ Joy=جوي Faith=فيث Precious=بريشوس Ngozi=انغوزي Adaeze=أدايزي"
        " Gift=غيفت Mercy=ميرسي Hauwa=حواء Aisha=عائشة Isatu=إيساتو Mariatu=مرياتو"
        " Kadiatu=خدياتو Fatmata=فاطماتا Hawa=حواء Patience=بيشنس Comfort=كومفورت Ama=أما"
        " Akosua=أكوسوا Esther=إستير"
    ),
)
_BENIN_TOGO = Names(
    family=_names(
        "Houngbédji=هونغبيدجي Dossou=دوسو Agbodjan=أغبودجان Mensah=منساه Amouzou=أموزو"
        " Lawson=لوسون Adjovi=أدجوفي Hounsou=هونسو Kpodo=كبودو Akakpo=أكاكبو Gbaguidi=غباغيدي"
        " Zinsou=زينسو Koudjo=كودجو Tchalla=تشالا Bawa=باوا Ayité=أييتي Tossou=توسو"
        " Ahouandjinou=أهواندجينو Sossou=سوسو Alassane=الحسن Assogba=أسوغبا Kodjovi=كودجوفي"
    ),
    men=_names(
        "Koffi=كوفي Komlan=كوملان Kossi=كوسي Yao=ياو Edem=إيديم Sènan=سينان Romuald=روموالد"
        " Fiacre=فياكر Ulrich=أولريش Razak=رزاق Moussa=موسى Mawuli=ماوولي Kodjo=كودجو"
        " Serge=سيرج Rachid=رشيد Gildas=جيلداس Achille=أشيل Latif=لطيف"
    ),
    women=_names(
        "Akouvi=أكوفي Afi=أفي Ablavi=أبلافي Essi=إيسي Sènami=سينامي Mariette=ماريات Reine=رين"
        " Rachidatou=رشيداتو Yawa=ياوا Akossiwa=أكوسيوا Fifamè=فيفامي Nadège=ناديج Amivi=أميفي"
        " Aïchatou=عائشاتو Délali=ديلالي Bélinda=بيليندا Pélagie=بيلاجي Larissa=لاريسا"
    ),
)
_GUINEA_BISSAU = Names(
    family=_names(
        "Mané=ماني Djaló=جالو Embaló=إمبالو Sanhá=سانيا Baldé=بالدي Cabral=كابرال Vieira=فييرا"
        " Gomes=غوميش Mendes=منديش Nanque=نانكي Cá=كا Té=تي Indjai=إنجاي Sané=ساني"
        " Correia=كوريا Lopes=لوبيش Tavares=تافاريش Seidi=سيدي Camará=كامارا Dabó=دابو"
    ),
    men=_names(
        "Braima=برايما Mamadu=مامادو Alfa=ألفا Iaia=يايا Suleimane=سليمان Carlos=كارلوس"
        " João=جواو Domingos=دومينغوش Quintino=كينتينو Nuno=نونو Abdulai=عبد_الله"
        " Idrissa=إدريسا Umaro=عمرو Armando=أرماندو Malam=معلم Bubacar=بوبكر"
    ),
    women=_names(
        "Fatumata=فاطوماتا Maria=ماريا Aminata=أميناتا Sona=سونا Binta=بنتا Djenabu=زينبو"
        " Mariama=مريما Cadi=كادي Ana=آنا Domingas=دومينغاش Nhima=نيما Sábado=سابادو Aua=أوا"
        " Rosa=روزا Satu=ساتو Adama=أداما"
    ),
)
_ASIA = Names(
    family=_names(
        "Perera=بيريرا Fernando=فرناندو Silva=سيلفا Jayasuriya=جاياسوريا Bandara=باندارا"
        " Wijesinghe=ويجيسينغه Gunawardena=غوناواردينا Ratnayake=راتناياكي Nadarajah=ناداراجا"
        " Selvam=سيلفام Kumarasamy=كوماراسامي Rajapathy=راجاباثي Herath=هيراث"
        " Weerasekara=ويراسيكارا Dissanayake=ديساناياكي Ariyaratne=آرياراتني Liyanage=ليانغي"
        " Samarakoon=ساماراكون"
    ),
    men=_names(
        "Nimal=نيمال Kamal=كمال Suresh=سوريش Ruwan=روان Chaminda=تشاميندا Ajith=أجيث"
        " Prasad=براساد Lasantha=لاسانثا Rajan=راجان Siva=سيفا Dinesh=دينيش Nuwan=نوان"
        " Asanka=أسانكا Tharindu=تاريندو Kannan=كانان Roshan=روشان"
    ),
    women=_names(
        "Kumari=كوماري Nadeesha=ناديشا Dilani=ديلاني Sandya=سانديا Anoma=أنوما"
        " Priyanthi=بريانثي Chamari=تشاماري Malini=ماليني Thilini=تيليني Ishara=إيشارا"
        " Vasanthi=فاسانثي Rani=راني Nirosha=نيروشا Sujatha=سوجاثا Hiruni=هيروني Devika=ديفيكا"
    ),
)
_ARAB_EAST = Names(
    family=_names(
        "Alhamoud=الحمود Alkhatib=الخطيب Aljasem=الجاسم Haddad=حداد Darwish=درويش Najjar=نجار"
        " Alsaleh=الصالح Qasem=قاسم Alsharif=الشريف Mansour=منصور Abdelrahman=عبد_الرحمن"
        " Eltayeb=الطيب Osman=عثمان Adam=آدم Idris=إدريس Elbashir=البشير Hamid=حامد"
        " Alyamani=اليماني Alsabri=الصبري Nasser=ناصر Saleh=صالح Ghanem=غانم Barakat=بركات"
        " Yassin=ياسين"
    ),
    men=_names(
        "Ahmad=أحمد Khaled=خالد Omar=عمر Yousef=يوسف Mahmoud=محمود Samer=سامر Bassam=بسام"
        " Tarek=طارق Mustafa=مصطفى Hassan=حسن Abdallah=عبد_الله Ali=علي Salem=سالم Majed=ماجد"
        " Elsadig=الصادق Mohanad=مهند Anas=أنس Ziad=زياد Ibrahim=إبراهيم Nabil=نبيل"
    ),
    women=_names(
        "Rania=رانيا Hala=هالة Samira=سميرة Mona=منى Rasha=رشا Amal=أمل Nour=نور Hanan=حنان"
        " Zeinab=زينب Salma=سلمى Amna=آمنة Rawan=روان Dina=دينا Huda=هدى Sawsan=سوسن Wafa=وفاء"
        " Eman=إيمان Layla=ليلى Maha=مها Asma=أسماء"
    ),
)
_MOROCCO = Names(
    family=_names(
        "Alaoui=العلوي Bennani=بناني El_Amrani=العمراني Idrissi=الإدريسي Tazi=التازي"
        " Berrada=برادة Chraibi=الشرايبي El_Fassi=الفاسي Ouazzani=الوزاني Benjelloun=بنجلون"
        " Lahlou=لحلو Ziani=الزياني Bouazza=بوعزة El_Khattabi=الخطابي Amrani=عمراني"
        " Naciri=الناصري Saidi=السعيدي Haddaoui=الهداوي Boukhriss=بوخريص Ait_Lahcen=آيت_لحسن"
        " Oukacha=أوكاشا El_Mansouri=المنصوري Belhaj=بلحاج Rahmouni=الرحموني Zerouali=الزروالي"
    ),
    men=_names(
        "Mohamed=محمد Youssef=يوسف Hamza=حمزة Ayoub=أيوب Yassine=ياسين Rachid=رشيد Said=سعيد"
        " Abdellah=عبد_الله Karim=كريم Hicham=هشام Mehdi=المهدي Anas=أنس Omar=عمر"
        " Brahim=إبراهيم Mustapha=مصطفى Khalid=خالد Driss=إدريس Noureddine=نور_الدين"
        " Soufiane=سفيان Ilyas=إلياس"
    ),
    women=_names(
        "Fatima=فاطمة Khadija=خديجة Amina=أمينة Salma=سلمى Meryem=مريم Naima=نعيمة Hanane=حنان"
        " Zineb=زينب Imane=إيمان Sanaa=سناء Houda=هدى Loubna=لبنى Asmae=أسماء Karima=كريمة"
        " Samira=سميرة Nadia=نادية Ghizlane=غزلان Rachida=رشيدة Ikram=إكرام Wafae=وفاء"
    ),
)

_BY_COUNTRY: Final[Mapping[str, Names]] = {
    **dict.fromkeys(("GN",), _GUINEA),
    **dict.fromkeys(("SN", "GM", "MR"), _SENEGAMBIA),
    **dict.fromkeys(("ML", "BF", "NE"), _MALI),
    **dict.fromkeys(("CI",), _IVORY_COAST),
    **dict.fromkeys(("CM", "CG", "CD", "GA", "CF", "TD"), _CENTRAL_AFRICA),
    **dict.fromkeys(("NG", "SL", "LR", "GH"), _ENGLISH_SPEAKING),
    **dict.fromkeys(("BJ", "TG"), _BENIN_TOGO),
    **dict.fromkeys(("GW",), _GUINEA_BISSAU),
    **dict.fromkeys(("LK", "BD"), _ASIA),
    **dict.fromkeys(("SY", "YE", "SD", "IQ", "PS"), _ARAB_EAST),
    **dict.fromkeys(("MA",), _MOROCCO),
}


def names_of(country: str) -> Names:
    """The names people of a country may bear."""
    return _BY_COUNTRY.get(country, _GUINEA)
