## page: what every page of the server shares

page-name = Minutier
page-skip = Skip to content
page-languages = Language of the interface
page-untitled = Untitled
page-colophon = Minutier keeps what was said. Nothing on this page comes from another server, and no cookie is set.

## state: where a workshop stands

state-prepared = Prepared
state-live = Live
state-open = Open space
state-closed = Closed

## home

home-title = Write the minutes of a workshop together
home-lead = Pick a template and share the code: everybody writes from a phone or a computer, without an account. The space stays open afterwards.
home-join = Do you have a code?
home-join-hint = Six letters and digits, shown in the room.
home-join-go = Join
home-gallery = Start a workshop
home-kept = Templates kept on this server
home-start = Start
home-start-with = Start with { $title }
home-preview = See the example
home-preview-of = See the example: { $title }
home-noscript = Starting a workshop and writing in it need JavaScript. Examples and reading pages do without.
home-known = Your workshops
home-known-hint = Those this browser knows. The list stays on this device.
home-known-visited = Opened on { $date }
home-known-forget = Remove from the list
home-known-forget-of = Remove from the list: { $title }
home-known-forgotten = “{ $title }” is no longer in the list. The workshop itself stays where it is.
home-known-undo = Undo
home-capability-read = Reading
home-capability-vote = Picking
home-capability-write = Writing
home-capability-manage = Organising

## start: the dialog that starts a workshop

start-heading = Start a workshop
start-template = Template: { $title }
start-title = Title
start-title-hint = Optional: you can write or change it at any time.
start-language = Language of the minutes
start-language-fr = French
start-language-en = English
start-passphrase = Passphrase of this server
start-passphrase-hint = This server asks for a passphrase before a workshop is started. Ask the person who hosts it.
start-go = Start the workshop
start-busy = Preparing the workshop…
start-unreachable = The server does not answer. Check the connection, then try again.

## preview: the dialog that shows a template's example

preview-heading = Example: { $title }
preview-loading = Loading the example…
preview-failed = The example could not be loaded. Check the connection, then try again.
preview-close = Close
preview-start = Start with this template

## template-page

template-page-kind = Workshop template, filled with an example
template-page-back = All templates

## reading-page

reading-page-started = Started on
reading-page-changed = Last changed on
reading-page-exports = Download
reading-page-format-md = Markdown
reading-page-format-html = HTML
reading-page-format-txt = Text
reading-page-format-json = JSON

## join-page

join-page-title = Join a workshop
join-page-lead = Enter the code shown in the room to write with the others.
join-page-code = Code
join-page-hint = Six letters and digits; spaces and capitals do not matter.
join-page-enter = Enter
join-page-entering = Opening the workshop…
join-page-failing = The server does not answer. Check the connection, then try again.
join-page-noscript = Entering the workshop needs JavaScript: allow it for this address, then reload the page. To read only, ask for the reading address.

## workshop-page: before its script has run

workshop-page-title = Workshop
workshop-page-opening = Opening the workshop…
workshop-page-noscript = Writing together needs JavaScript: allow it for this address, then reload the page. To read only, ask for the reading address.

## refusal-page

refusal-page-title = That did not work
refusal-page-home = Go to the home page
refusal-page-join = Enter a code
refusal-page-id = Reference to give when asking for help: { $id }

