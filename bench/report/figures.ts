import { type Measurement } from "../measure";
import { type Phase, type SizeResult, type Variant } from "../size";
import { median, spread } from "../statistics";

/** What we want to reach; reported, never a reason to fail. */
export const REACH = {
  previewMsPerCluster: 5,
  previewWithPoliciesMsPerCluster: 12,
  programBytes: 2 ** 30,
  stateBytesPerCluster: 4000,
  planSeconds: 2,
  decideSeconds: 1,
  decideBytes: 300 * 2 ** 20,
  observationSeconds: 3,
};

export const VARIANTS: readonly Variant[] = ["bare", "ours", "ours with policies"];

export function runs({ phases }: SizeResult, phase: Phase, variant: Variant): readonly Measurement[] {
  return phases[phase][variant] ?? [];
}

export function times(size: SizeResult, phase: Phase, variant: Variant): number[] {
  return runs(size, phase, variant).map(({ seconds }) => seconds);
}

export function withSpread(seconds: readonly number[]): string {
  const text = median(seconds).toFixed(2);
  return seconds.length < 2 ? text : `${text} ±${spread(seconds).toFixed(2)}`;
}

export function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return value > 0 ? `+${text}` : text;
}

export function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

export function verdict(got: number, reach: number, text: string): string {
  return `<= ${text}: ${got <= reach ? "yes" : "no"}`;
}
