import { useShown } from "../../shared/keyboard/useShown";
import { Face } from "../../shared/ui/Face";
import option from "../../shared/ui/Option.module.css";
import classes from "./MentionList.module.css";
import type { Named } from "./useMentioning";

type Props<P extends Named> = {
  id: string;
  label: string;
  people: readonly P[];
  at: number;
  take: (person: P) => void;
};

export const optionId = (id: string, person: Named) => `${id}-${person.id}`;

/** Above the field: who can be meant by what was typed after the @. The field keeps the focus and takes the keys. */
export function MentionList<P extends Named>({ id, label, people, at, take }: Props<P>) {
  const active = people[at];
  useShown(active && optionId(id, active));
  return (
    <div className={classes.list} id={id} role="listbox" aria-label={label}>
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
