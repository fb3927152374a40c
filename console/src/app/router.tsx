import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { PrivacyState } from "../api/admin";
import { Problem } from "../api/problem";
import type { Me, View } from "../api/types";
import { readBoardSearch } from "../channels/personal/board/search";
import { ConversationRoute } from "../conversations/ConversationRoute";
import { ConversationsPage } from "../conversations/ConversationsPage";
import { NothingOpen } from "../conversations/NothingOpen";
import { VIEWS } from "../conversations/words";
import { readLogSearch, readSightSearch } from "../oversight/search";
import { readCalendarSearch } from "../people/calendar/search";
import { missingOf, sessionQuery } from "../people/session";
import { readStaffSearch } from "../people/staff/search";
import { loadPageTexts } from "../shared/i18n/locale";
import { NotFound, PageError } from "./PageError";
import { Shell } from "./shell/Shell";

type Context = { client: QueryClient };

const root = createRootRouteWithContext<Context>()({
  errorComponent: PageError,
  notFoundComponent: NotFound,
});

/** A page beside the inbox: its texts come along with it. */
function page<T extends Record<string, unknown>, N extends keyof T & string>(
  read: () => Promise<T>,
  name: N,
) {
  return lazyRouteComponent(async () => (await Promise.all([read(), loadPageTexts()]))[0], name);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Only a path of our own: never a way to another site. */
function ownPath(value: unknown): string | undefined {
  const path = text(value);
  return path?.startsWith("/") && !path.startsWith("//") && !path.includes("\\") ? path : undefined;
}

function readNext(search: Record<string, unknown>): { next?: string } {
  const next = ownPath(search.next);
  return next ? { next } : {};
}

function readToken(search: Record<string, unknown>): { token?: string } {
  const token = typeof search.token === "number" ? String(search.token) : text(search.token);
  return token ? { token } : {};
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readNext,
  component: lazyRouteComponent(() => import("../people/SignInPage"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: readToken,
  component: lazyRouteComponent(() => import("../people/SetupPage"), "SetupPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: readToken,
  component: lazyRouteComponent(() => import("../people/joining/InvitationPage"), "InvitationPage"),
});

const passwordReset = createRoute({
  getParentRoute: () => root,
  path: "/password-reset",
  validateSearch: readToken,
  component: lazyRouteComponent(() => import("../people/joining/PasswordResetPage"), "PasswordResetPage"),
});

/** Who is signed in; else to sign-in, and back to where they wanted to go. */
async function signedIn(client: QueryClient, wanted: string | undefined): Promise<Me> {
  try {
    return await client.ensureQueryData(sessionQuery);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    throw redirect({ to: "/sign-in", search: !wanted || wanted === "/" ? {} : { next: wanted } });
  }
}

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  validateSearch: readNext,
  beforeLoad: async ({ context, search: { next } }) => {
    const me = await signedIn(context.client, next);
    if (missingOf(me) !== "/second-factor") throw redirect({ href: next ?? "/" });
  },
  component: lazyRouteComponent(() => import("../people/joining/SecondFactorPage"), "SecondFactorPage"),
});

const recording = createRoute({
  getParentRoute: () => root,
  path: "/recording",
  validateSearch: readNext,
  beforeLoad: async ({ context, search: { next } }) => {
    const me = await signedIn(context.client, next);
    if (missingOf(me) !== "/recording") throw redirect({ href: next ?? "/" });
  },
  component: lazyRouteComponent(() => import("../people/joining/RecordingPage"), "RecordingPage"),
});

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    const missing = missingOf(await signedIn(context.client, location.href));
    if (missing)
      throw redirect({ to: missing, search: location.href === "/" ? {} : { next: location.href } });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/conversations", search: { view: "open" } });
  },
});

const conversations = createRoute({
  getParentRoute: () => app,
  path: "/conversations",
  validateSearch: (search): { view: View } => ({
    view: VIEWS.find((view) => view === search.view) ?? "open",
  }),
  component: ConversationsPage,
});

const nothingOpen = createRoute({
  getParentRoute: () => conversations,
  path: "/",
  component: NothingOpen,
});

const conversation = createRoute({
  getParentRoute: () => conversations,
  path: "$conversationId",
  params: {
    parse: ({ conversationId }) => ({ conversationId: Number(conversationId) }),
    stringify: ({ conversationId }) => ({ conversationId: String(conversationId) }),
  },
  component: ConversationRoute,
});

const account = createRoute({
  getParentRoute: () => app,
  path: "/account",
  component: page(() => import("../people/account/AccountPage"), "AccountPage"),
});

const calendar = createRoute({
  getParentRoute: () => app,
  path: "/calendar",
  validateSearch: readCalendarSearch,
  component: page(() => import("../people/calendar/CalendarPage"), "CalendarPage"),
});

const admin = createRoute({
  getParentRoute: () => app,
  id: "admin",
  component: page(() => import("./admin/AdminFrame"), "AdminFrame"),
});

const channelAccounts = createRoute({
  getParentRoute: () => admin,
  path: "/channel-accounts",
  // Where the channel's page of consent sends those whom it did not connect.
  validateSearch: (search): { problem?: string } => {
    const problem = text(search.problem);
    return problem ? { problem } : {};
  },
  component: page(() => import("../channels/ChannelAccountsPage"), "ChannelAccountsPage"),
});

const connectChannelAccount = createRoute({
  getParentRoute: () => admin,
  path: "/channel-accounts/new",
  component: page(() => import("../channels/connect/ConnectPage"), "ConnectPage"),
});

const channelAccount = createRoute({
  getParentRoute: () => admin,
  path: "/channel-accounts/$accountId",
  params: {
    parse: ({ accountId }) => ({ accountId: Number(accountId) }),
    stringify: ({ accountId }) => ({ accountId: String(accountId) }),
  },
  // Where it sends those whom it did.
  validateSearch: (search): { connected?: true } => (search.connected === true ? { connected: true } : {}),
  component: page(() => import("../channels/account/ChannelAccountPage"), "ChannelAccountPage"),
});

/** A whole number above zero, as ids are. */
function id(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

const personalAccounts = createRoute({
  getParentRoute: () => admin,
  path: "/personal-accounts",
  validateSearch: readBoardSearch,
  component: page(() => import("../channels/personal/board/BoardPage"), "BoardPage"),
});

const connectPersonal = createRoute({
  getParentRoute: () => admin,
  path: "/personal-accounts/new",
  // A known account whose code is to be scanned again.
  validateSearch: (search): { account?: number } => {
    const account = id(search.account);
    return account ? { account } : {};
  },
  component: page(() => import("../channels/personal/connect/ConnectPersonalPage"), "ConnectPersonalPage"),
});

const accountParams = {
  parse: ({ accountId }: { accountId: string }) => ({ accountId: Number(accountId) }),
  stringify: ({ accountId }: { accountId: number }) => ({ accountId: String(accountId) }),
};

const personalAccount = createRoute({
  getParentRoute: () => admin,
  path: "/personal-accounts/$accountId",
  params: accountParams,
  component: page(() => import("../channels/personal/account/PersonalAccountPage"), "PersonalAccountPage"),
});

const personalPrivate = createRoute({
  getParentRoute: () => admin,
  path: "/personal-accounts/$accountId/private",
  params: accountParams,
  component: page(() => import("../channels/personal/private/PrivatePage"), "PrivatePage"),
});

const channelLimits = createRoute({
  getParentRoute: () => admin,
  path: "/channel-limits",
  component: page(() => import("../channels/limits/ChannelLimitsPage"), "ChannelLimitsPage"),
});

const staff = createRoute({
  getParentRoute: () => admin,
  path: "/staff",
  validateSearch: readStaffSearch,
  component: page(() => import("../people/staff/StaffPage"), "StaffPage"),
});

const staffImport = createRoute({
  getParentRoute: () => admin,
  path: "/staff/import",
  component: page(() => import("../people/staff/importing/ImportPage"), "ImportPage"),
});

const security = createRoute({
  getParentRoute: () => admin,
  path: "/security",
  component: page(() => import("../people/security/SecurityPage"), "SecurityPage"),
});

const privacyRequests = createRoute({
  getParentRoute: () => admin,
  path: "/privacy-requests",
  validateSearch: (search): { state: PrivacyState } => ({
    state: search.state === "closed" ? "closed" : "open",
  }),
  component: page(() => import("../privacy/PrivacyRequestsPage"), "PrivacyRequestsPage"),
});

const quarantine = createRoute({
  getParentRoute: () => admin,
  path: "/quarantine",
  component: page(() => import("../intake/QuarantinePage"), "QuarantinePage"),
});

const historyImports = createRoute({
  getParentRoute: () => admin,
  path: "/history-imports",
  component: page(() => import("../intake/importing/ImportsPage"), "ImportsPage"),
});

const historyImport = createRoute({
  getParentRoute: () => admin,
  path: "/history-imports/$importId",
  params: {
    parse: ({ importId }) => ({ importId: Number(importId) }),
    stringify: ({ importId }) => ({ importId: String(importId) }),
  },
  component: page(() => import("../intake/importing/ImportPage"), "ImportPage"),
});

const accessLog = createRoute({
  getParentRoute: () => admin,
  path: "/access-log",
  validateSearch: readLogSearch,
  component: page(() => import("../oversight/AccessLogPage"), "AccessLogPage"),
});

const accessRefusals = createRoute({
  getParentRoute: () => admin,
  path: "/access-refusals",
  validateSearch: readLogSearch,
  component: page(() => import("../oversight/RefusalsPage"), "RefusalsPage"),
});

const auditLog = createRoute({
  getParentRoute: () => admin,
  path: "/audit-log",
  validateSearch: readLogSearch,
  component: page(() => import("../oversight/AuditLogPage"), "AuditLogPage"),
});

const visibility = createRoute({
  getParentRoute: () => admin,
  path: "/visibility",
  validateSearch: readSightSearch,
  component: page(() => import("../oversight/SightPage"), "SightPage"),
});

const demo = createRoute({
  getParentRoute: () => admin,
  path: "/demo",
  component: page(() => import("../demo/DemoPage"), "DemoPage"),
});

const routeTree = root.addChildren([
  signIn,
  setup,
  invitation,
  passwordReset,
  secondFactor,
  recording,
  app.addChildren([
    home,
    account,
    conversations.addChildren([nothingOpen, conversation]),
    calendar,
    admin.addChildren([
      channelAccounts,
      connectChannelAccount,
      channelAccount,
      personalAccounts,
      connectPersonal,
      personalAccount,
      personalPrivate,
      staff,
      staffImport,
      security,
      channelLimits,
      privacyRequests,
      quarantine,
      historyImports,
      historyImport,
      accessLog,
      accessRefusals,
      auditLog,
      visibility,
      demo,
    ]),
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({ routeTree, context: { client }, defaultPreload: false, scrollRestoration: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
  interface HistoryState {
    /** A thread that was opened from the list: going back leads to it. */
    fromList?: true;
  }
}
