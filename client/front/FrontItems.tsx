/** Lists and rankings as they are seen first: every item with its number, and the line where the next will be captured. */
import { fieldText } from "../../minutes/field.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import { plainText } from "../../minutes/plain.ts";
import { isTied, pickedOf } from "../../minutes/tally.ts";
import type { Item, ItemsSection, Language, RankedItem, RankingSection } from "../../minutes/value.ts";
import { atLeast } from "../../document/capability.ts";
import { StaticProse } from "../editor/StaticProse.tsx";
import { t } from "../language.ts";
import { groupHere } from "../sections/group-here.ts";
import { GroupsChoice } from "../sections/GroupsChoice.tsx";
import { alsoSaid, ItemMeta, markOf, originsIn } from "../sections/ItemMeta.tsx";
import { asFields } from "../sections/held.ts";
import { ItemsOrder } from "../sections/ItemsOrder.tsx";
import { groupName, lanes, type Lane } from "../sections/lanes.ts";
import { nounOf } from "../sections/noun.ts";
import { PickBar } from "../sections/PickBar.tsx";
import { PickButton } from "../sections/PickButton.tsx";
import { useMinutesLanguage } from "../sections/steady.ts";
import { isJustNow } from "../sections/when.ts";
import type { Session } from "../session/session.ts";
import { Box, Handle, Later, Text } from "./Later.tsx";

interface FrontProps<S> {
  session: Session;
  section: S;
}

/** Who takes it in hand, for when, and how far it is. */
const Action = ({ item, language, writes }: { item: Item; language: Language; writes: boolean }) => {
  const words = WORDS[language];
  const colon = language === "fr" ? "\u00A0: " : ": ";
  const line = [
    item.owner ? `${words.owner}${colon}${item.owner}` : "",
    item.due ? `${words.due}${colon}${fieldText({ type: "date", value: item.due }, language)}` : "",
    item.status ? words.statuses[item.status] : "",
  ]
    .filter(Boolean)
    .join(" · ");
  if (!writes) return line === "" ? null : <p class="item__meta">{line}</p>;
  return (
    <div class="action">
      <button
        type="button"
        class={`action__line${line === "" ? " action__line--empty" : ""}`}
        aria-disabled="true"
        lang={line === "" ? undefined : language}
      >
        {line || t("items-action-add")}
      </button>
    </div>
  );
};

/** The last one captured, while it is fresh. */
const isNewest = ({ items }: ItemsSection, { at = "" }: Item, now: Date): boolean =>
  at !== "" && isJustNow(at, now) && items.every((each) => (each.at ?? "") <= at);

interface RowsProps extends FrontProps<ItemsSection> {
  origins: ReadonlyMap<string, string>;
  /** Ids of what one has picked here. */
  picked: ReadonlySet<string>;
}

const Row = ({ session, section, item, origins, picked }: RowsProps & { item: Item }) => {
  const { pick } = section;
  const picks = pick?.open && atLeast(session.capability.value, "vote");
  const text = plainText(item.body);
  const language = useMinutesLanguage(session);
  return (
    <li class={`item${isNewest(section, item, session.now()) ? " item--new" : ""}`} id={`item-${item.id}`}>
      <span class={`item__mark item__mark--${section.marker}`}>{markOf(section.marker, item.number)}</span>
      <div class="item__body">
        <div class="item__text">
          <Text prose={item.body} lang={language} />
        </div>
        <div class="item__foot">
          <ItemMeta
            session={session}
            section={section.id}
            item={item}
            origin={origins.get(item.id) ?? ""}
            also={alsoSaid(section, item)}
            letter=""
          />
          {section.actions && <Action item={item} language={language} writes={asFields(session)} />}
        </div>
      </div>
      {pick && (
        <PickButton
          text={text}
          picked={picked.has(item.id)}
          votes={item.votes}
          toggle={picks ? () => undefined : undefined}
        />
      )}
      {asFields(session) && <Handle label={t("items-menu", { text })} />}
    </li>
  );
};

const LaneView = ({ lane: { group, items }, ...props }: RowsProps & { lane: Lane }) => {
  const { session } = props;
  const language = useMinutesLanguage(session);
  const list = items.length > 0 && (
    <ol class="items__list" role="list">
      {items.map((item) => (
        <Row key={item.id} {...props} item={item} />
      ))}
    </ol>
  );
  if (!group) return list || null;
  return (
    <div class="items__group" role="group" aria-label={groupName(group)}>
      <div class="group">
        <span class="group__letter">{group.letter})</span>
        <div class="group__text">
          <Text prose={group.body} lang={language} placeholder={t("items-group-placeholder")} oneLine />
        </div>
        {asFields(session) && <Handle label={t("items-group-menu", { group: groupName(group) })} />}
      </div>
      {list}
    </div>
  );
};

export const FrontItems = ({ session, section }: FrontProps<ItemsSection>) => {
  const writes = asFields(session);
  const manages = session.capability.value === "manage";
  const here = groupHere(section);
  const shown = lanes(section).filter(({ group }) => !here || group?.id === here.id);
  const { pick } = section;
  const origins = new Map(originsIn(session.minutes.value));
  const picked = pickedOf(section.items, session.picks());
  const left = Math.max(0, (pick?.size ?? 0) - picked.size);
  return (
    <div class="items">
      {section.split && (
        <div class="groups-bar">
          <GroupsChoice section={section} />
          {manages && writes && (
            <div class="pick-bar__acts">
              <Later class="button--quiet button--small">{t("groups-addresses")}</Later>
              <Later class="button--small">{t("groups-gather")}</Later>
            </div>
          )}
        </div>
      )}
      <PickBar
        pick={pick}
        left={atLeast(session.capability.value, "vote") ? left : undefined}
        change={manages ? () => undefined : undefined}
      />
      {!here && <ItemsOrder section={section} order="arranged" choose={() => undefined} />}
      {shown.map((lane) => (
        <LaneView
          key={lane.group?.id ?? ""}
          session={session}
          section={section}
          lane={lane}
          origins={origins}
          picked={picked}
        />
      ))}
      {section.items.length === 0 && !writes && <p class="soft">{t("sections-nothing-yet")}</p>}
      <div class="items__acts">
        {writes && section.grouped && !here && <Later class="button--quiet items__act">{t("items-group-add")}</Later>}
        {manages && !pick?.open && section.items.length > 0 && (
          <Later class="button--quiet items__act">{t(pick ? "pick-reopen" : "pick-open")}</Later>
        )}
        {manages && writes && !section.split && <Later class="button--quiet items__act">{t("groups-split")}</Later>}
      </div>
      {writes && (
        <div class="capture">
          <Box
            class="input capture__text capture__text--later"
            label={t("items-capture", { heading: section.heading })}
            placeholder={t("items-capture-item", { noun: nounOf(section, "one") })}
            shape="wrap"
          />
          {section.groups.length > 0 && !here && (
            <select class="input capture__group" aria-label={t("items-capture-group")}>
              <option>{section.groups.at(-1) ? groupName(section.groups.at(-1)!) : t("items-no-group")}</option>
            </select>
          )}
          <Later class="button--primary button--icon capture__add" label={t("items-add")}>
            ↑
          </Later>
        </div>
      )}
    </div>
  );
};

export const FrontRanking = ({ session, section }: FrontProps<RankingSection>) => {
  const language = useMinutesLanguage(session);
  const writes = asFields(session);
  const source = session.minutes.value.sections.find(({ id }) => id === section.source);
  const left = source?.kind === "items" ? source.items.length - section.ranked.length - section.overflow.length : 0;
  const picking = source?.kind === "items" ? source.pick : undefined;
  const movable = session.canWrite.value && (!section.picked || session.capability.value === "manage");
  const all = [...section.ranked, ...section.overflow];
  const row = (ranked: RankedItem, index: number) => (
    <li key={ranked.id} class="ranked">
      <span class="item__mark">{ranked.place ?? index + 1}.</span>
      <div class="item__text">
        <StaticProse prose={ranked.body} lang={language} />
      </div>
      <span class="ranked__number">
        {isTied(ranked, all) && <span class="ranked__tied">{t("ranking-tied")}</span>}
        {ranked.votes !== undefined && ranked.votes > 0 && <span>{t("pick-votes", { count: ranked.votes })}</span>}
        {source?.kind === "items" && source.marker === "number" && (
          <span>{t("ranking-number", { number: ranked.number })}</span>
        )}
      </span>
      {movable && <Handle label={t("items-menu", { text: plainText(ranked.body) })} />}
    </li>
  );
  const empty = Math.max(0, section.size - section.ranked.length);
  const chooser = (
    <select class="input ranking__chooser" aria-label={t("ranking-choose", { heading: section.heading })}>
      <option>{t(empty === 0 ? "ranking-choose-below-short" : "ranking-choose-short")}</option>
    </select>
  );
  return (
    <div class="ranking">
      <ol class="ranking__list" role="list">
        {section.ranked.map(row)}
        {writes &&
          Array.from({ length: empty }, (_, index) => (
            <li key={index} class="ranked ranked--empty">
              <span class="item__mark">{section.ranked.length + index + 1}.</span>
              {index === 0 && left > 0 && !picking?.open ? chooser : <span class="soft">…</span>}
            </li>
          ))}
      </ol>
      {writes && left === 0 && section.ranked.length === 0 && (
        <p class="soft small">{t("ranking-nothing-to-choose")}</p>
      )}
      {section.overflow.length > 0 && (
        <>
          <h3 class="overline ranking__line">{t("ranking-below")}</h3>
          <ol class="ranking__list ranking__list--below" role="list" start={section.size + 1}>
            {section.overflow.map((ranked, index) => row(ranked, section.ranked.length + index))}
          </ol>
        </>
      )}
      {writes && empty === 0 && left > 0 && chooser}
      {!writes && section.ranked.length === 0 && <p class="soft">{t("sections-nothing-yet")}</p>}
    </div>
  );
};
