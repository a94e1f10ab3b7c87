/** One workshop in each format, letter by letter. */
import { expect, test } from "vitest";
import { html } from "../../minutes/formats/html.ts";
import { json } from "../../minutes/formats/json.ts";
import { markdown } from "../../minutes/formats/markdown.ts";
import { text } from "../../minutes/formats/text.ts";
import { parseMinutes } from "../../minutes/parse.ts";
import type { Minutes } from "../../minutes/value.ts";
import { MINUTES, PLACE } from "./workshop.ts";

/** U+00A0 as "~", which stands nowhere else here. */
const seen = (output: string): string => output.replaceAll("\u00A0", "~");

test("M12 M13 M14 M17 Markdown", () => {
  expect(seen(markdown(MINUTES, PLACE))).toMatchInlineSnapshot(`
    "Compte-rendu de l'atelier

    # Comment inclure de nouveaux publics~?

    ## Format

    - **Date**~: 28 février 2017
    - **Combien~?** Plus de 40
    - **Lien**~: <https://exemple.org/a_b_c>

    ## Participants

    Nombre~: 2

    - Société Civile~: 1
      - Nadia (Médiathèque), animatrice
    - Autres~: 1
      - Brice

    ## Éléments principaux de la discussion

    1. Utiliser l'existant
       - et l'améliorer
    2. L’œuvre «~commune~»

    - [x] Réserver

    ### Suite

    Voir [**ici**](https://exemple.org/)~: \\*non\\*, \\<b>, 1. # \`\`x\`y\`\`

    1\\. n'est pas une liste

    > Dit

    ## Pistes d'actions

    3. Trois

       _d’après 1, 4_

    4. Quatre

       _repris dans la piste 3_

    ### A) Mise en œuvre

    1. Un
       - détail

       _repris dans la piste 3_

       - **Responsable**~: Nadia
       - **Échéance**~: 15 mars 2017
       - **État**~: en cours

    ## Choisissez les trois points les plus importants pour votre groupe~:

    1. Quatre
    2. Un

    ## Déroulé

    1. Idées~: 2 groupes – 45 min

    Total~: 45 min

    ## Points de blocage

    ---

    Cet espace reste à votre disposition~:

    <https://minutier.example/w/abc#s_1>

    Code~: **KTF4M2**
    "
  `);
});

test("M11 M13 M14 M17 HTML", () => {
  expect(seen(html(MINUTES, PLACE))).toMatchInlineSnapshot(`
    "<article class="minutes" lang="fr">
    <header>
    <p class="minutes-subtitle">Compte-rendu de l'atelier</p>
    <h1>Comment inclure de nouveaux publics~?</h1>
    </header>
    <section id="section-format">
    <h2>Format</h2>
    <dl>
    <div><dt>Date</dt><dd><time datetime="2017-02-28">28 février 2017</time></dd></div>
    <div><dt>Combien~?</dt><dd>Plus de 40</dd></div>
    <div><dt>Lien</dt><dd><a href="https://exemple.org/a_b_c" rel="nofollow noopener noreferrer">https://exemple.org/a_b_c</a></dd></div>
    </dl>
    </section>
    <section id="section-gens">
    <h2>Participants</h2>
    <p>Nombre~: 2</p>
    <ul>
    <li>Société Civile~: 1
    <ul>
    <li>Nadia (Médiathèque), animatrice</li>
    </ul>
    </li>
    <li>Autres~: 1
    <ul>
    <li>Brice</li>
    </ul>
    </li>
    </ul>
    </section>
    <section id="section-discussion">
    <h2>Éléments principaux de la discussion</h2>
    <ol>
    <li>Utiliser l'existant
    <ul>
    <li>et l'améliorer</li>
    </ul>
    </li>
    <li>L’œuvre «~commune~»</li>
    </ol>
    <ul>
    <li><span role="img" aria-label="fait">☑</span> Réserver</li>
    </ul>
    <h3>Suite</h3>
    <p>Voir <a href="https://exemple.org/" rel="nofollow noopener noreferrer"><strong>ici</strong></a>~: *non*, &lt;b&gt;, 1. # <code>x\`y</code></p>
    <p>1. n'est pas une liste</p>
    <blockquote>
    <p>Dit</p>
    </blockquote>
    </section>
    <section id="section-pistes">
    <h2>Pistes d'actions</h2>
    <ol>
    <li value="3">Trois
    <p><em>d’après 1, 4</em></p>
    </li>
    <li>Quatre
    <p><em>repris dans la piste 3</em></p>
    </li>
    </ol>
    <h3>A) Mise en œuvre</h3>
    <ol>
    <li>Un
    <ul>
    <li>détail</li>
    </ul>
    <p><em>repris dans la piste 3</em></p>
    <dl>
    <div><dt>Responsable</dt><dd>Nadia</dd></div>
    <div><dt>Échéance</dt><dd><time datetime="2017-03-15">15 mars 2017</time></dd></div>
    <div><dt>État</dt><dd>en cours</dd></div>
    </dl>
    </li>
    </ol>
    </section>
    <section id="section-choix">
    <h2>Choisissez les trois points les plus importants pour votre groupe~:</h2>
    <ol>
    <li>Quatre</li>
    <li>Un</li>
    </ol>
    </section>
    <section id="section-deroule">
    <h2>Déroulé</h2>
    <ol>
    <li>Idées~: 2 groupes – 45 min</li>
    </ol>
    <p>Total~: 45 min</p>
    </section>
    <section id="section-vide">
    <h2>Points de blocage</h2>
    </section>
    <section id="section-suite">
    <p>Cet espace reste à votre disposition~:</p>
    <p><a href="https://minutier.example/w/abc#s_1" rel="nofollow noopener noreferrer">https://minutier.example/w/abc#s_1</a></p>
    <p>Code~: <strong>KTF4M2</strong></p>
    </section>
    </article>"
  `);
});

test("M13 M14 M17 text", () => {
  expect(seen(text(MINUTES, PLACE))).toMatchInlineSnapshot(`
    "Compte-rendu de l'atelier
    Comment inclure de nouveaux publics~?
    =====================================

    Format
    ------

    Date~: 28 février 2017
    Combien~? Plus de 40
    Lien~: https://exemple.org/a_b_c

    Participants
    ------------

    Nombre~: 2

    - Société Civile~: 1
      - Nadia (Médiathèque), animatrice
    - Autres~: 1
      - Brice

    Éléments principaux de la discussion
    ------------------------------------

    1. Utiliser l'existant
       - et l'améliorer
    2. L’œuvre «~commune~»

    [x] Réserver

    Suite

    Voir ici (https://exemple.org/)~: *non*, <b>, 1. # x\`y

    1. n'est pas une liste

    > Dit

    Pistes d'actions
    ----------------

    3. Trois
       d’après 1, 4
    4. Quatre
       repris dans la piste 3

    A) Mise en œuvre

    1. Un
       - détail
       repris dans la piste 3
       Responsable~: Nadia
       Échéance~: 15 mars 2017
       État~: en cours

    Choisissez les trois points les plus importants pour votre groupe~:
    -------------------------------------------------------------------

    1. Quatre
    2. Un

    Déroulé
    -------

    1. Idées~: 2 groupes – 45 min

    Total~: 45 min

    Points de blocage
    -----------------

    --------

    Cet espace reste à votre disposition~:

    https://minutier.example/w/abc#s_1

    Code~: KTF4M2
    "
  `);
});

test("M17 the notice stands without address and code where there are none", () => {
  expect(text(MINUTES)).not.toMatch(/minutier\.example|Code/u);
});

test("M13 JSON is raw and whole", () => {
  expect(parseMinutes(JSON.parse(json(MINUTES)))).toEqual(MINUTES);
  expect(json(MINUTES)).toContain("inclure de nouveaux publics ?");
});

test("M14 a lettered list keeps its letters, and what has only bullets is quoted in words", () => {
  const section = MINUTES.sections[3];
  if (section?.kind !== "items") throw new Error("the items moved");
  const lettered: Minutes = { ...MINUTES, sections: [{ ...section, groups: [], marker: "letter" }] };
  expect(text(lettered)).toContain("C) Trois\n   d’après A, D\nD) Quatre\n   repris dans la piste C");
  expect(html(lettered)).toContain('<ol type="A">\n<li value="3">Trois');
  const bullets: Minutes = { ...MINUTES, language: "en", sections: [{ ...section, groups: [], marker: "bullet" }] };
  expect(text(bullets)).toContain("- Trois\n  from “Un détail”, “Quatre”");
});
