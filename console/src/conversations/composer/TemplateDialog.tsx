import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Skeleton, TextInput, UnstyledButton } from "@mantine/core";
import { IconArrowLeft, IconChevronRight, IconSearch, IconTemplate } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, call } from "../../api/client";
import type { ConversationDetail, Template } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { folded } from "../../shared/folded";
import { focusComposer } from "../../shared/keyboard/targets";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { formatNumber } from "../../shared/time/calendar";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { StatePanel } from "../../shared/ui/StatePanel";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import { TEMPLATES } from "../queries";
import classes from "./TemplateDialog.module.css";
import { TemplateForm } from "./TemplateForm";

const templatesQuery = (conversationId: number) =>
  queryOptions({
    queryKey: [...TEMPLATES, conversationId],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/conversations/{conversation_id}/templates", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });

type Props = { conversation: ConversationDetail; close: () => void };

/** First which template, then what stands in it. */
export default function TemplateDialog({ conversation, close }: Props) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const closeButton = useCloseButton();
  useReturnFocus(focusComposer);
  const [chosen, setChosen] = useState<Template | null>(null);
  return (
    <Modal
      opened
      onClose={close}
      title={chosen ? chosen.name : t`Gửi tin mẫu`}
      size="xl"
      closeButtonProps={closeButton}
      fullScreen={phone}
    >
      {chosen ? (
        <>
          <Button
            className={classes.back}
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconArrowLeft size={16} />}
            onClick={() => setChosen(null)}
          >
            {t`Chọn mẫu khác`}
          </Button>
          <TemplateForm template={chosen} conversation={conversation} done={close} />
        </>
      ) : (
        <TemplateList conversationId={conversation.id} choose={setChosen} />
      )}
    </Modal>
  );
}

function TemplateList({
  conversationId,
  choose,
}: {
  conversationId: number;
  choose: (template: Template) => void;
}) {
  const { t } = useLingui();
  const dates = useDates();
  const query = useQuery(templatesQuery(conversationId));
  const [wanted, setWanted] = useState("");
  if (query.isPending) {
    return (
      <div className={classes.list} role="status" aria-label={t`Đang tải tin mẫu`}>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={64} radius="md" />
        ))}
      </div>
    );
  }
  if (query.isError) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  const { items, synced_at: syncedAt } = query.data;
  const found = items.filter((one) => folded(`${one.name} ${one.template_id}`).includes(folded(wanted)));
  const sync = <SyncButton conversationId={conversationId} />;
  if (items.length === 0) {
    return (
      <div className={classes.empty}>
        <StatePanel icon={IconTemplate} title={t`Chưa có tin mẫu nào gửi được ở đây`}>
          {syncedAt
            ? t`Mẫu được tạo và duyệt trên Zalo. Lần đọc gần nhất: ${dates.dateTime(syncedAt)}.`
            : t`Danh sách mẫu chưa được đọc từ Zalo.`}
        </StatePanel>
        {sync}
      </div>
    );
  }
  return (
    <>
      <div className={classes.top}>
        <TextInput
          size="sm"
          className={classes.search}
          aria-label={t`Tìm tin mẫu`}
          placeholder={t`Tìm theo tên hoặc mã mẫu`}
          leftSection={<IconSearch size={16} />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
        {sync}
      </div>
      {found.length === 0 && <p className={classes.none}>{t`Không có mẫu nào khớp.`}</p>}
      <ul className={classes.list}>
        {found.map((template) => (
          <li key={template.template_id}>
            <UnstyledButton className={classes.choice} onClick={() => choose(template)}>
              <span className={classes.words}>
                <span className={classes.name}>{template.name}</span>
                <Facts template={template} />
              </span>
              <IconChevronRight size={18} stroke={1.75} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}

function Facts({ template }: { template: Template }) {
  const { t } = useLingui();
  const price = template.price_dong;
  const facts = [
    template.via.includes("uid") ? t`Qua Zalo` : null,
    template.via.includes("phone") ? t`Theo số điện thoại` : null,
    price === null ? null : t`${formatNumber(price)} đ mỗi tin`,
  ];
  return <span className={classes.meta}>{facts.filter(Boolean).join(" · ")}</span>;
}

/** Asks for the list to be read anew; it comes a little later. */
function SyncButton({ conversationId }: { conversationId: number }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const problemText = useProblemText();
  const sync = useMutation({
    mutationFn: async () => {
      await call(
        api.POST("/api/conversations/{conversation_id}/templates/sync", {
          params: { path: { conversation_id: conversationId } },
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await client.invalidateQueries({ queryKey: templatesQuery(conversationId).queryKey });
    },
  });
  return (
    <div className={classes.sync}>
      <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>
        {t`Đọc lại từ Zalo`}
      </Button>
      {sync.error && <p role="alert">{problemText(sync.error)}</p>}
    </div>
  );
}
