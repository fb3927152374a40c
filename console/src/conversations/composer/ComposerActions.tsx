import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconAddressBook,
  IconDots,
  IconHandClick,
  IconMoodSmile,
  IconPaperclip,
  IconPlus,
  IconSticker,
  IconTemplate,
} from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { Capability, ConversationDetail } from "../../api/types";
import classes from "./Composer.module.css";
import { EmojiButton, EmojiSheet } from "./emoji/EmojiButton";
import { acceptOf, takesFiles } from "./files";
import { useCompositions } from "./useComposition";

const TemplateDialog = lazy(() => import("./TemplateDialog"));
const RequestInfoDialog = lazy(() => import("./RequestInfoDialog"));
const StickerDialog = lazy(() => import("./StickerDialog"));
const ButtonsDialog = lazy(() => import("./ButtonsDialog"));

type Dialog = "template" | "request" | "buttons" | "sticker" | "emoji";

type Props = {
  conversation: ConversationDetail;
  can: ReadonlySet<Capability>;
  open: boolean;
  /** All under one plus, where there is little room. */
  folded: boolean;
  hint: boolean;
  /** Puts text where somebody is writing. */
  insert: (text: string) => void;
};

/** What else can be sent: files, templates, questions, buttons. Only what the channel takes here now. */
export function ComposerActions({ conversation, can, open, folded, hint, insert }: Props) {
  const { t } = useLingui();
  const compositions = useCompositions();
  const picker = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const files = open && takesFiles(can);
  // A template may go where words may not: that is what it is for.
  const templates = !conversation.reply.blocked && (can.has("template_uid") || can.has("template_phone"));
  const emojis = open && can.has("text");
  const emojiLabel = t`Chèn biểu tượng cảm xúc`;
  const more = [
    ...(open && can.has("request_info")
      ? [{ key: "request" as const, label: t`Xin thông tin khách`, icon: IconAddressBook }]
      : []),
    ...(open && can.has("buttons")
      ? [{ key: "buttons" as const, label: t`Thêm nút bấm`, icon: IconHandClick }]
      : []),
    ...(open && can.has("sticker")
      ? [{ key: "sticker" as const, label: t`Gửi nhãn dán theo mã`, icon: IconSticker }]
      : []),
  ];
  const attachLabel = t`Đính kèm ảnh hoặc tệp`;
  const templateLabel = t`Gửi tin mẫu`;
  const attach = () => picker.current?.click();
  const any = files || emojis || templates || more.length > 0;

  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={acceptOf(can)}
        aria-label={attachLabel}
        onChange={(event) => {
          compositions.addFiles(conversation.id, [...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {folded ? (
        any && (
          <Menu position="top-start" withinPortal>
            <Menu.Target>
              <ActionIcon
                className={classes.plus}
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t`Thêm`}
              >
                <IconPlus size={22} stroke={1.75} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {files && (
                <Menu.Item
                  className={classes.choice}
                  leftSection={<IconPaperclip size={18} stroke={1.6} />}
                  onClick={attach}
                >
                  {attachLabel}
                </Menu.Item>
              )}
              {emojis && (
                <Menu.Item
                  className={classes.choice}
                  leftSection={<IconMoodSmile size={18} stroke={1.6} />}
                  onClick={() => setDialog("emoji")}
                >
                  {emojiLabel}
                </Menu.Item>
              )}
              {templates && (
                <Menu.Item
                  className={classes.choice}
                  leftSection={<IconTemplate size={18} stroke={1.6} />}
                  onClick={() => setDialog("template")}
                >
                  {templateLabel}
                </Menu.Item>
              )}
              {more.map(({ key, label, icon: Icon }) => (
                <Menu.Item
                  key={key}
                  className={classes.choice}
                  leftSection={<Icon size={18} stroke={1.6} />}
                  onClick={() => setDialog(key)}
                >
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      ) : (
        <div className={classes.bar}>
          {emojis && <EmojiButton pick={insert} />}
          {files && (
            <Tooltip label={attachLabel}>
              <ActionIcon variant="subtle" color="gray" size={32} aria-label={attachLabel} onClick={attach}>
                <IconPaperclip size={19} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
          {templates && (
            <Tooltip label={templateLabel}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={templateLabel}
                data-template
                onClick={() => setDialog("template")}
              >
                <IconTemplate size={19} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
          {more.length > 0 && (
            <Menu position="top-start" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size={32} aria-label={t`Thêm`} title={t`Thêm`}>
                  <IconDots size={19} stroke={1.6} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {more.map(({ key, label, icon: Icon }) => (
                  <Menu.Item
                    key={key}
                    leftSection={<Icon size={18} stroke={1.6} />}
                    onClick={() => setDialog(key)}
                  >
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          {hint && open && <p className={classes.hint}>{t`Enter để gửi, Shift + Enter để xuống dòng`}</p>}
        </div>
      )}
      {dialog === "emoji" && <EmojiSheet pick={insert} close={close} />}
      <Suspense fallback={null}>
        {dialog === "template" && <TemplateDialog conversation={conversation} close={close} />}
        {dialog === "request" && <RequestInfoDialog conversation={conversation} close={close} />}
        {dialog === "sticker" && <StickerDialog conversationId={conversation.id} close={close} />}
        {dialog === "buttons" && <ButtonsDialog conversationId={conversation.id} close={close} />}
      </Suspense>
    </>
  );
}
