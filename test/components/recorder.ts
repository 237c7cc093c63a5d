import * as pulumi from "@pulumi/pulumi";

/** A resource as a component registered it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Replaces the engine by one that remembers what is registered and answers with the inputs. */
export function recordRegistrations(): Registration[] {
  const registrations: Registration[] = [];
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registrations.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: inputs as Record<string, unknown> };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "cluster-fleet",
    "test",
    false,
  );
  return registrations;
}

/** The value of an output, once it has one. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
