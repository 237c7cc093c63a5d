import { type StandInController } from "./controller/controller";

/** Works while the stand-in controller is at work. A rehearsal that fails says what it was still waiting for. */
export async function onStage(controller: StandInController, work: () => Promise<void>): Promise<void> {
  controller.start();
  try {
    await work();
  } catch (error) {
    for (const line of controller.waiting) console.error(`Not ready: ${line}`);
    throw error;
  } finally {
    await controller.stop();
  }
}
