; Every sentence of the set-up and of the uninstaller, in the three languages.
; French: U+00A0 before a colon and inside « », U+202F before ; ! and ?.

LangString Purpose ${LANG_FRENCH} "Registre du retour volontaire assisté"
LangString Purpose ${LANG_ARABIC} "سجل العودة الطوعية المساعَدة"
LangString Purpose ${LANG_ENGLISH} "Register of assisted voluntary return"

LangString FileKind ${LANG_FRENCH} "Registre AVRR"
LangString FileKind ${LANG_ARABIC} "سجل AVRR"
LangString FileKind ${LANG_ENGLISH} "AVRR register"

LangString WindowsTooOld ${LANG_FRENCH} "AVRR demande Windows 10 (version 1809) ou plus récent, en 64 bits. Rien n'a été installé."
LangString WindowsTooOld ${LANG_ARABIC} "يتطلب AVRR نظام Windows 10 (الإصدار 1809) أو أحدث، بنسخة 64 بت. لم يُثبَّت شيء."
LangString WindowsTooOld ${LANG_ENGLISH} "AVRR needs Windows 10 (version 1809) or later, 64-bit. Nothing was installed."

LangString IsRunning ${LANG_FRENCH} "AVRR est ouvert. Enregistrez votre travail, fermez toutes ses fenêtres, puis recommencez. Rien n'a été changé."
LangString IsRunning ${LANG_ARABIC} "برنامج AVRR مفتوح. احفظ عملك وأغلق جميع نوافذه ثم أعد المحاولة. لم يتغيّر شيء."
LangString IsRunning ${LANG_ENGLISH} "AVRR is open. Save your work, close all its windows, then try again. Nothing was changed."

LangString AnotherSetup ${LANG_FRENCH} "Une installation d'AVRR est déjà en cours. Attendez qu'elle se termine."
LangString AnotherSetup ${LANG_ARABIC} "هناك تثبيت لـ AVRR قيد التنفيذ. انتظر حتى ينتهي."
LangString AnotherSetup ${LANG_ENGLISH} "A set-up of AVRR is already at work. Wait until it has finished."

LangString NewerInstalled ${LANG_FRENCH} "La version $PreviousVersion d'AVRR est déjà installée, plus récente que celle-ci (${VERSION}). Elle est gardée : une version ancienne n'ouvrirait plus votre registre."
LangString NewerInstalled ${LANG_ARABIC} "الإصدار $PreviousVersion من AVRR مثبَّت، وهو أحدث من هذا الإصدار (${VERSION}). بقي كما هو: فالإصدار الأقدم لا يستطيع فتح سجلّك."
LangString NewerInstalled ${LANG_ENGLISH} "Version $PreviousVersion of AVRR is installed already, newer than this one (${VERSION}). It is kept: an older version could no longer open your register."

LangString AdministratorNeeded ${LANG_FRENCH} "L'installation pour tous les utilisateurs de ce PC demande un compte d'administrateur. Rien n'a été changé."
LangString AdministratorNeeded ${LANG_ARABIC} "التثبيت لجميع مستخدمي هذا الحاسوب يتطلب حساب مسؤول. لم يتغيّر شيء."
LangString AdministratorNeeded ${LANG_ENGLISH} "What is for all users of this PC needs an administrator's account. Nothing was changed."

LangString NoRight ${LANG_FRENCH} "Vous n'avez pas le droit d'écrire dans le dossier « $INSTDIR ». Choisissez-en un autre, ou demandez à votre service informatique. Rien n'a été installé."
LangString NoRight ${LANG_ARABIC} "ليس لديك إذن بالكتابة في المجلد «$INSTDIR». اختر مجلدًا آخر أو اسأل قسم المعلوماتية. لم يُثبَّت شيء."
LangString NoRight ${LANG_ENGLISH} "You may not write to the folder “$INSTDIR”. Choose another one, or ask your IT unit. Nothing was installed."

LangString NoSpace ${LANG_FRENCH} "Il manque de la place sur le disque : AVRR demande $2 Mo, il en reste $3. Libérez de la place ou choisissez un autre dossier. Rien n'a été installé."
LangString NoSpace ${LANG_ARABIC} "لا توجد مساحة كافية على القرص: يحتاج AVRR إلى $2 ميغابايت والمتبقي $3. أفرغ مساحة أو اختر مجلدًا آخر. لم يُثبَّت شيء."
LangString NoSpace ${LANG_ENGLISH} "There is not enough room on the disk: AVRR needs $2 MB, $3 are left. Make room or choose another folder. Nothing was installed."

LangString PathTooLong ${LANG_FRENCH} "Le chemin « $INSTDIR » est trop long pour Windows, de $1 caractères. Choisissez un dossier plus court. Rien n'a été installé."
LangString PathTooLong ${LANG_ARABIC} "المسار «$INSTDIR» أطول مما يقبله Windows بمقدار $1 من الأحرف. اختر مجلدًا أقصر. لم يُثبَّت شيء."
LangString PathTooLong ${LANG_ENGLISH} "The path “$INSTDIR” is too long for Windows, by $1 characters. Choose a shorter folder. Nothing was installed."

LangString NotWritten ${LANG_FRENCH} "AVRR n'a pas pu être écrit en entier dans « $INSTDIR » : le disque est peut-être plein ou un fichier retenu par un autre programme. Ce qui avait été écrit est effacé ; la version précédente, s'il y en a une, reste en place et votre registre n'a pas été touché."
LangString NotWritten ${LANG_ARABIC} "تعذّرت كتابة AVRR كاملًا في «$INSTDIR»: قد يكون القرص ممتلئًا أو أحد الملفات مستعملًا في برنامج آخر. مُحي ما كُتب، وبقي الإصدار السابق إن وُجد، ولم يُمسّ سجلّك."
LangString NotWritten ${LANG_ENGLISH} "AVRR could not be written in full to “$INSTDIR”: the disk may be full, or a file held by another program. What had been written is gone; the previous version, if any, stays and your register has not been touched."

LangString NewVersionRefuses ${LANG_FRENCH} "La nouvelle version n'a pas été mise en place."
LangString NewVersionRefuses ${LANG_ARABIC} "لم يُعتمد الإصدار الجديد."
LangString NewVersionRefuses ${LANG_ENGLISH} "The new version was not put in place."

LangString Trying ${LANG_FRENCH} "Essai de la nouvelle version et sauvegarde du registre"
LangString Trying ${LANG_ARABIC} "تجربة الإصدار الجديد وحفظ نسخة احتياطية من السجل"
LangString Trying ${LANG_ENGLISH} "Trying the new version and backing the register up"

LangString OthersTitle ${LANG_FRENCH} "Ce qu'AVRR doit à d'autres"
LangString OthersTitle ${LANG_ARABIC} "ما يدين به AVRR لغيره"
LangString OthersTitle ${LANG_ENGLISH} "What AVRR owes to others"

LangString OthersSubtitle ${LANG_FRENCH} "Bibliothèques et polices qui l'accompagnent, sous leurs propres licences"
LangString OthersSubtitle ${LANG_ARABIC} "المكتبات والخطوط المرفقة، كلٌّ منها برخصته"
LangString OthersSubtitle ${LANG_ENGLISH} "Libraries and fonts that come with it, under their own licences"

LangString OthersBelow ${LANG_FRENCH} "Les licences entières sont dans le dossier « licences » du programme."
LangString OthersBelow ${LANG_ARABIC} "النصوص الكاملة للرخص في مجلد «licences» ضمن البرنامج."
LangString OthersBelow ${LANG_ENGLISH} "The full licences are in the program's folder “licences”."

LangString OptionsTitle ${LANG_FRENCH} "Pour qui ?"
LangString OptionsTitle ${LANG_ARABIC} "لمن؟"
LangString OptionsTitle ${LANG_ENGLISH} "For whom?"

LangString OptionsSubtitle ${LANG_FRENCH} "Le registre lui-même reste à chaque utilisateur"
LangString OptionsSubtitle ${LANG_ARABIC} "السجل نفسه يبقى خاصًا بكل مستخدم"
LangString OptionsSubtitle ${LANG_ENGLISH} "The register itself stays with each user"

LangString ForMe ${LANG_FRENCH} "&Pour moi seulement"
LangString ForMe ${LANG_ARABIC} "لي و&حدي"
LangString ForMe ${LANG_ENGLISH} "For &me only"

LangString ForMeHelp ${LANG_FRENCH} "Sans droits d'administrateur. C'est le choix habituel."
LangString ForMeHelp ${LANG_ARABIC} "دون صلاحيات المسؤول. هذا هو الخيار المعتاد."
LangString ForMeHelp ${LANG_ENGLISH} "Without administrator rights. This is the usual choice."

LangString ForAll ${LANG_FRENCH} "Pour &tous les utilisateurs de ce PC"
LangString ForAll ${LANG_ARABIC} "لجميع مستخدمي هذا ال&حاسوب"
LangString ForAll ${LANG_ENGLISH} "For &all users of this PC"

LangString ForAllHelp ${LANG_FRENCH} "Windows demandera un compte d'administrateur."
LangString ForAllHelp ${LANG_ARABIC} "سيطلب Windows حساب مسؤول."
LangString ForAllHelp ${LANG_ENGLISH} "Windows will ask for an administrator's account."

LangString DesktopShortcut ${LANG_FRENCH} "Placer un &raccourci sur le bureau"
LangString DesktopShortcut ${LANG_ARABIC} "وضع ا&ختصار على سطح المكتب"
LangString DesktopShortcut ${LANG_ENGLISH} "Put a &shortcut on the desktop"

LangString RemoveTitle ${LANG_FRENCH} "Désinstaller AVRR"
LangString RemoveTitle ${LANG_ARABIC} "إزالة AVRR"
LangString RemoveTitle ${LANG_ENGLISH} "Remove AVRR"

LangString RemoveSubtitle ${LANG_FRENCH} "Le programme s'en va ; le registre reste, sauf si vous demandez le contraire"
LangString RemoveSubtitle ${LANG_ARABIC} "يُزال البرنامج ويبقى السجل ما لم تطلب خلاف ذلك"
LangString RemoveSubtitle ${LANG_ENGLISH} "The program goes; the register stays unless you ask otherwise"

LangString DataStays ${LANG_FRENCH} "Votre registre, ses sauvegardes et vos réglages restent sur ce PC, dans le dossier ci-dessous. Une nouvelle installation les retrouvera."
LangString DataStays ${LANG_ARABIC} "يبقى سجلّك ونسخه الاحتياطية وإعداداتك على هذا الحاسوب في المجلد أدناه، ويجدها أي تثبيت جديد."
LangString DataStays ${LANG_ENGLISH} "Your register, its backups and your settings stay on this PC, in the folder below. A new set-up will find them."

LangString DataGoes ${LANG_FRENCH} "&Effacer aussi mon registre, ses sauvegardes et mes réglages. Cela ne peut pas être annulé."
LangString DataGoes ${LANG_ARABIC} "ا&محُ أيضًا سجلّي ونسخه الاحتياطية وإعداداتي. لا يمكن التراجع عن ذلك."
LangString DataGoes ${LANG_ENGLISH} "&Erase my register, its backups and my settings as well. This cannot be undone."

LangString DataSure ${LANG_FRENCH} "Effacer pour toujours tout ce que contient « $DataFolder », sauvegardes comprises ?"
LangString DataSure ${LANG_ARABIC} "أتريد محو كل ما في «$DataFolder» نهائيًا، بما فيه النسخ الاحتياطية؟"
LangString DataSure ${LANG_ENGLISH} "Erase for ever all that “$DataFolder” holds, backups included?"
