import { type FleetConfig } from "../fleet/config/config";
import { parseConfig } from "../fleet/config/parse";
import { FleetConfigError } from "../fleet/config/problems";
import { locatorOf } from "./config-locator";
import { type StackContext } from "./stack-context";

/**
 * Does something with the checked configuration of a stack.
 * @param use May find more mistakes in it, by what lives.
 * @throws FleetConfigError with the places of all mistakes; CliError where Pulumi does not tell the configuration.
 */
export async function withConfig<T>(stack: StackContext, use: (config: FleetConfig) => T | Promise<T>): Promise<T> {
  const config = await stack.config();
  try {
    return await use(parseConfig(config.raw, config.secretKeys));
  } catch (error) {
    throw error instanceof FleetConfigError ? error.located(locatorOf(stack, config)) : error;
  }
}
