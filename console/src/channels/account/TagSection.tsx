import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ChannelAccountDetail } from "../../api/admin";
import { formatNumber } from "../../shared/time/calendar";
import { Nothing, Section } from "../../shared/ui/Section";
import classes from "./TagSection.module.css";

type Tag = ChannelAccountDetail["tags"][number];

export function TagSection({ tags }: { tags: readonly Tag[] }) {
  const { t } = useLingui();
  return (
    <Section title={t`Nhãn trên Zalo`} lead={t`Nhãn của OA đi hai chiều với nhãn trong sổ.`}>
      {tags.length === 0 ? (
        <Nothing>{t`OA này chưa có nhãn nào.`}</Nothing>
      ) : (
        <ul className={classes.tags}>
          {tags.map((tag) => (
            <li key={tag.name} className={classes.tag}>
              <span className={classes.name}>{tag.name}</span>
              <span
                className={classes.count}
                title={t`${plural(tag.contacts, { one: "# khách hàng", other: "# khách hàng" })}`}
              >
                {formatNumber(tag.contacts)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
