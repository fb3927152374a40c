import { useLingui } from "@lingui/react/macro";
import {
  IconBell,
  IconBellOff,
  IconCircleCheck,
  IconHandStop,
  IconId,
  IconPhone,
  IconPower,
  IconShieldX,
  IconVideo,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Thread } from "../shared/api";
import type { CallType } from "./CallScreen";
import { useDeeds } from "./context";
import { Sheet } from "./Sheet";
import classes from "./Sheet.module.css";

type Props = { thread: Thread; close: () => void; call: (type: CallType) => void; share: () => void };

/** What a customer can do besides writing. */
export function Menu({ thread, close, call, share }: Props) {
  const { t } = useLingui();
  const { attempt, phone, say } = useDeeds();
  const [sure, setSure] = useState(false);
  const does = (deed: () => Promise<unknown>, told?: string) => () => {
    close();
    void attempt(async () => {
      await deed();
      if (told) say(told);
    });
  };
  const { follows, refuses_messages: refuses } = thread;
  return (
    <Sheet title={thread.customer.name} close={close}>
      <ul className={classes.items}>
        <Item
          icon={<IconPhone size={22} stroke={1.7} />}
          words={t`Gọi thoại cho OA`}
          act={() => {
            close();
            call("AUDIO");
          }}
        />
        <Item
          icon={<IconVideo size={22} stroke={1.7} />}
          words={t`Gọi video cho OA`}
          act={() => {
            close();
            call("VIDEO");
          }}
        />
        <Item
          icon={<IconId size={22} stroke={1.7} />}
          words={t`Chia sẻ thông tin liên hệ`}
          hint={t`Tên, số điện thoại, địa chỉ`}
          act={share}
        />
        <Item
          icon={follows ? <IconBellOff size={22} stroke={1.7} /> : <IconBell size={22} stroke={1.7} />}
          words={follows ? t`Bỏ quan tâm OA` : t`Quan tâm OA`}
          act={does(() => phone.follow(!follows), follows ? t`Đã bỏ quan tâm` : t`Đã quan tâm`)}
        />
        <Item
          icon={
            refuses ? <IconCircleCheck size={22} stroke={1.7} /> : <IconHandStop size={22} stroke={1.7} />
          }
          words={refuses ? t`Nhận lại tin từ OA` : t`Chặn tin nhắn của OA`}
          hint={refuses ? undefined : t`OA gửi tin sẽ bị Zalo từ chối`}
          act={does(
            () => phone.change({ refuses_messages: !refuses }),
            refuses ? t`Đã nhận lại tin` : t`Đã chặn tin nhắn`,
          )}
        />
        <Item
          icon={<IconPower size={22} stroke={1.7} />}
          words={t`Tắt điện thoại`}
          hint={t`Tin gửi tới sẽ chờ đến khi bật lại`}
          act={does(() => phone.change({ phone_on: false }))}
        />
        <Item
          grave
          icon={<IconShieldX size={22} stroke={1.7} />}
          words={sure ? t`Bấm lần nữa để rút lại sự đồng ý` : t`Rút lại sự đồng ý`}
          hint={t`Yêu cầu OA xóa dữ liệu của khách này`}
          act={sure ? does(() => phone.withdraw(), t`Đã báo cho OA`) : () => setSure(true)}
        />
      </ul>
    </Sheet>
  );
}

type ItemProps = {
  icon: ReactNode;
  words: string;
  hint?: string | undefined;
  grave?: boolean;
  act: () => void;
};

function Item({ icon, words, hint, grave = false, act }: ItemProps) {
  return (
    <li>
      <button type="button" className={classes.item} data-grave={grave || undefined} onClick={act}>
        {icon}
        <span className={classes.words}>
          {words}
          {hint && <span className={classes.hint}>{hint}</span>}
        </span>
      </button>
    </li>
  );
}
