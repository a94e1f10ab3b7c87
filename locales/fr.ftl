## page: what every page of the server shares

page-name = Minutier
page-skip = Aller au contenu
page-languages = Langue de l’interface
page-untitled = Sans titre
page-colophon = Minutier garde ce qui s’est dit. Rien de cette page ne vient d’un autre serveur, aucun cookie n’est posé.

## state: where a workshop stands

state-prepared = Préparé
state-live = En direct
state-open = Espace ouvert
state-closed = Terminé

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
start-passphrase = Phrase de passe de ce serveur
start-passphrase-hint = Ce serveur demande une phrase de passe pour commencer un atelier. Demandez-la à la personne qui l’héberge.
start-go = Commencer l’atelier
start-busy = Préparation de l’atelier…
start-unreachable = Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.

## preview: the dialog that shows a template's example

preview-heading = Exemple : { $title }
preview-loading = Chargement de l’exemple…
preview-failed = L’exemple n’a pas pu être chargé. Vérifiez la connexion, puis réessayez.
preview-close = Fermer
preview-start = Commencer avec ce modèle

## template-page

template-page-kind = Modèle d’atelier, rempli d’un exemple
template-page-back = Tous les modèles

## reading-page

reading-page-started = Commencé le
reading-page-changed = Dernière modification le
reading-page-exports = Télécharger
reading-page-format-md = Markdown
reading-page-format-html = HTML
reading-page-format-txt = Texte
reading-page-format-json = JSON

## join-page

join-page-title = Rejoindre un atelier
join-page-lead = Entrez le code affiché dans la salle pour écrire avec les autres.
join-page-code = Code
join-page-hint = Six lettres et chiffres ; les espaces et les majuscules ne comptent pas.
join-page-enter = Entrer
join-page-entering = Ouverture de l’atelier…
join-page-failing = Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.
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

