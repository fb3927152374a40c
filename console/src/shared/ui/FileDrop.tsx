import { type DragEvent, type ReactNode, useRef, useState } from "react";
import classes from "./FileDrop.module.css";

type Props = {
  /** Of the files that can be chosen, as an input reads it. */
  accept: string;
  label: string;
  choose: (file: File) => void;
  /** `pick` opens the dialog of the system: for a button, which is for everybody. */
  children: (pick: () => void) => ReactNode;
};

/** Where a file is dropped, or chosen. */
export function FileDrop({ accept, label, choose, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    setOver(inside);
  };
  const take = (file: File | undefined) => file && choose(file);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is one more way; the button is for everybody.
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        take(event.dataTransfer.files[0]);
      }}
    >
      {children(() => input.current?.click())}
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          // The same file, corrected, can be chosen again.
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
