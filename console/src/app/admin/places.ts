import { useLingui } from "@lingui/react/macro";
import {
  IconAdjustments,
  IconBan,
  IconDeviceMobile,
  IconEye,
  IconEyeQuestion,
  IconFileImport,
  IconHistory,
  IconLock,
  IconPlugConnected,
  IconProgressAlert,
  IconShieldLock,
  IconSparkles,
  IconUsers,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useHasDemo } from "../../demo/queries";
import { useMe } from "../../people/session";

type AdminPlace = {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  permission: string;
};

/** The pages of the administration that the signed-in person may open, the most used first. */
export function useAdminPlaces(): AdminPlace[] {
  const { t } = useLingui();
  const { permissions } = useMe();
  const hasDemo = useHasDemo();
  const places: AdminPlace[] = [
    {
      to: "/channel-accounts",
      label: t`Tài khoản kênh`,
      icon: IconPlugConnected,
      permission: "channel_account:read",
    },
    {
      to: "/personal-accounts",
      label: t`Zalo cá nhân`,
      icon: IconDeviceMobile,
      permission: "channel_account:read",
    },
    {
      to: "/staff",
      label: t`Nhân viên`,
      icon: IconUsers,
      permission: "staff:read",
    },
    {
      to: "/security",
      label: t`Bảo mật`,
      icon: IconLock,
      permission: "security_policy:manage",
    },
    {
      to: "/channel-limits",
      label: t`Giới hạn và giá`,
      icon: IconAdjustments,
      permission: "channel_account:read",
    },
    {
      to: "/privacy-requests",
      label: t`Yêu cầu riêng tư`,
      icon: IconShieldLock,
      permission: "privacy_request:read",
    },
    {
      to: "/quarantine",
      label: t`Tin chờ xử lý lỗi`,
      icon: IconProgressAlert,
      permission: "quarantine:read",
    },
    {
      to: "/history-imports",
      label: t`Nhập hội thoại cũ`,
      icon: IconFileImport,
      permission: "history_import:manage",
    },
    {
      to: "/access-log",
      label: t`Nhật ký xem`,
      icon: IconEye,
      permission: "access_log:read",
    },
    {
      to: "/access-refusals",
      label: t`Lần bị từ chối`,
      icon: IconBan,
      permission: "access_log:read",
    },
    {
      to: "/visibility",
      label: t`Vì sao xem được?`,
      icon: IconEyeQuestion,
      permission: "access_log:read",
    },
    {
      to: "/audit-log",
      label: t`Nhật ký thao tác`,
      icon: IconHistory,
      permission: "audit_log:read",
    },
    ...(hasDemo
      ? [{ to: "/demo" as const, label: t`Dữ liệu mẫu`, icon: IconSparkles, permission: "demo:manage" }]
      : []),
  ];
  return places.filter((place) => permissions.includes(place.permission));
}
