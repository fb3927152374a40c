import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { messages } from "../src/phone/locales/vi.po";
import type { FriendRequest, Talk, Zalo } from "../src/phone/personal/api";
import { FriendBar } from "../src/phone/personal/FriendBar";
import { FriendRequests } from "../src/phone/personal/FriendRequests";
import { ToastHost } from "../src/phone/shared/toast";
import { speak } from "./app";

const request = (change: Partial<FriendRequest> = {}): FriendRequest => ({
  uid: "2",
  name: "Chị Sáu",
  avatar: "",
  ours: false,
  message: "Em hỏi giá",
  time: 0,
  ...change,
});

const talk = (change: Partial<Talk>): Talk => ({
  person: { uid: "1", name: "Lan", avatar: "", phone: null, account: true, connected: true },
  chat: { thread: "2", group: false, name: "Chị Sáu", avatar: "", last: null, unread: 0, labels: [] },
  members: [],
  friends: false,
  request: null,
  labels: [],
  messages: [],
  complete: true,
  own_state: null,
  now: 0,
  ...change,
});

const deeds = () => ({ askFriend: vi.fn(), acceptFriend: vi.fn(), endRequest: vi.fn() });

function show(children: ReactNode) {
  return render(
    <I18nProvider i18n={i18n}>
      <ToastHost>{children}</ToastHost>
    </I18nProvider>,
  );
}

const attempt = async (deed: () => Promise<unknown>) => void (await deed());
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const buttons = () => screen.getAllByRole("button").map((one) => one.textContent);

beforeEach(() => speak("vi", messages));

describe("the strip under the header", () => {
  it("sends a request with a greeting by name", () => {
    const phone = deeds();
    show(<FriendBar talk={talk({})} phone={phone} attempt={attempt} />);
    press("Kết bạn");
    expect(phone.askFriend).toHaveBeenCalledExactlyOnceWith("2", "Xin chào, tôi là Lan");
  });

  it("takes back the own request, and offers no more than that", () => {
    const phone = deeds();
    show(<FriendBar talk={talk({ request: request({ ours: true }) })} phone={phone} attempt={attempt} />);
    expect(buttons()).toEqual(["Thu hồi lời mời"]);
    press("Thu hồi lời mời");
    expect(phone.endRequest).toHaveBeenCalledExactlyOnceWith("2");
  });

  it("shows the words of who asks, and answers", () => {
    const phone = deeds();
    show(<FriendBar talk={talk({ request: request() })} phone={phone} attempt={attempt} />);
    expect(screen.getByRole("region").textContent).toContain("Chị Sáu muốn kết bạnEm hỏi giá");
    expect(buttons()).toEqual(["Từ chối", "Đồng ý"]);
    press("Đồng ý");
    expect(phone.acceptFriend).toHaveBeenCalledExactlyOnceWith("2");
    expect(phone.endRequest).not.toHaveBeenCalled();
    press("Từ chối");
    expect(phone.endRequest).toHaveBeenCalledExactlyOnceWith("2");
  });

  it("is not there among friends", () => {
    show(<FriendBar talk={talk({ friends: true })} phone={deeds()} attempt={attempt} />);
    expect(screen.queryByRole("region")).toBeNull();
  });
});

describe("the requests above the threads", () => {
  const list = (count: number, phone: Partial<Zalo> = {}, again = () => undefined) => {
    const requests = Array.from({ length: count }, (_, at) => request({ uid: `${at}`, name: `Người ${at}` }));
    show(<FriendRequests me="1" requests={requests} zalo={phone as Zalo} again={again} />);
  };
  const rows = () => screen.getAllByRole("listitem").map((one) => one.getAttribute("aria-label"));

  it("are not there when nobody asks", () => {
    list(0);
    expect(screen.queryByRole("list")).toBeNull();
  });

  it("are three until somebody wants all of them", () => {
    list(5);
    expect(rows()).toEqual(["Người 0", "Người 1", "Người 2"]);
    press("Xem tất cả 5 lời mời");
    expect(rows()).toHaveLength(5);
    expect(screen.queryByText(/Xem tất cả/)).toBeNull();
  });

  it("are answered each by itself, and say when it did not work", async () => {
    const again = vi.fn();
    const phone = { acceptFriend: vi.fn(async () => Promise.reject(new Error("no"))), endRequest: vi.fn() };
    list(2, phone, again);
    const second = within(screen.getByRole("listitem", { name: "Người 1" }));
    fireEvent.click(second.getByRole("button", { name: "Đồng ý" }));
    expect(phone.acceptFriend).toHaveBeenCalledExactlyOnceWith("1");
    await screen.findByText("Chưa thực hiện được. Hãy thử lại.");
    expect(again).toHaveBeenCalledOnce();
  });
});
