import { expect, test } from "vitest";
import { Ages } from "../../../provider/api/ages.js";

const reply = (headers: Record<string, string>) => ({ status: 200, text: "", header: (name: string) => headers[name] });
const ageOf = (
  ages: Ages,
  headers: Record<string, string>,
  askedAt: number,
  now = askedAt + 100,
  path = "/connectors",
) => ages.dated(path, reply(headers), askedAt, now).ageMs;

test.each([
  [{}, 0],
  [{ age: "0" }, 0],
  [{ age: "30" }, 30_000],
  [{ age: " 7 " }, 7_000],
  [{ age: "-3" }, 0],
  [{ age: "soon" }, 0],
  [{ age: "99999999999999999999" }, 0],
])("%j is that old", (headers, ms) => {
  expect(ageOf(new Ages(), headers as Record<string, string>, 0)).toBe(ms);
});

test("the same Date again is the same answer, and as old as when it first came", () => {
  const ages = new Ages();
  const date = "Tue, 24 Nov 2026 10:00:00 GMT";
  expect(ageOf(ages, { date }, 0)).toBe(0);
  // Within the seconds that it counts it says nothing.
  expect(ageOf(ages, { date }, 1_500)).toBe(0);
  expect(ageOf(ages, { date }, 10_000)).toBe(10_000);
  expect(ageOf(ages, { date }, 10_000, 10_100, "/connectors/acme")).toBe(0);
  expect(ageOf(ages, { date, age: "60" }, 20_000)).toBe(60_000);
  expect(ageOf(ages, { date: "Tue, 24 Nov 2026 10:00:30 GMT" }, 30_000)).toBe(0);
});

test("another machine's clock never makes an answer old", () => {
  const ages = new Ages();
  for (const [at, date] of ["2026", "1999", "2040", "1999", "2026"].entries())
    expect(ageOf(ages, { date: `Tue, 24 Nov ${date} 10:00:0${at} GMT` }, at * 10_000)).toBe(0);
});
