import { type Range } from "./cluster-cost";

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Whole USD, `1,234`; a range as `846-1,566`. */
export function usdText(amount: number | Range): string {
  if (typeof amount === "number") return WHOLE.format(amount);
  const [least, most] = [amount.least, amount.most].map((each) => WHOLE.format(each));
  return least === most ? `${least}` : `${least}-${most}`;
}

/** What is added or saved, `+73`, `-12 to +310`; `0` where nothing is. */
export function changeText({ least, most }: Range): string {
  const [one, other] = [least, most].map(signed);
  return one === other ? `${one}` : `${one} to ${other}`;
}

function signed(amount: number): string {
  const text = WHOLE.format(Math.abs(amount));
  return text === "0" ? text : `${amount < 0 ? "-" : "+"}${text}`;
}
