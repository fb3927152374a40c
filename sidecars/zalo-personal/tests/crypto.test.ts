import { createCipheriv, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decryptCbc, encryptCbc, loginKey, openFrame, zcidOf } from "../src/crypto.ts";

const IMEI = "11111111-2222-4333-8444-555555555555-0123456789abcdef0123456789abcdef";
const ZCID =
  "703CEE00A7F1D1ABE05D5C50E27DCFFF49BFB03F4769F44EF1A61C51578943193EBCE9145258C9346411A847F17635EF72A22A4B2032E9D0F8A470F407EDB4EC99D6672A75ADC9F9845ABC673D7284B1BEA0EAFCA3DCAFC5DBA96FCA80E7151D";

test("the login vector of the reference", () => {
  expect(zcidOf(30, IMEI, 1750000000000)).toBe(ZCID);
  const key = loginKey(ZCID, "a1b2c3d4e5f6");
  expect(key.toString("ascii")).toBe("054B989E73E0AFDAE555D570AF9B5FC3");
  const text = `{"computer_name":"Web","imei":"${IMEI}","language":"vi","ts":1750000000000}`;
  const sealed =
    "Ek56J8Gyx6q6bs3xd5GVhWyFokYh8VhFqPvvGMs7jtEhok5MNQob1VnyLE5EmkPXxdflz5kkjq5VIMCIiA0QFx1p4cqlBsjOuutlt7Irc70PANIK81An7PjohP1+nEqq2XBOVCe27O5OewMYzqefqB00UbpQzj2qDc8qjZC27yWA5RFo2wDAj4K0TZA2eSIi";
  expect(encryptCbc(key, text)).toBe(sealed);
  expect(decryptCbc(key, sealed)).toBe(text);
});

test("the call vector of the reference", () => {
  const key = Buffer.from("MDEyMzQ1Njc4OWFiY2RlZg==", "base64");
  const text = '{"message":"xin chào","toid":"2000000000000000002"}';
  const sealed = "YbSmNUhmA2rf5rXVVmU7e2hIhOAlv5zQB1JenNAZBzkZR/DyuBHf3shrjI/9DhW0lGMxXQFwyCBr+Xjhdx4tYQ==";
  expect(encryptCbc(key, text)).toBe(sealed);
  expect(decryptCbc(key, encodeURIComponent(sealed))).toBe(text);
  expect(() => decryptCbc(Buffer.alloc(16), sealed)).toThrow();
});

test("a frame opens with its key only", () => {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  const aad = randomBytes(16);
  const cipher = createCipheriv("aes-128-gcm", key, iv).setAAD(aad);
  const sealed = Buffer.concat([iv, aad, cipher.update("xin chào"), cipher.final(), cipher.getAuthTag()]);
  expect(openFrame(key, sealed).toString()).toBe("xin chào");
  expect(() => openFrame(randomBytes(16), sealed)).toThrow();
  expect(() => openFrame(key, sealed.subarray(0, 40))).toThrow();
});
