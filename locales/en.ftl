## page: what every page of the server shares

page-name = Minutier
page-skip = Skip to content
page-languages = Language of the interface
page-untitled = Untitled
page-colophon = Minutier keeps what was said. Nothing on this page comes from another server, and no cookie is set.

## title: what the title of a page says besides the workshop's own

title-door = Join: { $title }
title-paper = To print: { $title }
title-projector = Room’s screen: { $title }
title-reading = Reading: { $title }

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
start-passphrase = Password of this server
start-passphrase-hint = This server asks for a password before a workshop is started. Ask whoever keeps this server.
start-go = Start the workshop
start-busy = Preparing the workshop…

## dialog: every dialog

dialog-close = Close

## preview: the dialog that shows a template's example

preview-heading = Example: { $title }
preview-loading = Loading the example…
preview-failed = The example could not be loaded. Check the connection, then try again.
preview-start = Start with this template

## template-page

template-page-kind = Workshop template
template-page-back = All templates

## reading-page

reading-page-started = Started on
reading-page-changed = Last changed on
reading-page-updated = Updated at
reading-page-projector = Project in the room
reading-page-exports = Download
reading-page-format-md = Markdown
reading-page-format-html = HTML
reading-page-format-txt = Text
reading-page-format-csv = Spreadsheet
reading-page-format-json = JSON

## join-page

join-page-title = Join a workshop
join-page-lead = Enter the code shown in the room to write with the others.
join-page-code = Code
join-page-hint = Six letters and digits; spaces and capitals do not matter.
join-page-enter = Enter
join-page-entering = Opening the workshop…
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


## shared: an input several people may write in

shared-other = Somebody else wrote: { $value }
shared-take = Take theirs
shared-keep = Keep mine

## sections: what every section shares

sections-here = Here now:
sections-write-here = Write here…
sections-nothing-yet = Nothing yet.
sections-done = Done
sections-move-up = Move up
sections-move-down = Move down
sections-remove = Remove
sections-moved = Moved: place { $position } of { $count }.
sections-is-first = Already at the top.
sections-is-last = Already at the end.

## fields: a section of labelled values

fields-more-than = More than
fields-more-than-label = { $label }: “more than”
fields-pick-date = Choose in the calendar: { $label }
fields-pick-time = Choose the time: { $label }
fields-open = Open this address
fields-hint-line = Write here…
fields-hint-date = 28 February 2017
fields-hint-time = 14:30
fields-hint-duration = 2 h or 45 min
fields-hint-number = 40, or more than 40
fields-hint-place = Room, address…
fields-hint-address = https://
fields-hint-choice = —
fields-unread-line = Kept as written.
fields-unread-place = Kept as written.
fields-unread-date = Kept as written: not a date we can read.
fields-unread-time = Kept as written: not a time we can read.
fields-unread-duration = Kept as written: not a duration we can read.
fields-unread-number = Kept as written: not a number.
fields-unread-address = Kept as written: not a web address.
fields-unread-choice = Kept as written: this choice is no longer offered.

## persons: a section of people

persons-name = Name
persons-organisation = Organisation
persons-role = Role
persons-sector = Sector
persons-add = Add
persons-add-hint = Add a person…
persons-add-form = Add a person to “{ $heading }”
persons-added = { $name } is in the list.
persons-edit = Edit { $name }
persons-remove = Remove { $name }
persons-removed = { $name } is no longer in the list.

## items: proposals, actions, points

items-capture = Add to “{ $heading }”
items-capture-item = Add { $noun }…
items-capture-group = Group of what is added
items-no-group = No group
items-add = Add
items-added = Added: { $text }
items-added-several = Added: { $count } { $noun }.
items-too-many = { $count } lines are too many at once: paste { $most } at most.
items-removed = Removed: { $text }
items-one = Point { $number }
items-you = You
items-just-now = just now
items-menu = Move, remove: { $text }
items-to-group = Put into { $group }
items-leave-group = Take out of the group
items-now-in = Now in { $group }.
items-moved-group = Moved: place { $position } of { $count } in { $group }.
items-condenses-choose = Brings together other points…
items-condenses-title = Points that “{ $text }” brings together
items-action-add = Owner, due date…
items-action-edit = Owner, due date and status
items-group-add = Add a group
items-group-added = Group added.
items-group-heading = Heading of group { $letter }
items-group-placeholder = Heading of the group
items-group-menu = Group { $group }: move, remove
items-group-remove = Remove the group, keep its points
items-group-removed = Group removed: { $group }

## noun: what one calls an item of a section

noun-lead = { $form ->
    [one] an idea
    [many] ideas
   *[the] idea
}
noun-proposal = { $form ->
    [one] a proposal
    [many] proposals
   *[the] proposal
}
noun-solution = { $form ->
    [one] a solution
    [many] solutions
   *[the] solution
}
noun-problem = { $form ->
    [one] a problem
    [many] problems
   *[the] problem
}
noun-idea = { $form ->
    [one] an idea
    [many] ideas
   *[the] idea
}
noun-question = { $form ->
    [one] a question
    [many] questions
   *[the] question
}
noun-action = { $form ->
    [one] an action
    [many] actions
   *[the] action
}
noun-point = { $form ->
    [one] a point
    [many] points
   *[the] point
}

## ranking: the most important points

ranking-choose = Choose a point for “{ $heading }”
ranking-choose-short = Choose a point…
ranking-choose-below = Add a point below the line of “{ $heading }”
ranking-choose-below-short = Add below the line…
ranking-chosen = { $text }: place { $position }.
ranking-nothing-to-choose = There is nothing to choose from yet: the points of the list will appear here.
ranking-number = no. { $number }
ranking-below = Below the line
ranking-remove = Take out of the ranking
ranking-removed = Taken out of the ranking: { $text }
ranking-tied = tied
ranking-filling = Filled by the picks as they come.
ranking-secret = Will be filled when the picking ends.
ranking-to-confirm = Filled by the picks, to be confirmed.
ranking-undecided = A tie for { $count } slots: to be settled.
ranking-confirm = Confirm this ranking
ranking-confirmed = Ranking confirmed.
ranking-release = Back to the order of the picks
ranking-released = The ranking follows the picks again.

## pick: choosing the points that matter most

pick-open = Let people pick what matters most
pick-reopen = Start picking again
pick-start = Start picking
pick-cancel = Cancel
pick-size = Points for each person
pick-hide-until = Show results only at the end
pick-close = End the picking
pick-show = Show results
pick-hide = Hide results
pick-hidden = results at the end
pick-choose = { $count ->
    [one] Pick one point.
   *[other] Pick up to { $count } points.
}
pick-left = { $left ->
    [0] All your picks are made.
   *[other] You have { $left } left.
}
pick-others = People are picking.
pick-call = A choice is open:
pick-call-label = A choice is open
pick-call-said = A choice is open in “{ $section }”.
pick-voters = { $count ->
    [0] Nobody has picked yet
    [one] 1 person has picked
   *[other] { $count } people have picked
}
pick-none-left = { $count ->
    [one] Your pick is made: take it back to make another.
   *[other] Your { $count } picks are made: take one back to make another.
}
pick-picked = Picked: { $text } You have { $left } left.
pick-withdrawn = Pick taken back: { $text } You have { $left } left.
pick-item = { $votes ->
    [-1] Pick: { $text }
    [one] Pick: { $text } ({ $votes } pick)
   *[other] Pick: { $text } ({ $votes } picks)
}
pick-votes = { $count ->
    [one] 1 pick
   *[other] { $count } picks
}
pick-votes-mine = { $count ->
    [one] 1 pick, yours
   *[other] { $count } picks, one of them yours
}

## synthesis: what a proposal was made from

synthesis-into-choose = Take up in…
synthesis-into-title = Take up “{ $text }” in…
synthesis-taken = “{ $text }” is taken up in “{ $into }”.
synthesis-none = There are no points in another list yet.

## groups: a list split in groups A, B, …

groups-split = Split into groups
groups-count = Number of groups
groups-split-go = Split
groups-split-said = { $count } groups work on their own.
groups-cancel = Cancel
groups-choice = Group shown
groups-group = Group { $letter }
groups-enter = Show group { $group } only
groups-all = All groups
groups-addresses = Addresses of the groups
groups-addresses-heading = One QR code per group
groups-addresses-hint = Each code opens the workshop right in the group of whoever scans it.
groups-qr = QR code of group { $letter }
groups-projector = Project this group
groups-gather = Bring the groups together
groups-gathered = Groups brought together.
groups-merged = { $count ->
    [one] 1 duplicate merged.
   *[other] { $count } duplicates merged.
}
groups-dropped = { $count ->
    [one] 1 empty one dropped.
   *[other] { $count } empty ones dropped.
}
groups-also = also no. { $numbers }

## capture: in which order a list is looked at, what was corrected

capture-order = Order:
capture-order-arranged = as in the list
capture-order-theme = by theme
capture-order-captured = as captured
capture-order-picked = by picks
capture-dictated = Dictated by…
capture-dictated-who = Who said it?
capture-dictated-keep = Keep
capture-dictated-by = dictated by { $who }
capture-corrected = corrected: { $time }
capture-corrected-by = corrected by { $who }: { $time }

## runsheet: the phases and their sum

runsheet-label = Phase
runsheet-groups = Groups
runsheet-duration = Duration
runsheet-add = Add
runsheet-add-hint = Add a phase…
runsheet-add-form = Add a phase to “{ $heading }”
runsheet-added = Phase added: { $label }
runsheet-removed = Phase removed: { $label }
runsheet-menu = Move, remove the phase: { $label }
runsheet-fits = this is the planned duration
runsheet-missing = { $duration } left to share out
runsheet-over = { $duration } more than planned

## notice: the closing notice

notice-code = Code
notice-qr = QR code of the address of this workshop

## structure: the sections themselves

structure-heading = Heading of the section
structure-guidance = Guidance, shown until somebody writes
structure-menu = Move, remove the section: { $heading }
structure-up = Move the section up: { $heading }
structure-down = Move the section down: { $heading }
structure-remove = Remove the section
structure-removed = Section removed: { $heading }
structure-restore = Put back “{ $heading }”
structure-removed-ones = Removed sections
structure-add = Add a section
structure-added = Section added: { $kind }
structure-kind-prose = Text
structure-kind-fields = Form
structure-kind-people = People
structure-kind-items = List of points
structure-kind-ranking = Most important points
structure-kind-runsheet = Run sheet
structure-kind-notice = Closing notice
structure-about-prose = Free text, with headings and lists
structure-about-fields = Date, place, duration… one value per line
structure-about-people = Counted, by sector
structure-about-items = Proposals, actions, problems, one per line
structure-about-ranking = Chosen from a list and ranked
structure-about-runsheet = The phases and how long they take
structure-about-notice = A text with the address and the QR code
structure-marker = Before each point
structure-marker-bullet = Bullets
structure-marker-number = Numbers
structure-marker-letter = Letters
structure-actions = Owner, due date and status for each point
structure-grouped = Groups A), B)…
structure-sectors = Sectors to choose from, one per line
structure-joining = People who join the workshop are listed here
structure-source = Chosen from
structure-size = Number of places
structure-closing = Offer the synthesis so many minutes before the end (0: never)
structure-notice = Text of the notice
structure-notice-text = This space stays at your disposal at this address:
structure-fields = The fields of this section
structure-field-add = Add a field
structure-field-new = New field
structure-field-label = Name of the field
structure-field-type = Type of “{ $label }”
structure-field-menu = Move, remove the field: { $label }
structure-field-removed = Field removed: { $label }
structure-choices = Choices of “{ $label }”, one per line
structure-choices-hint = One choice per line
structure-type-line = Text
structure-type-date = Date
structure-type-time = Time
structure-type-duration = Duration
structure-type-number = Number
structure-type-place = Place
structure-type-address = Web address
structure-type-choice = Choice

## saved: the mark, the banners

saved-saved = Saved
saved-saving = Saving…
saved-offline = { $changes ->
    [0] Offline: what you write will be kept on this device
    [one] Offline: { $changes } change is kept on this device
   *[other] Offline: { $changes } changes are kept on this device
}
saved-offline-short = { $changes ->
    [0] Offline
   *[other] Offline: { $changes } on this device
}
saved-read-only-short = Read-only
saved-read-only-withdrawn = Read-only: this link no longer opens the workshop. Ask its organiser for another; what you wrote is still on this device.
saved-read-only-layout = Read-only: this page is older than an update. Reload it to go on writing.
saved-read-only-epoch = Read-only: the workshop was replaced by another version on the server. Reload the page; your text from here will be set aside and offered to you.
saved-read-only-too-large = Read-only: what was pasted here is too large to be sent. Download your text, then reload the page.
saved-read-only-full = Read-only: these minutes are full. Go on in another workshop; what was not saved is still on this device.
saved-read-only-malformed = Read-only: the server does not accept what this page sends. Download your text, then reload the page.
saved-read-only-storage = Read-only: the server cannot save for the moment. Nothing is lost; writing will resume by itself.
saved-read-only-closed = Read-only: the workshop is closed. Whoever organises it can reopen it.
saved-read-only-frozen = Read-only: the facilitator has frozen writing for a moment. What you wrote is kept here and will follow.
saved-read-only-capability = Read-only: this link lets you read, not write.
banner-label = Warning
banner-near-full = These minutes are almost full. Remove what is no longer needed, or go on in another workshop: beyond that, nothing more can be added.
banner-reload = Reload the page
banner-unsent = What you wrote meanwhile is not saved; it is still on this device.
banner-download = Download my text
banner-forget = Forget this text
banner-aside = The workshop was replaced by another version on the server. The text that was on this device is kept apart, not mixed into the new one.
structure-label = Structure
structure-banner = You are editing the structure: headings, guidance, the order of sections.
structure-done = Back to the text
notices-label = Messages
notices-undo = Undo
notices-dismiss = Close this message
attempt-unreachable = The server does not answer. Check the connection, then try again.

## bar: the top of the workshop page

bar-template = Template
bar-change-state = change the state of the workshop
bar-menu = More actions
bar-invite = Invite
bar-project = Project
bar-export = Export
bar-people = Who is here
bar-name = Change my name
bar-structure = Edit the structure
bar-structure-done = Leave the structure
bar-duplicate = Duplicate…
bar-language = Français
bar-theme-system = System colours
bar-theme-light = Light colours
bar-theme-dark = Dark colours
bar-keys = Keyboard shortcuts
bar-home = Home
undo-undo = Undo
undo-redo = Redo
state-heading = Where does the workshop stand?
state-prepared-hint = It has not begun: the code does not work yet.
state-live-hint = People write together; the code and the QR code let them in.
state-open-hint = The workshop is over, the space stays open to go on.
state-closed-hint = People read and no longer write. You can open it again.
state-changed = The workshop is now: { $state }.

## workshop: the sheet and what stands around it

sheet-title = Title
outline-heading = Outline
outline-untitled = Untitled
outline-empty = empty
outline-begun = begun
outline-filled = filled
outline-here = here: { $names }
beside-label = Around the workshop
beside-join = Join
beside-news = Just now
beside-people = Who is here
join-qr = QR code to join the workshop
join-code = Code: { $code }
join-scan = Point a phone’s camera at it
people-here = { $count ->
    [one] { $count } person here: see who
   *[other] { $count } people here: see who
}
people-you = You
people-is-you = (you)
people-someone = Somebody
people-in = in “{ $section }”
news-item = added { $noun } { $number }
news-item-unnumbered = added { $noun }
news-items = added { $count } { $noun }
news-item-said = { $who } { $what }.
news-items-said = { $count } more in “{ $section }”.
news-writes = is writing in “{ $section }”
news-here = is here
news-here-said = { $who } is here.

## stage: what the room looks at together

stage-heading = Facilitate the workshop
stage-strip = Time and turns to speak
stage-facilitate = Facilitate
stage-show = Show a section
stage-show-wall = On the room’s screen
stage-show-all = To everybody
stage-shown-wall = “{ $section }” is on the room’s screen.
stage-shown-all = “{ $section }” is shown to everybody.
stage-show-end = Stop showing
stage-call-label = Follow the facilitator
stage-call-said = The facilitator shows “{ $section }”.
stage-call-along = You follow the facilitator:
stage-call-elsewhere = The facilitator shows:
stage-call-go = Go there
stage-call-leave = Stop following

## timer: the phases and their clock

timer-heading = Time
timer-phase = Phase { $position } of { $count }
timer-phase-one = phase { $position }
timer-over = over
timer-over-said = The time is over.
timer-phase-said = Phase { $position } of { $count }: { $label }. Duration: { $duration }.
timer-paused = paused
timer-begin = Begin: { $phase }
timer-minutes = { $minutes } min
timer-pause = Pause
timer-resume = Resume
timer-more = + 1 min
timer-next = Next
timer-next-to = Next phase: { $phase }
timer-previous = Previous phase: { $phase }
timer-stop = Finish
timer-missing = Run sheet: { $duration } left to share out.
timer-too-much = Run sheet: { $duration } more than planned.
timer-synthesis = Go on to the synthesis
timer-synthesis-all = Take everybody there
timer-synthesis-later = Later
timer-synthesis-said = The end is near: you can go on to the synthesis.
timer-whole-left = { $minutes ->
    [one] { $minutes } minute left in all.
   *[other] { $minutes } minutes left in all.
}
timer-whole-over = The time that was planned is over.
timer-still-empty = Still empty:
timer-empty-more = and { $count } more

## calls: hands raised, writing frozen

calls-hands = Hands raised
calls-hands-count = { $hands ->
    [one] hand raised
   *[other] hands raised
}
calls-no-hands = Nobody asks to speak.
calls-hand-raise = Raise your hand
calls-hand-up = { $place ->
    [1] Hand raised: your turn
   *[other] Hand raised: no. { $place }
}
calls-hand-lower = Lower
calls-hand-lower-of = Lower the hand of { $name }
calls-freeze = Freeze writing
calls-freeze-hint = Everybody stops writing and reads, for as long as you talk. Nothing is lost.
calls-frozen = Writing is frozen for another { $left }.
calls-frozen-for-now = The facilitator has frozen writing for a moment, for another { $left }. What you wrote is kept here and will follow.
calls-thaw = Resume writing

## projector: the room's screen

projector-title = The room’s screen
projector-opening = Opening the screen…
projector-noscript = This screen keeps itself up to date with JavaScript: allow it for this address, then reload the page.
projector-read = Read the minutes without JavaScript
projector-people = { $count ->
    [one] { $count } person here
   *[other] { $count } people here
}
projector-line-saved = Saved
projector-line-lost = Offline: this screen is coming back
projector-line-full = The server cannot save for the moment
projector-line-withdrawn = This address was withdrawn
projector-frozen = Writing is frozen
projector-votes = { $votes ->
    [one] pick
   *[other] picks
}
projector-section = Section shown: { $section }
projector-keys = Controls of the screen
projector-previous = Previous section
projector-next = Next section
projector-follow = Follow
projector-full = Full screen
projector-dark = Dark

## joining: the screen at the door, the reminder, the name

joining-overline = An invitation to write
joining-lead = Write the minutes together with the others, without an account or a password.
joining-overline-host = The workshop is ready
joining-lead-host = Give your first name, then invite the others: the code for them is on the next page. They need no account.
joining-enter = Enter and write
joining-skip = Enter without a name
joining-readers = What you write is read by everybody who has an address of this workshop and will be part of its minutes, with your first name beside what you add.
joining-mandate = What this is for
joining-noscript = Writing needs JavaScript: allow it for this address, then load the page again.
reminder-lead = Would you like to sign what you write?
reminder-sign = Sign
reminder-later = No, thank you
name-first = First name
name-organisation = Organisation (optional)
name-keep = Keep this name
name-unreachable = The server does not answer: the name is not saved. Try again.

## export, invite, links, duplicate, keys: the panels

copy = Copy
copy-done = Copied
export-heading = Export the minutes
export-md = Markdown
export-md-hint = .md, for a wiki or another text editor
export-html = HTML page
export-html-hint = .html, a complete page to publish or print
export-txt = Text
export-txt-hint = .txt, without formatting, for an email
export-csv = Spreadsheet
export-csv-hint = .csv, every item of every list, to sort and count
export-json = JSON
export-json-hint = .json, all the data, for a program
export-done = The file is ready.
export-address = Reading address
export-address-hint = Always up to date, readable without an account or JavaScript.
invite-heading = Invite
invite-code-hint = Point a phone’s camera at the QR code, or type the code at this address.
invite-renew = Change the code
invite-renewed = The code has changed: the old one leads nowhere. Whoever came in stays.
invite-mandate = What this is for
invite-mandate-hint = Shown at the door: who will read these minutes, what they can change, and by when.
invite-write = Address for writing
invite-write-hint = Whoever has it can write, even when the code no longer works.
invite-read = Address for reading
invite-read-hint = Whoever has it reads the minutes and can change nothing.
links-heading = Links and rights
links-hint = Each link gives a right. Withdrawing a link closes at once the pages opened with it.
links-loading = Loading the links…
links-personal = Entered by the code
links-manage = Organise
links-write = Write
links-vote = Pick
links-read = Read
links-used = Used by { $names }
links-withdraw = Withdraw
links-withdraw-one = Withdraw the link: { $label }
links-withdrawn = (withdrawn)
links-withdrawn-said = The link is withdrawn. Undo gives a new link with the same right.
links-label = For whom (optional)
links-capability = What it allows
links-give = Give a link
duplicate-heading = Duplicate
duplicate-structure = The structure alone
duplicate-structure-hint = A new workshop with the same sections, empty.
duplicate-text = The structure and the text
duplicate-text-hint = A new workshop that starts with everything written here.
duplicate-template = Keep as a template
duplicate-template-hint = The structure joins the templates of this server, for the next workshops.
duplicate-made = The new workshop is ready.
duplicate-template-made = The template is ready; it appears on the home page.
duplicate-address = Address to organise it
duplicate-address-hint = Keep it: it is the only key. It also stands in this browser’s list on the home page.
duplicate-open = Open
keys-heading = Keyboard shortcuts
keyboard-shift = Shift
keyboard-escape = Escape
keyboard-pageup = Page Up
keyboard-pagedown = Page Down
keys-space = then a space
keys-undo = Undo what you wrote
keys-redo = Redo
keys-bold = Bold
keys-italic = Italic
keys-bullet = Bulleted list
keys-number = Numbered list
keys-heading-line = Heading
keys-quote = Quotation
keys-task = Checkbox
keys-indent = Indent
keys-outdent = Outdent
keys-leave = Leave the editor
keys-previous = Previous section
keys-next = Next section
keys-single = Keys pressed alone act as well (“?” here, F and D on the room’s screen)
keys-keys = This list

## unopened: when a workshop cannot be opened

unopened-refused = This workshop does not open
unopened-unreachable = The server does not answer
unopened-unreachable-hint = Nothing of this workshop is kept on this device yet. Check the connection, then try again.
unopened-retry = Try again
unopened-code = Enter a code

## refusal: what each refusal says, and what to do next

refusal-malformed-request = This request is incomplete. Reload the page, then try again.
refusal-malformed-update = This change could not be read and was not saved. Copy what you just wrote, then reload the page.
refusal-foreign-content = This change holds something that minutes cannot keep, such as an image, a table or an unknown format, so it was not saved. Copy what you just wrote, then reload the page.
refusal-foreign-client-id = This change came under somebody else’s name and was not saved. Reload the page to go on.
refusal-unsaved-gap = A part of this change is missing, so it was not saved. Copy what you just wrote, then reload the page.
refusal-too-large = This is too long to be saved at once. Split the text, then paste it in several parts.
refusal-full = These minutes are full: nothing more can be added. Remove what is no longer needed, or go on in another workshop.
refusal-session-expired = This page has been idle for too long. Reload it to go on.
refusal-unknown-link = This address opens nothing. Check that it is complete, or ask again whoever gave it to you.
refusal-withdrawn = This address has been withdrawn. Ask the organiser of the workshop for a new one.
refusal-wrong-capability = This address does not give that right. Ask the organiser of the workshop for another one.
refusal-wrong-passphrase = This is not the right password. Check it with whoever keeps this server, then try again.
refusal-wrong-code = This code opens no workshop at the moment. Check it on the screen in the room, then try again.
refusal-unknown-workshop = This workshop is not on this server. Check the address, or ask for it again.
refusal-unknown-template = This template is not on this server. Choose another one on the home page.
refusal-unknown-section = This section is not in the workshop. Reload the page to see how it stands.
refusal-unknown-moment = The history of the workshop does not go there, or not any more. Load the history again and choose another moment.
refusal-unknown-address = There is nothing at this address. Check it, or start from the home page.
refusal-wrong-method = This address is not used that way. Start from the home page.
refusal-closed-workshop = This workshop is closed: it can be read, no longer written. Ask its organiser to open it again.
refusal-frozen = The facilitator has frozen writing for a moment. Keep your text, then try again when it goes on.
refusal-not-live = The workshop is not live, so it has no code. Make it live first.
refusal-other-layout = Minutier was updated after this page was opened. Reload it to go on writing.
refusal-other-epoch = This workshop was replaced by another version on the server. Reload the page; what you had written here will be offered to you apart.
refusal-too-many-tries = Too many tries in a short time. Wait a minute, then try again.
refusal-last-manage-link = This is the last address from which this workshop can be organised. Give another one before you withdraw it.
refusal-no-pick = There is nothing to pick here for now. Ask the facilitator to start the picking.
refusal-no-picks-left = You have already made all your picks. Take one back to make another.
refusal-picked-more = Somebody has already picked more points than that. Keep this number, or a larger one.
refusal-not-saving = The server is not saving at the moment. Keep the page open: your changes will be sent as soon as possible.
refusal-unavailable = This workshop cannot be read at the moment. Nothing is erased; try again later, or tell whoever keeps this server.
refusal-busy = The server has a lot to do right now. Try again in a moment.
refusal-stopping = The server is restarting. Keep the page open: it will reconnect by itself.
refusal-unexpected = Something unexpected went wrong. Try again; if it comes back, tell whoever keeps this server.

## editor: the text being written, its toolbar and what it says

editor-toolbar = Formatting: { $label }
editor-bold = Bold
editor-italic = Italic
editor-bullet = Bulleted list
editor-number = Numbered list
editor-heading = Subheading
editor-task = Checkbox
editor-quote = Quote
editor-link = Link
editor-link-address = Address of the link
editor-link-apply = Set the link
editor-link-wrong = This address cannot be followed. It begins with https:// or is a mail address.
editor-left = You have left the text. Press Enter to go back.
editor-task-done = Done
editor-task-open = To do
editor-paste-too-large = This is too long to paste at once. Paste it in several pieces.

## check

check-title = How this server is doing
check-good = Nothing is wrong.
check-bad = Something needs your attention.
check-well = ✓
check-ill = ✗ To be looked at:

## review: what is still open before closing

review-heading = Check before closing
review-lead = { $count ->
    [one] One point is still open. Nothing obliges you to complete it.
   *[other] { $count } points are still open. Nothing obliges you to complete them.
}
review-nothing = Nothing is left open.
review-offer = { $count ->
    [one] Check before closing: one point is still open
   *[other] Check before closing: { $count } points are still open
}
review-walk = Look at one after the other
review-place = { $at } of { $count }
review-previous = Previous
review-show = Go there
review-next = Next
review-stop = Done
review-title = The workshop has no title yet.
review-section = Nothing is written in “{ $where }”.
review-value = “{ $where }” is not filled in.
review-label = A line of “{ $where }” has no name.
review-group = Group { $words } of “{ $where }” has no heading.
review-slot = Number { $words } of “{ $where }” is empty.
review-slots = { $count ->
    [one] One place is free in “{ $where }”.
   *[other] { $count } places are free in “{ $where }”.
}
review-trailing = A sentence breaks off: “{ $words }”.
review-acronym = The acronym “{ $words }” is not explained.
review-address = This address leads nowhere: “{ $words }”.

## history: what was written when, a moment of it, the way back

history-heading = History
history-loading = Reading the history…
history-lead = Everything that was written stays here. Choose a moment to read the minutes as they were.
history-older = Older
history-back = Back to the history
history-moment = { $day }, { $time }
history-before = Before going back to “{ $name }”
history-before-one = Before going back
history-restored = Back to “{ $name }”
history-restored-one = Gone back
history-by = Version by { $name }
history-somebody = somebody without a name
history-server = Numbers and lists kept by the server
history-and-more = { $names } and { $count ->
    [one] one other
   *[other] { $count } others
}
history-name-now = Give a name to the minutes as they are now
history-name-this = Give this moment a name
history-name-keep = Keep this version
history-name-missing = Write a name, such as “End of the workshop”.
history-named = The version “{ $name }” is kept.
history-minutes = The minutes at that moment
history-same = The minutes say the same today.
history-difference = Since then: { $gone }, { $added }.
history-difference-gone = { $count ->
    [0] nothing has gone
    [one] one line has gone or changed
   *[other] { $count } lines have gone or changed
}
history-difference-new = { $count ->
    [0] nothing is new
    [one] one line is new or has changed
   *[other] { $count } lines are new or have changed
}
history-compare = Show what has changed since
history-gone = gone since
history-new = new since
history-return = Go back to this version
history-sure = The minutes will say again what they said at that moment: what has gone since comes back, what is new goes away. What others write meanwhile stays, and so do picks and numbers. What stands now is kept in the history: you can go back to it.
history-stay = Change nothing
history-done = The minutes are back at “{ $name }”.
history-undone = The minutes are again as they were before.
history-others = { $who } has gone back to the version “{ $name }” of the minutes. What stood before is in the history.
history-others-one = { $who } has gone back to an earlier moment of the minutes. What stood before is in the history.
history-already = The minutes say that already: nothing has changed.

## glossary: what words and acronyms mean

glossary-heading = Glossary
glossary-lead = What acronyms and words of the trade mean. The explanation is shown below the sections that use them, and in every version to read, print or download.
glossary-empty = No word is explained yet.
glossary-term = Acronym or word
glossary-meaning = What it means
glossary-add = Add to the glossary
glossary-added = “{ $term }” is explained.
glossary-missing = Write the acronym and what it means.
glossary-all = Already in the glossary
glossary-no-meaning = Known to all: no explanation
glossary-suggested = Acronyms to explain
glossary-explain = Explain { $term }
glossary-known = Known to all
glossary-known-of = { $term } is known to all
glossary-remove = Remove “{ $term }” from the glossary
glossary-removed = “{ $term }” is no longer in the glossary.
glossary-in-section = Acronyms and words explained:
glossary-edit = Edit the glossary
glossary-open = Open the glossary
glossary-waiting = { $count ->
    [0] No acronym needs explaining.
    [one] One acronym needs explaining.
   *[other] { $count } acronyms need explaining.
}

## paper: for the room without screens

paper-heading = To print for the room
paper-lead = A table tent to fold in two, then the same minutes as a blank form, to fill in with a pen.
paper-print = Print
paper-back = Back to the workshop
paper-tent = Table tent
paper-form = Blank form
paper-join = To write with us: point a camera at this QR code, or type this code at { $host }/j
paper-people = Name, organisation, sector ({ $sectors })
paper-groups = { $count ->
    [one] { $count } group
   *[other] { $count } groups
}

## kept: what this server keeps of people, and what it keeps of oneself

kept-title = What is kept
kept-lead = This server asks for no account and no e-mail address, sets no cookie and hands nothing on to anybody.
kept-minutes = What is written
kept-minutes-text = The minutes of each workshop and their history: every change, at what time and whose. That is how nothing gets lost and how one can go back. Whoever may write in it can read its history, also what was taken out of the text.
kept-person = Who writes
kept-person-text = The first name and the organisation you give, if you give any, a colour, and a number that means something in this workshop only. Whoever has an address to write there can see them; the first name stands with the proposals you note.
kept-technical = The technical log
kept-technical-text = Durations and error codes, by workshop. No name, no text, no network address.
kept-device = On your device
kept-device-text = Your browser keeps the text of the workshops you open, so that a lost connection loses nothing, the lines you began there without adding them, your name and the list of your workshops. Clearing this site’s data in the browser removes them.
kept-where = Where
kept-where-text = On the server { $origin } and in its backups, nowhere else. Nothing is asked of any other server.
kept-long = For how long
kept-long-text = As long as the workshop: nothing is erased by age. What is erased on demand is erased at once; backups made before are gone when whoever runs the server deletes them.
kept-rights = Your rights
kept-rights-text = In a workshop, the list of people present opens “What is kept of me”: there you see and download all of it, and change or erase your name. To have a name erased from the text and the history, or a whole workshop, ask whoever runs this server.
kept-ask = Whom to ask
kept-ask-text = Whoever runs this server:
kept-ask-anybody = The person who gave you the address of the workshop knows who runs this server.
kept-mine = What is kept of me
kept-loading = Reading what is kept…
kept-failed = The server does not answer. Try again.
kept-nothing = Nothing is kept of you: you only read.
kept-name = Name
kept-organisation = Organisation
kept-none = not given
kept-since = First came
kept-changes = Changes in the history
kept-texts = What you wrote
kept-no-texts = Nothing you wrote is in the text.
kept-download = Download all of it
kept-rename = Change my name
kept-unname = Erase my name
kept-unnamed = Your name is erased from the list. What you wrote stays, without a name.
kept-more = All about what is kept, and whom to ask
