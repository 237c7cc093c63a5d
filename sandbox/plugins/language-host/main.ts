import { engineAddress, servePlugin, withUnimplemented } from "../grpc/serve";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import type * as grpc from "@grpc/grpc-js";
import { languageHandlers } from "./host";
import { Children } from "./children";

const children = new Children();
const service = LanguageRuntimeService as unknown as grpc.ServiceDefinition;
const handlers = languageHandlers(engineAddress(), children);
void servePlugin(service, withUnimplemented(service, handlers), () => children.stopAll());
