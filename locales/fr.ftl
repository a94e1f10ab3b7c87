## page: what every page of the server shares

page-name = Minutier
page-skip = Aller au contenu
page-languages = Langue de l’interface
page-untitled = Sans titre
page-colophon = Minutier garde ce qui s’est dit. Rien de cette page ne vient d’un autre serveur, aucun cookie n’est déposé.

## title: what the title of a page says besides the workshop's own

title-door = Rejoindre : { $title }
title-paper = À imprimer : { $title }
title-projector = Écran de la salle : { $title }
title-reading = Lecture : { $title }

## state: where a workshop stands

state-prepared = Préparé
state-live = En direct
state-open = Espace ouvert
state-closed = Fermé

## home

home-title = Écrire à plusieurs le compte-rendu d’un atelier
home-lead = Choisissez un modèle, partagez le code : chacun écrit depuis son téléphone ou son ordinateur, sans compte. L’espace reste ouvert ensuite.
home-join = Vous avez un code ?
home-join-hint = Six lettres et chiffres, affichés dans la salle.
home-join-go = Rejoindre
home-gallery = Commencer un atelier
home-kept = Modèles gardés sur ce serveur
home-start = Commencer
home-start-with = Commencer avec { $title }
home-preview = Voir l’exemple
home-preview-of = Voir l’exemple : { $title }
home-noscript = Commencer un atelier et y écrire demandent JavaScript. Les exemples et les pages de lecture s’en passent.
home-known = Vos ateliers
home-known-hint = Ceux que ce navigateur connaît. La liste reste sur cet appareil.
home-known-visited = Ouvert le { $date }
home-known-forget = Retirer de la liste
home-known-forget-of = Retirer de la liste : { $title }
home-known-forgotten = « { $title } » n’est plus dans la liste. L’atelier lui-même reste où il est.
home-known-undo = Annuler
home-capability-read = Lecture
home-capability-vote = Choix
home-capability-write = Écriture
home-capability-manage = Organisation

## start: the dialog that starts a workshop

start-heading = Commencer un atelier
start-template = Modèle : { $title }
start-title = Titre
start-title-hint = Facultatif : vous pourrez l’écrire ou le changer à tout moment.
start-language = Langue du compte-rendu
start-language-fr = Français
start-language-en = Anglais
start-passphrase = Mot de passe de ce serveur
start-passphrase-hint = Ce serveur demande un mot de passe pour commencer un atelier. Demandez-le à la personne qui tient ce serveur.
start-go = Commencer l’atelier
start-busy = Préparation de l’atelier…

## dialog: every dialog

dialog-close = Fermer

## preview: the dialog that shows a template's example

preview-heading = Exemple : { $title }
preview-loading = Chargement de l’exemple…
preview-failed = L’exemple n’a pas pu être chargé. Vérifiez la connexion, puis réessayez.
preview-start = Commencer avec ce modèle

## template-page

template-page-kind = Modèle d’atelier
template-page-back = Tous les modèles

## reading-page

reading-page-started = Commencé le
reading-page-changed = Dernière modification le
reading-page-updated = Mis à jour à
reading-page-projector = Projeter dans la salle
reading-page-exports = Télécharger
reading-page-format-md = Markdown
reading-page-format-html = HTML
reading-page-format-txt = Texte
reading-page-format-csv = Tableur
reading-page-format-json = JSON

## join-page

join-page-title = Rejoindre un atelier
join-page-lead = Entrez le code affiché dans la salle pour écrire avec les autres.
join-page-code = Code
join-page-hint = Six lettres et chiffres ; les espaces et les majuscules ne comptent pas.
join-page-enter = Entrer
join-page-entering = Ouverture de l’atelier…
join-page-noscript = Entrer dans l’atelier demande JavaScript : activez-le pour cette adresse, puis rechargez la page. Pour lire seulement, demandez l’adresse de lecture.

## workshop-page: before its script has run

workshop-page-title = Atelier
workshop-page-opening = Ouverture de l’atelier…
workshop-page-noscript = Écrire à plusieurs demande JavaScript : activez-le pour cette adresse, puis rechargez la page. Pour lire seulement, demandez l’adresse de lecture.

## refusal-page

refusal-page-title = Cela n’a pas abouti
refusal-page-home = Aller à l’accueil
refusal-page-join = Entrer un code
refusal-page-id = Référence à donner si vous demandez de l’aide : { $id }


## shared: an input several people may write in

shared-other = Quelqu’un d’autre a écrit : { $value }
shared-take = Prendre sa version
shared-keep = Garder la mienne

## sections: what every section shares

sections-here = Ici en ce moment :
sections-write-here = Écrire ici…
sections-nothing-yet = Rien pour l’instant.
sections-done = Terminé
sections-move-up = Monter
sections-move-down = Descendre
sections-remove = Retirer
sections-moved = Déplacé : place { $position } sur { $count }.
sections-is-first = Déjà en tête.
sections-is-last = Déjà à la fin.

## fields: a section of labelled values

fields-more-than = Plus de
fields-more-than-label = { $label } : « plus de »
fields-pick-date = Choisir dans le calendrier : { $label }
fields-pick-time = Choisir l’heure : { $label }
fields-open = Ouvrir cette adresse
fields-hint-line = Écrire ici…
fields-hint-date = 28 février 2017
fields-hint-time = 14 h 30
fields-hint-duration = 2 h ou 45 min
fields-hint-number = 40, ou plus de 40
fields-hint-place = Salle, adresse…
fields-hint-address = https://
fields-hint-choice = —
fields-unread-line = Gardé tel quel.
fields-unread-place = Gardé tel quel.
fields-unread-date = Gardé tel quel : ce n’est pas une date que l’on sait lire.
fields-unread-time = Gardé tel quel : ce n’est pas une heure que l’on sait lire.
fields-unread-duration = Gardé tel quel : ce n’est pas une durée que l’on sait lire.
fields-unread-number = Gardé tel quel : ce n’est pas un nombre.
fields-unread-address = Gardé tel quel : ce n’est pas une adresse web.
fields-unread-choice = Gardé tel quel : ce choix n’est plus proposé.

## persons: a section of people

persons-name = Prénom ou nom
persons-organisation = Organisation
persons-role = Rôle
persons-sector = Secteur
persons-add = Ajouter
persons-add-hint = Ajouter une personne…
persons-add-form = Ajouter une personne à « { $heading } »
persons-added = { $name } est dans la liste.
persons-edit = Modifier { $name }
persons-remove = Retirer { $name }
persons-removed = { $name } n’est plus dans la liste.

## items: proposals, actions, points

items-capture = Ajouter à « { $heading } »
items-capture-item = Ajouter { $noun }…
items-capture-group = Groupe de ce qui est ajouté
items-no-group = Sans groupe
items-add = Ajouter
items-added = Ajouté : { $text }
items-added-several = Ajouté : { $count } { $noun }.
items-too-many = { $count } lignes, c’est trop en une fois : collez-en { $most } au plus.
items-removed = Retiré : { $text }
items-one = Point { $number }
items-you = Vous
items-just-now = à l’instant
items-menu = Déplacer, retirer : { $text }
items-to-group = Mettre dans { $group }
items-leave-group = Sortir du groupe
items-now-in = Maintenant dans { $group }.
items-moved-group = Déplacé : place { $position } sur { $count } dans { $group }.
items-condenses-choose = Reprend d’autres points…
items-condenses-title = Points que reprend « { $text } »
items-action-add = Responsable, échéance…
items-action-edit = Responsable, échéance et état
items-group-add = Ajouter un groupe
items-group-added = Groupe ajouté.
items-group-heading = Titre du groupe { $letter }
items-group-placeholder = Titre du groupe
items-group-menu = Groupe { $group } : déplacer, retirer
items-group-remove = Retirer le groupe, garder ses points
items-group-removed = Groupe retiré : { $group }

## noun: what one calls an item of a section

noun-lead = { $form ->
    [one] une piste
    [many] pistes
   *[the] la piste
}
noun-proposal = { $form ->
    [one] une proposition
    [many] propositions
   *[the] la proposition
}
noun-solution = { $form ->
    [one] une solution
    [many] solutions
   *[the] la solution
}
noun-problem = { $form ->
    [one] un problème
    [many] problèmes
   *[the] le problème
}
noun-idea = { $form ->
    [one] une idée
    [many] idées
   *[the] l’idée
}
noun-question = { $form ->
    [one] une question
    [many] questions
   *[the] la question
}
noun-action = { $form ->
    [one] une action
    [many] actions
   *[the] l’action
}
noun-point = { $form ->
    [one] un point
    [many] points
   *[the] le point
}

## ranking: the most important points

ranking-choose = Choisir un point pour « { $heading } »
ranking-choose-short = Choisir un point…
ranking-choose-below = Ajouter un point sous la ligne de « { $heading } »
ranking-choose-below-short = Ajouter sous la ligne…
ranking-chosen = { $text } : place { $position }.
ranking-nothing-to-choose = Il n’y a encore rien à choisir : les points de la liste apparaîtront ici.
ranking-number = n° { $number }
ranking-below = Sous la ligne
ranking-remove = Retirer du classement
ranking-removed = Retiré du classement : { $text }
ranking-tied = ex æquo
ranking-filling = Rempli par les choix, au fur et à mesure.
ranking-secret = Se remplira à la fin du choix.
ranking-to-confirm = Rempli par les choix, à confirmer.
ranking-undecided = Ex æquo pour { $count } places : à départager.
ranking-confirm = Confirmer ce classement
ranking-confirmed = Classement confirmé.
ranking-release = Revenir à l’ordre des choix
ranking-released = Le classement suit de nouveau les choix.

## pick: choosing the points that matter most

pick-open = Faire choisir les plus importants
pick-reopen = Rouvrir le choix
pick-start = Ouvrir le choix
pick-cancel = Renoncer
pick-size = Combien de points chacun
pick-hide-until = Ne montrer les résultats qu’à la fin
pick-close = Terminer le choix
pick-show = Montrer les résultats
pick-hide = Cacher les résultats
pick-hidden = résultats à la fin
pick-choose = { $count ->
    [one] Choisissez un point.
   *[other] Choisissez jusqu’à { $count } points.
}
pick-left = { $left ->
    [0] Tous vos choix sont faits.
   *[other] Il vous en reste { $left }.
}
pick-others = Un choix est en cours.
pick-call = Un choix est ouvert :
pick-call-label = Choix ouvert
pick-call-said = Un choix est ouvert dans « { $section } ».
pick-voters = { $count ->
    [0] Personne n’a encore choisi
    [one] 1 personne a choisi
   *[other] { $count } personnes ont choisi
}
pick-none-left = { $count ->
    [one] Votre choix est fait : retirez-le pour en faire un autre.
   *[other] Vos { $count } choix sont faits : retirez-en un pour en faire un autre.
}
pick-picked = Choisi : { $text } Il vous en reste { $left }.
pick-withdrawn = Choix retiré : { $text } Il vous en reste { $left }.
pick-item = { $votes ->
    [-1] Choisir : { $text }
   *[other] Choisir : { $text } ({ $votes } choix)
}
pick-votes = { $count } choix
pick-votes-mine = { $count } choix, dont le vôtre

## synthesis: what a proposal was made from

synthesis-into-choose = Reprendre dans…
synthesis-into-title = Reprendre « { $text } » dans…
synthesis-taken = « { $text } » est repris dans « { $into } ».
synthesis-none = Il n’y a pas encore de points dans une autre liste.

## groups: a list split in groups A, B, …

groups-split = Répartir en groupes
groups-count = Nombre de groupes
groups-split-go = Répartir
groups-split-said = { $count } groupes travaillent chacun de leur côté.
groups-cancel = Renoncer
groups-choice = Groupe affiché
groups-group = Groupe { $letter }
groups-enter = Voir seulement le groupe { $group }
groups-all = Tous les groupes
groups-addresses = Adresses des groupes
groups-addresses-heading = Un QR code par groupe
groups-addresses-hint = Chaque code ouvre l’atelier directement dans le groupe de la personne qui le photographie.
groups-qr = QR code du groupe { $letter }
groups-projector = Projeter ce groupe
groups-gather = Réunir les groupes
groups-gathered = Groupes réunis.
groups-merged = { $count ->
    [one] 1 doublon fusionné.
   *[other] { $count } doublons fusionnés.
}
groups-dropped = { $count ->
    [one] 1 vide retiré.
   *[other] { $count } vides retirés.
}
groups-also = aussi n° { $numbers }

## capture: in which order a list is looked at, what was corrected

capture-order = Ordre :
capture-order-arranged = de la liste
capture-order-theme = par thème
capture-order-captured = de la prise de notes
capture-order-picked = par choix
capture-dictated = Dicté par…
capture-dictated-who = Qui l’a dit ?
capture-dictated-keep = Garder
capture-dictated-by = dicté par { $who }
capture-corrected = corrigé : { $time }
capture-corrected-by = corrigé par { $who } : { $time }

## runsheet: the phases and their sum

runsheet-label = Phase
runsheet-groups = Groupes
runsheet-duration = Durée
runsheet-add = Ajouter
runsheet-add-hint = Ajouter une phase…
runsheet-add-form = Ajouter une phase à « { $heading } »
runsheet-added = Phase ajoutée : { $label }
runsheet-removed = Phase retirée : { $label }
runsheet-menu = Déplacer, retirer la phase : { $label }
runsheet-fits = c’est la durée prévue
runsheet-missing = il reste { $duration } à répartir
runsheet-over = { $duration } de trop pour la durée prévue

## notice: the closing notice

notice-code = Code
notice-qr = QR code de l’adresse de cet atelier

## structure: the sections themselves

structure-heading = Titre de la section
structure-guidance = Consigne, montrée tant que personne n’a écrit
structure-menu = Déplacer, retirer la section : { $heading }
structure-up = Monter la section : { $heading }
structure-down = Descendre la section : { $heading }
structure-remove = Retirer la section
structure-removed = Section retirée : { $heading }
structure-restore = Remettre « { $heading } »
structure-removed-ones = Sections retirées
structure-add = Ajouter une section
structure-added = Section ajoutée : { $kind }
structure-kind-prose = Texte
structure-kind-fields = Fiche
structure-kind-people = Personnes
structure-kind-items = Liste de points
structure-kind-ranking = Points les plus importants
structure-kind-runsheet = Déroulé
structure-kind-notice = Mention de fin
structure-about-prose = Texte libre, avec titres et listes
structure-about-fields = Date, lieu, durée… une valeur par ligne
structure-about-people = Comptées, par secteur
structure-about-items = Propositions, pistes, problèmes, un par ligne
structure-about-ranking = Choisis dans une liste et classés
structure-about-runsheet = Les phases et leur durée
structure-about-notice = Un texte avec l’adresse et le QR code
structure-marker = Devant chaque point
structure-marker-bullet = Puces
structure-marker-number = Numéros
structure-marker-letter = Lettres
structure-actions = Responsable, échéance et état pour chaque point
structure-grouped = Groupes A), B)…
structure-sectors = Secteurs proposés, un par ligne
structure-joining = Les personnes qui rejoignent l’atelier s’inscrivent ici
structure-source = Choisis dans
structure-size = Nombre de places
structure-closing = Proposer la synthèse tant de minutes avant la fin (0 : jamais)
structure-notice = Texte de la mention
structure-notice-text = Cet espace reste à votre disposition à cette adresse :
structure-fields = Les champs de cette section
structure-field-add = Ajouter un champ
structure-field-new = Nouveau champ
structure-field-label = Nom du champ
structure-field-type = Type de « { $label } »
structure-field-menu = Déplacer, retirer le champ : { $label }
structure-field-removed = Champ retiré : { $label }
structure-choices = Choix de « { $label } », un par ligne
structure-choices-hint = Un choix par ligne
structure-type-line = Texte
structure-type-date = Date
structure-type-time = Heure
structure-type-duration = Durée
structure-type-number = Nombre
structure-type-place = Lieu
structure-type-address = Adresse web
structure-type-choice = Choix

## saved: the mark, the banners

saved-saved = Enregistré
saved-saving = Enregistrement…
saved-offline = { $changes ->
    [0] Hors ligne : ce que vous écrivez sera gardé sur cet appareil
    [one] Hors ligne : { $changes } modification est gardée sur cet appareil
   *[other] Hors ligne : { $changes } modifications sont gardées sur cet appareil
}
saved-offline-short = { $changes ->
    [0] Hors ligne
   *[other] Hors ligne : { $changes } sur cet appareil
}
saved-read-only-short = Lecture seule
saved-read-only-withdrawn = Lecture seule : ce lien n’ouvre plus l’atelier. Demandez-en un autre à la personne qui l’organise ; ce que vous aviez écrit est encore sur cet appareil.
saved-read-only-layout = Lecture seule : cette page date d’avant une mise à jour. Rechargez-la pour continuer à écrire.
saved-read-only-epoch = Lecture seule : l’atelier a été remplacé par une autre version sur le serveur. Rechargez la page ; votre texte d’ici sera mis de côté et vous sera proposé.
saved-read-only-too-large = Lecture seule : ce qui a été collé ici est trop grand pour être envoyé. Téléchargez votre texte, puis rechargez la page.
saved-read-only-full = Lecture seule : ce compte-rendu est plein. Continuez dans un autre atelier ; ce qui n’a pas été enregistré est encore sur cet appareil.
saved-read-only-malformed = Lecture seule : le serveur n’accepte pas ce que cette page envoie. Téléchargez votre texte, puis rechargez la page.
saved-read-only-storage = Lecture seule : le serveur ne peut pas enregistrer pour le moment. Rien n’est perdu ; l’écriture reprendra d’elle-même.
saved-read-only-closed = Lecture seule : l’atelier est fermé. La personne qui l’organise peut le rouvrir.
saved-read-only-frozen = Lecture seule : l’animateur a gelé l’écriture un moment. Ce que vous avez écrit est gardé ici et partira ensuite.
saved-read-only-capability = Lecture seule : ce lien permet de lire, pas d’écrire.
banner-label = Avertissement
banner-near-full = Ce compte-rendu est presque plein. Retirez ce qui ne sert plus, ou continuez dans un autre atelier : au-delà, plus rien ne pourra être ajouté.
banner-reload = Recharger la page
banner-unsent = Ce que vous avez écrit entre-temps n’est pas enregistré ; c’est encore sur cet appareil.
banner-download = Télécharger mon texte
banner-forget = Oublier ce texte
banner-aside = L’atelier a été remplacé par une autre version sur le serveur. Le texte qui était sur cet appareil est gardé à part, sans être mêlé au nouveau.
structure-label = Structure
structure-banner = Vous modifiez la structure : les titres, les consignes, l’ordre des sections.
structure-done = Revenir au texte
notices-label = Messages
notices-undo = Annuler
notices-dismiss = Fermer ce message
attempt-unreachable = Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.

## bar: the top of the workshop page

bar-template = Modèle
bar-change-state = changer l’état de l’atelier
bar-menu = Autres actions
bar-invite = Inviter
bar-project = Projeter
bar-export = Exporter
bar-people = Qui est là
bar-name = Changer mon nom
bar-structure = Modifier la structure
bar-structure-done = Quitter la structure
bar-duplicate = Dupliquer…
bar-language = English
bar-theme-system = Couleurs du système
bar-theme-light = Couleurs claires
bar-theme-dark = Couleurs sombres
bar-keys = Raccourcis clavier
bar-home = Accueil
undo-undo = Annuler
undo-redo = Rétablir
state-heading = Où en est l’atelier ?
state-prepared-hint = Il n’a pas commencé : le code ne marche pas encore.
state-live-hint = On écrit ensemble ; le code et le QR code font entrer.
state-open-hint = L’atelier est passé, l’espace reste à disposition pour continuer.
state-closed-hint = On lit, on n’écrit plus. Vous pourrez le rouvrir.
state-changed = L’atelier est maintenant : { $state }.

## workshop: the sheet and what stands around it

sheet-title = Titre
outline-heading = Sommaire
outline-untitled = Sans titre
outline-empty = vide
outline-begun = commencé
outline-filled = rempli
outline-here = ici : { $names }
beside-label = Autour de l’atelier
beside-join = Rejoindre
beside-news = À l’instant
beside-people = Qui est là
join-qr = QR code pour rejoindre l’atelier
join-code = Code : { $code }
join-scan = À photographier avec un téléphone
people-here = { $count ->
    [one] { $count } personne ici : voir qui
   *[other] { $count } personnes ici : voir qui
}
people-you = Vous
people-is-you = (vous)
people-someone = Quelqu’un
people-in = dans « { $section } »
news-item = a ajouté { $noun } n° { $number }
news-item-unnumbered = a ajouté { $noun }
news-items = a ajouté { $count } { $noun }
news-item-said = { $who } { $what }.
news-items-said = { $count } de plus dans « { $section } ».
news-writes = écrit dans « { $section } »
news-here = est là
news-here-said = { $who } est là.

## stage: what the room looks at together

stage-heading = Animer l’atelier
stage-strip = Temps et parole
stage-facilitate = Animer
stage-show = Montrer une section
stage-show-wall = Sur l’écran de la salle
stage-show-all = À tout le monde
stage-shown-wall = « { $section } » est sur l’écran de la salle.
stage-shown-all = « { $section } » est montrée à tout le monde.
stage-show-end = Ne plus montrer
stage-call-label = Suivre l’animateur
stage-call-said = L’animateur montre « { $section } ».
stage-call-along = Vous suivez l’animateur :
stage-call-elsewhere = L’animateur montre :
stage-call-go = Y aller
stage-call-leave = Ne plus suivre

## timer: the phases and their clock

timer-heading = Temps
timer-phase = Phase { $position } sur { $count }
timer-phase-one = phase { $position }
timer-over = de plus
timer-over-said = Le temps prévu est écoulé.
timer-phase-said = Phase { $position } sur { $count } : { $label }. Durée : { $duration }.
timer-paused = en pause
timer-begin = Commencer : { $phase }
timer-minutes = { $minutes } min
timer-pause = Pause
timer-resume = Reprendre
timer-more = + 1 min
timer-next = Suivante
timer-next-to = Phase suivante : { $phase }
timer-previous = Phase précédente : { $phase }
timer-stop = Terminer
timer-missing = Déroulé : il reste { $duration } à répartir.
timer-too-much = Déroulé : { $duration } de trop pour la durée prévue.
timer-synthesis = Passer à la synthèse
timer-synthesis-all = Y amener tout le monde
timer-synthesis-later = Plus tard
timer-synthesis-said = La fin approche : vous pouvez passer à la synthèse.
timer-whole-left = { $minutes ->
    [one] Il reste { $minutes } minute en tout.
   *[other] Il reste { $minutes } minutes en tout.
}
timer-whole-over = Le temps prévu est passé.
timer-still-empty = Encore vide :
timer-empty-more = et { $count } de plus

## calls: hands raised, writing frozen

calls-hands = Mains levées
calls-hands-count = { $hands ->
    [one] main levée
   *[other] mains levées
}
calls-no-hands = Personne ne demande la parole.
calls-hand-raise = Lever la main
calls-hand-up = { $place ->
    [1] Main levée : à vous
   *[other] Main levée : n° { $place }
}
calls-hand-lower = Baisser
calls-hand-lower-of = Baisser la main de { $name }
calls-freeze = Geler l’écriture
calls-freeze-hint = Tout le monde s’arrête d’écrire et lit, le temps de se parler. Rien n’est perdu.
calls-frozen = L’écriture est gelée encore { $left }.
calls-frozen-for-now = L’animateur a gelé l’écriture un moment, encore { $left }. Ce que vous avez écrit est gardé ici et partira ensuite.
calls-thaw = Reprendre l’écriture

## projector: the room's screen

projector-title = Écran de la salle
projector-opening = Ouverture de l’écran…
projector-noscript = Cet écran se met à jour avec JavaScript : activez-le pour cette adresse, puis rechargez la page.
projector-read = Lire le compte-rendu sans JavaScript
projector-people = { $count ->
    [one] { $count } personne ici
   *[other] { $count } personnes ici
}
projector-line-saved = Enregistré
projector-line-lost = Hors ligne : cet écran se reconnecte
projector-line-full = Le serveur n’enregistre pas pour le moment
projector-line-withdrawn = Cette adresse a été retirée
projector-frozen = Écriture gelée
projector-votes = { $votes ->
    [one] choix
   *[other] choix
}
projector-section = Section affichée : { $section }
projector-keys = Commandes de l’écran
projector-previous = Section précédente
projector-next = Section suivante
projector-follow = Suivre
projector-full = Plein écran
projector-dark = Sombre

## joining: the screen at the door, the reminder, the name

joining-overline = Une invitation à écrire
joining-lead = Écrivez le compte-rendu avec les autres, sans compte ni mot de passe.
joining-overline-host = L’atelier est prêt
joining-lead-host = Dites votre prénom, puis invitez les autres : le code à leur donner est sur la page suivante. Ils n’ont besoin d’aucun compte.
joining-enter = Entrer et écrire
joining-skip = Entrer sans donner de nom
joining-readers = Ce que vous écrivez est lu par toutes les personnes qui ont une adresse de cet atelier et figurera dans son compte-rendu, avec votre prénom à côté de ce que vous ajoutez.
joining-mandate = À quoi cela servira
joining-noscript = Écrire demande JavaScript : activez-le pour cette adresse, puis rechargez la page.
reminder-lead = Voulez-vous signer ce que vous écrivez ?
reminder-sign = Signer
reminder-later = Non merci
name-first = Prénom
name-organisation = Organisation (facultatif)
name-keep = Garder ce nom
name-unreachable = Le serveur ne répond pas : le nom n’est pas enregistré. Réessayez.

## export, invite, links, duplicate, keys: the panels

copy = Copier
copy-done = Copié
export-heading = Exporter le compte-rendu
export-md = Markdown
export-md-hint = .md, pour un wiki ou un autre éditeur de texte
export-html = Page HTML
export-html-hint = .html, une page complète à mettre en ligne ou à imprimer
export-txt = Texte
export-txt-hint = .txt, sans mise en forme, pour un courriel
export-csv = Tableur
export-csv-hint = .csv, tous les points de toutes les listes, à trier et à compter
export-json = JSON
export-json-hint = .json, toutes les données, pour un programme
export-done = Le fichier est prêt.
export-address = Adresse de lecture
export-address-hint = Toujours à jour, lisible sans compte ni JavaScript.
invite-heading = Inviter
invite-code-hint = Photographiez le QR code avec un téléphone, ou tapez le code à cette adresse.
invite-renew = Changer le code
invite-renewed = Le code a changé : l’ancien ne mène plus ici. Les personnes déjà entrées restent.
invite-mandate = À quoi cela servira
invite-mandate-hint = Montré à l’entrée : qui lira ce compte-rendu, ce que cela peut changer, et pour quand.
invite-write = Adresse pour écrire
invite-write-hint = Qui l’a peut écrire, même quand le code ne marche plus.
invite-read = Adresse pour lire
invite-read-hint = Qui l’a lit le compte-rendu, sans rien pouvoir changer.
links-heading = Liens et droits
links-hint = Chaque lien donne un droit. Retirer un lien ferme aussitôt les pages ouvertes avec lui.
links-loading = Chargement des liens…
links-personal = Entrée par le code
links-manage = Organiser
links-write = Écrire
links-vote = Choisir
links-read = Lire
links-used = Utilisé par { $names }
links-withdraw = Retirer
links-withdraw-one = Retirer le lien : { $label }
links-withdrawn = (retiré)
links-withdrawn-said = Le lien est retiré. Annuler donne un nouveau lien avec le même droit.
links-label = Pour qui (facultatif)
links-capability = Ce qu’il permet
links-give = Donner un lien
duplicate-heading = Dupliquer
duplicate-structure = La structure seule
duplicate-structure-hint = Un nouvel atelier avec les mêmes sections, vides.
duplicate-text = La structure et le texte
duplicate-text-hint = Un nouvel atelier qui commence par tout ce qui est écrit ici.
duplicate-template = Garder comme modèle
duplicate-template-hint = La structure rejoint les modèles de ce serveur, pour les prochains ateliers.
duplicate-made = Le nouvel atelier est prêt.
duplicate-template-made = Le modèle est prêt ; il apparaît sur la page d’accueil.
duplicate-address = Adresse pour l’organiser
duplicate-address-hint = Gardez-la : c’est la seule clé. Elle est aussi dans la liste de ce navigateur, sur la page d’accueil.
duplicate-open = Ouvrir
keys-heading = Raccourcis clavier
keyboard-shift = Maj
keyboard-escape = Échap
keyboard-pageup = Page préc.
keyboard-pagedown = Page suiv.
keys-space = puis une espace
keys-undo = Annuler ce que vous avez écrit
keys-redo = Rétablir
keys-bold = Gras
keys-italic = Italique
keys-bullet = Liste à puces
keys-number = Liste numérotée
keys-heading-line = Intertitre
keys-quote = Citation
keys-task = Case à cocher
keys-indent = Augmenter le retrait
keys-outdent = Diminuer le retrait
keys-leave = Quitter l’éditeur
keys-previous = Section précédente
keys-next = Section suivante
keys-single = Les touches seules agissent aussi (« ? » ici, F et D sur l’écran de la salle)
keys-keys = Cette liste

## unopened: when a workshop cannot be opened

unopened-refused = Cet atelier ne s’ouvre pas
unopened-unreachable = Le serveur ne répond pas
unopened-unreachable-hint = Rien de cet atelier n’est encore gardé sur cet appareil. Vérifiez la connexion, puis réessayez.
unopened-retry = Réessayer
unopened-code = Entrer un code

## refusal: what each refusal says, and what to do next

refusal-malformed-request = Cette demande est incomplète. Rechargez la page, puis réessayez.
refusal-malformed-update = Cette modification n’a pas pu être lue et n’a pas été enregistrée. Copiez ce que vous venez d’écrire, puis rechargez la page.
refusal-foreign-content = Cette modification contient ce qu’un compte-rendu ne peut pas garder (image, tableau, mise en forme inconnue) : elle n’a pas été enregistrée. Copiez ce que vous venez d’écrire, puis rechargez la page.
refusal-foreign-client-id = Cette modification arrive sous le nom de quelqu’un d’autre et n’a pas été enregistrée. Rechargez la page pour continuer.
refusal-unsaved-gap = Il manque une partie de cette modification, qui n’a pas été enregistrée. Copiez ce que vous venez d’écrire, puis rechargez la page.
refusal-too-large = C’est trop long pour être enregistré en une fois. Découpez le texte, puis collez-le en plusieurs fois.
refusal-full = Ce compte-rendu est plein : rien ne peut plus y être ajouté. Retirez ce qui ne sert plus, ou continuez dans un autre atelier.
refusal-session-expired = Cette page est restée inactive trop longtemps. Rechargez-la pour continuer.
refusal-unknown-link = Cette adresse n’ouvre rien. Vérifiez qu’elle est complète, ou redemandez-la à la personne qui vous l’a donnée.
refusal-withdrawn = Cette adresse a été retirée. Demandez-en une nouvelle à la personne qui organise l’atelier.
refusal-wrong-capability = Cette adresse ne donne pas ce droit. Demandez-en une autre à la personne qui organise l’atelier.
refusal-wrong-passphrase = Ce mot de passe n’est pas le bon. Vérifiez-le auprès de la personne qui tient ce serveur, puis réessayez.
refusal-wrong-code = Ce code n’ouvre aucun atelier en cours. Vérifiez-le sur l’écran de la salle, puis réessayez.
refusal-unknown-workshop = Cet atelier n’existe pas sur ce serveur. Vérifiez l’adresse, ou redemandez-la.
refusal-unknown-template = Ce modèle n’existe pas sur ce serveur. Choisissez-en un autre sur la page d’accueil.
refusal-unknown-section = Cette section n’existe pas dans l’atelier. Rechargez la page pour voir où il en est.
refusal-unknown-moment = L’historique de l’atelier ne va pas jusque-là, ou plus. Rechargez l’historique et choisissez un autre moment.
refusal-unknown-address = Il n’y a rien à cette adresse. Vérifiez-la, ou partez de la page d’accueil.
refusal-wrong-method = Cette adresse ne s’utilise pas ainsi. Partez de la page d’accueil.
refusal-closed-workshop = Cet atelier est fermé : on peut le lire, plus y écrire. Demandez à la personne qui l’organise de le rouvrir.
refusal-frozen = L’animateur a gelé l’écriture un moment. Gardez votre texte, puis réessayez quand l’écriture aura repris.
refusal-not-live = L’atelier n’est pas en direct, il n’a pas de code. Mettez-le d’abord en direct.
refusal-other-layout = Minutier a été mis à jour depuis l’ouverture de cette page. Rechargez-la pour continuer à écrire.
refusal-other-epoch = Cet atelier a été remplacé par une autre version sur le serveur. Rechargez la page ; ce que vous aviez écrit ici vous sera proposé à part.
refusal-too-many-tries = Trop d’essais en peu de temps. Attendez une minute, puis réessayez.
refusal-last-manage-link = C’est la dernière adresse qui permet d’organiser cet atelier. Donnez-en une autre avant de la retirer.
refusal-no-pick = Il n’y a rien à choisir ici pour le moment. Demandez à l’animateur d’ouvrir le choix.
refusal-no-picks-left = Vous avez déjà fait tous vos choix. Retirez-en un pour en faire un autre.
refusal-picked-more = Quelqu’un a déjà choisi plus de points que cela. Gardez ce nombre, ou un plus grand.
refusal-not-saving = Le serveur n’enregistre pas pour le moment. Gardez la page ouverte : vos modifications partiront dès que possible.
refusal-unavailable = Cet atelier ne peut pas être lu pour le moment. Rien n’est effacé ; réessayez plus tard, ou prévenez la personne qui tient ce serveur.
refusal-busy = Le serveur a beaucoup à faire en ce moment. Réessayez dans un instant.
refusal-stopping = Le serveur redémarre. Gardez la page ouverte : elle se reconnectera d’elle-même.
refusal-unexpected = Une erreur inattendue est survenue. Réessayez ; si elle revient, prévenez la personne qui tient ce serveur.

## editor: the text being written, its toolbar and what it says

editor-toolbar = Mise en forme : { $label }
editor-bold = Gras
editor-italic = Italique
editor-bullet = Liste à puces
editor-number = Liste numérotée
editor-heading = Intertitre
editor-task = Case à cocher
editor-quote = Citation
editor-link = Lien
editor-link-address = Adresse du lien
editor-link-apply = Mettre le lien
editor-link-wrong = Cette adresse ne peut pas être suivie. Elle commence par https:// ou est une adresse électronique.
editor-left = Vous avez quitté le texte. Entrée pour y revenir.
editor-task-done = Fait
editor-task-open = À faire
editor-paste-too-large = C’est trop long pour être collé en une fois. Collez-le en plusieurs morceaux.

## check

check-title = Comment va ce serveur
check-good = Tout va bien.
check-bad = Quelque chose demande votre attention.
check-well = ✓
check-ill = ✗ À regarder :

## review: what is still open before closing

review-heading = Relire avant de fermer
review-lead = { $count ->
    [one] Un point reste ouvert. Rien n’oblige à le compléter.
   *[other] { $count } points restent ouverts. Rien n’oblige à les compléter.
}
review-nothing = Rien ne reste ouvert.
review-offer = { $count ->
    [one] Relire avant de fermer : un point reste ouvert
   *[other] Relire avant de fermer : { $count } points restent ouverts
}
review-walk = Les voir l’un après l’autre
review-place = { $at } sur { $count }
review-previous = Précédent
review-show = Y aller
review-next = Suivant
review-stop = Terminer
review-title = L’atelier n’a pas encore de titre.
review-section = Rien n’est écrit dans « { $where } ».
review-value = « { $where } » n’est pas rempli.
review-label = Une ligne de « { $where } » n’a pas de nom.
review-group = Le groupe { $words } de « { $where } » n’a pas de titre.
review-slot = Le numéro { $words } de « { $where } » est vide.
review-slots = { $count ->
    [one] Une place est libre dans « { $where } ».
   *[other] { $count } places sont libres dans « { $where } ».
}
review-trailing = Une phrase s’arrête en chemin : « { $words } ».
review-acronym = Le sigle « { $words } » n’est pas expliqué.
review-address = Cette adresse ne mène nulle part : « { $words } ».

## history: what was written when, a moment of it, the way back

history-heading = Historique
history-loading = Lecture de l’historique…
history-lead = Tout ce qui s’est écrit reste ici. Choisissez un moment pour relire le compte-rendu tel qu’il était.
history-older = Plus ancien
history-back = Retour à l’historique
history-moment = { $day }, { $time }
history-before = Avant le retour à « { $name } »
history-before-one = Avant un retour en arrière
history-restored = Retour à « { $name } »
history-restored-one = Retour en arrière
history-by = Version de { $name }
history-somebody = quelqu’un sans nom
history-server = Numéros et listes tenus par le serveur
history-and-more = { $names } et { $count ->
    [one] une autre personne
   *[other] { $count } autres
}
history-name-now = Donner un nom au compte-rendu tel qu’il est maintenant
history-name-this = Donner un nom à ce moment
history-name-keep = Garder cette version
history-name-missing = Écrivez un nom, par exemple « Fin de l’atelier ».
history-named = La version « { $name } » est gardée.
history-minutes = Le compte-rendu à ce moment
history-same = Le compte-rendu dit aujourd’hui la même chose.
history-difference = Depuis : { $gone }, { $added }.
history-difference-gone = { $count ->
    [0] rien n’a disparu
    [one] une ligne a disparu ou changé
   *[other] { $count } lignes ont disparu ou changé
}
history-difference-new = { $count ->
    [0] rien n’est nouveau
    [one] une ligne est nouvelle ou a changé
   *[other] { $count } lignes sont nouvelles ou ont changé
}
history-compare = Montrer ce qui a changé depuis
history-gone = disparu depuis
history-new = nouveau depuis
history-return = Revenir à cette version
history-sure = Le compte-rendu redira ce qu’il disait à ce moment : ce qui a disparu depuis revient, ce qui est nouveau s’en va. Ce que les autres écrivent pendant ce temps reste, les choix et les numéros aussi. Ce qui est là maintenant est gardé dans l’historique : vous pourrez y revenir.
history-stay = Ne rien changer
history-done = Le compte-rendu est revenu à « { $name } ».
history-undone = Le compte-rendu est de nouveau comme avant le retour.
history-others = { $who } a rétabli la version « { $name } » du compte-rendu. Ce qui était là avant est dans l’historique.
history-others-one = { $who } a rétabli le compte-rendu d’un moment antérieur. Ce qui était là avant est dans l’historique.
history-already = Le compte-rendu dit déjà cela : rien n’a changé.

## glossary: what words and acronyms mean

glossary-heading = Glossaire
glossary-lead = Ce que veulent dire les sigles et les mots du métier. L’explication s’affiche sous les sections qui les emploient, et dans toutes les versions à lire, à imprimer ou à télécharger.
glossary-empty = Aucun mot n’est encore expliqué.
glossary-term = Sigle ou mot
glossary-meaning = Ce que cela veut dire
glossary-add = Ajouter au glossaire
glossary-added = « { $term } » est expliqué.
glossary-missing = Écrivez le sigle et ce qu’il veut dire.
glossary-all = Déjà dans le glossaire
glossary-no-meaning = Connu de tous : pas d’explication
glossary-suggested = Sigles à expliquer
glossary-explain = Expliquer { $term }
glossary-known = Connu de tous
glossary-known-of = { $term } est connu de tous
glossary-remove = Retirer « { $term } » du glossaire
glossary-removed = « { $term } » n’est plus dans le glossaire.
glossary-in-section = Sigles et mots expliqués :
glossary-edit = Modifier le glossaire
glossary-open = Ouvrir le glossaire
glossary-waiting = { $count ->
    [0] Aucun sigle n’attend d’explication.
    [one] Un sigle attend une explication.
   *[other] { $count } sigles attendent une explication.
}

## paper: for the room without screens

paper-heading = À imprimer pour la salle
paper-lead = Un chevalet à plier en deux, puis le même compte-rendu en formulaire vierge, à remplir au stylo.
paper-print = Imprimer
paper-back = Revenir à l’atelier
paper-tent = Chevalet de table
paper-form = Formulaire vierge
paper-join = Pour écrire avec nous : photographiez ce QR code, ou tapez ce code sur { $host }/j
paper-people = Nom, organisation, secteur ({ $sectors })
paper-groups = { $count ->
    [one] { $count } groupe
   *[other] { $count } groupes
}

## kept: what this server keeps of people, and what it keeps of oneself

kept-title = Ce qui est gardé
kept-lead = Ce serveur ne demande ni compte ni adresse de courriel, ne dépose aucun cookie et ne transmet rien à personne.
kept-minutes = Ce qui s’écrit
kept-minutes-text = Le compte-rendu de chaque atelier et son historique : chaque modification, à quelle heure et de qui. C’est ce qui permet de ne rien perdre et de revenir en arrière. Qui peut y écrire peut relire l’historique, aussi ce qui a été retiré du texte.
kept-person = Qui écrit
kept-person-text = Le prénom et l’organisation que vous donnez, si vous en donnez, une couleur, et un numéro qui n’a de sens que dans cet atelier. Les personnes qui ont une adresse pour y écrire peuvent les voir ; le prénom accompagne les propositions que vous notez.
kept-technical = Le journal technique
kept-technical-text = Des durées et des codes d’erreur, par atelier. Aucun nom, aucun texte, aucune adresse de réseau.
kept-device = Sur votre appareil
kept-device-text = Votre navigateur garde le texte des ateliers que vous ouvrez, pour qu’une panne de réseau ne fasse rien perdre, les lignes que vous y avez commencées sans les ajouter, votre nom et la liste de vos ateliers. Effacer les données de ce site dans le navigateur les retire.
kept-where = Où
kept-where-text = Sur le serveur { $origin } et dans ses sauvegardes, nulle part ailleurs. Rien n’est demandé à un autre serveur.
kept-long = Combien de temps
kept-long-text = Aussi longtemps que l’atelier : rien ne s’efface avec l’âge. Ce qui est effacé à la demande l’est aussitôt ; les sauvegardes faites avant disparaissent quand la personne qui tient ce serveur les supprime.
kept-rights = Vos droits
kept-rights-text = Dans un atelier, la liste des personnes présentes ouvre « Ce qui est gardé de moi » : on y voit et on y télécharge tout, on y change ou efface son nom. Effacer un nom du texte et de l’historique, ou un atelier entier, se demande à la personne qui tient ce serveur.
kept-ask = À qui demander
kept-ask-text = À la personne qui tient ce serveur :
kept-ask-anybody = La personne qui vous a donné l’adresse de l’atelier sait qui s’occupe de ce serveur.
kept-mine = Ce qui est gardé de moi
kept-loading = Lecture de ce qui est gardé…
kept-failed = Le serveur ne répond pas. Réessayez.
kept-nothing = Rien n’est gardé de vous : vous lisez seulement.
kept-name = Nom
kept-organisation = Organisation
kept-none = non donné
kept-since = Première venue
kept-changes = Modifications dans l’historique
kept-texts = Ce que vous avez écrit
kept-no-texts = Rien de ce que vous avez écrit n’est dans le texte.
kept-download = Tout télécharger
kept-rename = Changer mon nom
kept-unname = Effacer mon nom
kept-unnamed = Votre nom est effacé de la liste. Ce que vous avez écrit reste, sans nom.
kept-more = Tout sur ce qui est gardé, et à qui demander
