const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("tiny", {
  policies: [
    { name: "no-op", description: "Finds nothing.", enforcementLevel: "mandatory", validateResource: () => undefined },
  ],
});
