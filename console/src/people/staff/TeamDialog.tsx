import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Team } from "../../api/admin";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import dialog from "../../shared/ui/Dialog.module.css";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import { teamsQuery, useTeamWork } from "./queries";
import { teamOptions, without } from "./teamOptions";

type Props = { team?: Team; parent?: Team; close: () => void };

/** A new branch or team, or another name or place for one that is there. */
export function TeamDialog({ team, parent, close }: Props) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const problemText = useProblemText();
  const work = useTeamWork();
  const listed = useQuery(teamsQuery).data?.items;
  const teams = listed ?? [];
  const [name, setName] = useState(team?.name ?? "");
  const [given, setGiven] = useState<Team["kind"] | null>(team?.kind ?? (parent ? "team" : null));
  // The first of a company is a branch; that there is none is known only once they are listed.
  const kind = given ?? (listed?.length === 0 ? "branch" : "team");
  const [above, setAbove] = useState(team ? team.parent_id : (parent?.id ?? null));
  const possible = (team ? without(teams, team) : teams).filter(
    (one) => kind === "team" || one.kind === "branch",
  );
  const chosen = possible.some((one) => one.id === above) ? above : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = name.trim();
    if (!team) {
      work.mutate({ add: { kind, name: words, parent_id: chosen } }, { onSuccess: close });
      return;
    }
    const to = {
      ...(words !== team.name && { name: words }),
      ...(chosen !== team.parent_id && { parent_id: chosen }),
    };
    if (Object.keys(to).length === 0) close();
    else work.mutate({ change: team.id, to }, { onSuccess: close });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={team ? team.name : t`Thêm chi nhánh hoặc nhóm`}
      size={440}
      closeButtonProps={closeButton}
    >
      <form className={dialog.form} onSubmit={submit}>
        {!team && (
          <SegmentedControl
            fullWidth
            size="md"
            aria-label={t`Loại`}
            value={kind}
            onChange={(value) => setGiven(value as Team["kind"])}
            data={[
              { value: "branch", label: t`Chi nhánh` },
              { value: "team", label: t`Nhóm` },
            ]}
          />
        )}
        <TextInput
          label={kind === "branch" ? t`Tên chi nhánh` : t`Tên nhóm`}
          autoComplete="off"
          maxLength={80}
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          size="md"
          label={t`Thuộc về`}
          description={t`Trưởng nhóm ở trên thấy hội thoại của các nhóm bên dưới.`}
          value={chosen ?? ""}
          onChange={(event) => setAbove(Number(event.currentTarget.value) || null)}
          data={[{ value: "", label: t`Không thuộc nhóm nào` }, ...teamOptions(possible)]}
        />
        {work.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(work.error)}
          </Alert>
        )}
        <Button
          type="submit"
          className={dialog.submit}
          disabled={name.trim() === ""}
          loading={work.isPending}
        >
          {team ? t`Lưu` : t`Thêm`}
        </Button>
      </form>
    </Modal>
  );
}
