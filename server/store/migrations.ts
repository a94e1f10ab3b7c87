/** The tables, as the numbered steps that made them; a step that was released is never changed, only followed. */

/*
 * Written in the SQL that SQLite and PostgreSQL share, but for the words STRICT and WITHOUT ROWID and the names of the
 * types, which a driver for PostgreSQL translates. Times are milliseconds since 1970; `sum` is a CRC-32, so that a page
 * that rotted on disk is noticed instead of being read as somebody's words.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    head INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    document TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    visitor TEXT,
    bytes BLOB NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (document, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshots (
    document TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (document, seq)
  ) STRICT;

  CREATE TABLE workshops (
    id TEXT PRIMARY KEY REFERENCES documents (id),
    kind TEXT NOT NULL CHECK (kind IN ('workshop', 'template')),
    language TEXT NOT NULL,
    template TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'live', 'open', 'closed')),
    code TEXT UNIQUE,
    created INTEGER NOT NULL,
    CHECK (code IS NULL OR state = 'live')
  ) STRICT;

  CREATE TABLE links (
    id TEXT PRIMARY KEY,
    workshop TEXT NOT NULL REFERENCES workshops (id),
    capability TEXT NOT NULL CHECK (capability IN ('read', 'vote', 'write', 'manage')),
    label TEXT NOT NULL,
    personal INTEGER NOT NULL,
    given INTEGER NOT NULL,
    withdrawn INTEGER
  ) STRICT;
  CREATE INDEX links_of_workshop ON links (workshop);

  CREATE TABLE visitors (
    workshop TEXT NOT NULL REFERENCES workshops (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    colour INTEGER NOT NULL,
    link TEXT NOT NULL REFERENCES links (id),
    since INTEGER NOT NULL,
    PRIMARY KEY (workshop, id)
  ) STRICT;

  CREATE TABLE clients (
    workshop TEXT NOT NULL REFERENCES workshops (id),
    client INTEGER NOT NULL,
    visitor TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (workshop, client)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE probe (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;
  `,

  /* What was erased at somebody's demand, so that no older backup brings it back: ids, never a name. */
  `
  CREATE TABLE erasures (
    workshop TEXT NOT NULL,
    visitor TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (workshop, visitor)
  ) STRICT, WITHOUT ROWID;
  `,

  /* What a room looks at together, as JSON: read back by a parser that takes what it does not know for nothing. */
  `
  CREATE TABLE stages (
    workshop TEXT PRIMARY KEY REFERENCES workshops (id),
    value TEXT NOT NULL
  ) STRICT;
  `,

  /* How many commits were made: a start can tell that the last of them were lost. */
  `
  CREATE TABLE commits (
    n INTEGER NOT NULL
  ) STRICT;
  INSERT INTO commits (n) VALUES (0);
  `,

  /* Moments of a document that somebody named, and those around each restoring: places in its log, no text of it. */
  `
  CREATE TABLE versions (
    document TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('named', 'before', 'restored')),
    at INTEGER NOT NULL,
    visitor TEXT,
    name TEXT NOT NULL,
    target INTEGER,
    PRIMARY KEY (document, seq, kind)
  ) STRICT, WITHOUT ROWID;
  `,
];
