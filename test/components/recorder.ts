import * as pulumi from "@pulumi/pulumi";

/** A resource as a component registered it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a provider adds to the inputs of a resource, or of a question by its token. */
export type Answers = (type: string, inputs: Readonly<Record<string, unknown>>) => object;

const registrations: Registration[] = [];
const answering: Answers[] = [];

/**
 * Replaces the engine by one that remembers what is registered and answers with the inputs.
 * @param answers What it answers besides, here and in all files of the run.
 * @returns The same list for all files, for there is one engine: empty it before you register anything.
 */
export function recordRegistrations(answers?: Answers): Registration[] {
  if (answers !== undefined) answering.push(answers);
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const given = inputs as Record<string, unknown>;
        registrations.push({ type, name, inputs: given });
        return { id: `${name}-id`, state: answered(type, given) };
      },
      call: ({ token, inputs }) => answered(token, inputs as Record<string, unknown>),
    },
    "cluster-fleet",
    "test",
    false,
  );
  return registrations;
}

function answered(token: string, inputs: Record<string, unknown>): Record<string, unknown> {
  return answering.reduce((known, each) => ({ ...known, ...each(token, inputs) }), inputs);
}

/** The value of an output, once it has one. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
