import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { StaffRef } from "../../api/visibility";
import { fitting } from "../../people/choosing/fitting";
import { choicesQuery } from "../../people/choosing/queries";
import { useMe } from "../../people/session";

const ASK_MS = 120;

/** Colleagues, but oneself, whose names fit what was typed behind an @; null: nobody types one. */
export function useColleagues(sought: string | null): readonly StaffRef[] {
  const me = useMe();
  const [asked] = useDebouncedValue(sought ?? "", ASK_MS);
  const query = useQuery({ ...choicesQuery(asked, false), enabled: sought !== null });
  return sought === null ? [] : fitting(query.data?.items ?? [], sought, [me.id]);
}
