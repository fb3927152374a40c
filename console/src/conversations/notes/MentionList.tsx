import { useLingui } from "@lingui/react/macro";
import type { StaffRef } from "../../api/visibility";
import { useShown } from "../../shared/keyboard/useShown";
import { Face } from "../../shared/ui/Face";
import option from "../../shared/ui/Option.module.css";
import classes from "./MentionList.module.css";

type Props = { id: string; people: readonly StaffRef[]; at: number; take: (person: StaffRef) => void };

export const optionId = (id: string, person: StaffRef) => `${id}-${person.id}`;

/** Above the note: who can be meant by what was typed after the @. The field keeps the focus and takes the keys. */
export function MentionList({ id, people, at, take }: Props) {
  const { t } = useLingui();
  const active = people[at];
  useShown(active && optionId(id, active));
  return (
    <div className={classes.list} id={id} role="listbox" aria-label={t`Nhắc đồng nghiệp`}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the active choice.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
        <div
          key={person.id}
          id={optionId(id, person)}
          role="option"
          aria-selected={index === at}
          className={option.option}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(person)}
        >
          <Face name={person.name} size={24} />
          {person.name}
        </div>
      ))}
    </div>
  );
}
